"""A mapping says in one file how forms are read; a slip in it is named, and every word of it is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paragraph8.domain.figures import Key, Origin
from paragraph8.domain.forms import Kind, Use, form_from_json
from paragraph8.domain.importing import declarations, mapping
from paragraph8.domain.importing.mapping import MappingError, load_mapping
from paragraph8.domain.importing.row_problems import ROW_PROBLEMS
from paragraph8.domain.importing.station_keys import STEPS
from resaving import KOSOVO, SMALL, SMALL_MAPPING

HERE = Path(__file__).parents[2]


def test_the_form_holds_what_the_mapping_says_and_survives_its_json():
    form = SMALL.form()
    screen, voted, *_, note = form.questions()
    assert (screen.code, screen.column, screen.kind, form.negative(screen)) == (
        "Screen",
        "Screen",
        Kind.CHOICE,
        {"yes"},
    )
    assert (voted.code, voted.column, voted.use, voted.high) == ("voted", "Voters so far", Use.RECONCILIATION, 3000)
    assert note.use is Use.COMMENT
    assert form.rules[0].name == "plausible-voters"
    assert form_from_json(form.to_json()) == form


def test_the_mapping_describes_the_mission_that_it_makes():
    assert SMALL.mission is None
    facts = KOSOVO.mission
    assert (facts.origin, facts.zone, facts.election_date.isoformat()) == (Origin.REAL, "Europe/Belgrade", "2013-11-03")
    assert facts.title.languages() >= {"en", "kk", "ru"}


def test_the_kosovo_form_speaks_four_languages_and_its_codes_may_stand_in_a_figure_key():
    form = KOSOVO.form()
    titles = [
        form.title,
        *(block.title for block in form.blocks),
        *(question.title for question in form.questions()),
        *(option.title for scale in form.scales for option in scale.options),
    ]
    assert all(title.languages() == {"en", "kk", "ru", "sq"} for title in titles)
    assert len({str(question.title) for question in form.questions()}) == len(list(form.questions()))
    for question in form.questions():
        scale = form.scale(question)
        for code in scale.codes() if scale else ():
            Key.of("eday", "answer", question=question.code, answer=code)
    assert len(form.rules) >= 25


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('code = "voting"', "code = 7", "wrong-type", "form.code"),
        ('code = "voting"', 'code = "the voting"', "not-a-code", "form.code"),
        ('version = "1"', "", "missing-key", "form.version"),
        ('process = "voting"', 'process = "ballot"', "unknown-value", "form.process"),
        ('process = "voting"', 'proces = "voting"', "unknown-key", "form.proces"),
        ('title = "Voting"', "title = {}", "wrong-type", "form.title"),
        ("[record]", "[records]", "unknown-key", "records"),
        ('"strip-leading-zeros"', '"trim"', "unknown-value", "station.parts[2].steps"),
        ("no-answer =", "no-reply =", "unknown-key", "missing.no-reply"),
        ('not-available = ["N/A"]', 'not-available = [""]', "twice", "missing.not-available"),
        ('["JO", "FALSE"]', '["po"]', "twice", "scales.yes-no.options[2].cells"),
        ('code = "no"', 'code = "yes"', "twice", "scales.yes-no.options"),
        ('until = "20:00"', 'until = "8 pm"', "wrong-type", "scales.end.options[1].until"),
        ("overnight = true", 'overnight = "yes"', "wrong-type", "scales.end.overnight"),
        ('scale = "yes-no"\nneg', 'scale = "yesno"\nneg', "unknown-value", "blocks[1].questions[1].scale"),
        ('negative = ["yes"]', 'negative = ["PO"]', "unknown-value", "blocks[1].questions[1].negative"),
        ('code = "voted"\n', "", "not-a-code", "blocks[1].questions[2].code"),
        ("low = 0", "low = true", "wrong-type", "blocks[1].questions[2].low"),
        ("high = 3000", "high = -1", "bad-form", "form"),
        ('code = "voted"', 'code = "Screen"', "twice", "blocks[1].questions[2].code"),
        ('kind = "time"', 'kind = "clock"', "unknown-value", "blocks[1].questions[5].kind"),
        ('kind = "time"', 'kind = "time"\nscale = "end"', "unknown-key", "blocks[1].questions[5].scale"),
        ('questions = ["voted"]', 'questions = ["votes"]', "unknown-value", "rules[1].questions"),
        ('questions = ["voted"]', 'questions = ["Note"]', "bad-form", "form"),
        ('check = "range"', 'check = "ranges"', "bad-form", "form"),
        ('severity = "warn"', 'severity = "high"', "unknown-value", "rules[1].severity"),
        ('label = "Place"', 'lable = "Place"', "unknown-key", "station.lable"),
        ('column = "Centre"', 'column = "Centre"\nstep = []', "unknown-key", "station.parts[1].step"),
        ('language = "sq"', 'lang = "sq"', "unknown-key", "area.lang"),
        ('column = "No"', 'colum = "No"', "unknown-key", "record.colum"),
        ("overnight = true", "over_night = true", "unknown-key", "scales.end.over_night"),
        ("negative = true }", "negativ = true }", "unknown-key", "scales.yes-no.options[2].negativ"),
        ('kind = "time"', 'kind = "time"\nhigth = 3', "unknown-key", "blocks[1].questions[5].higth"),
        ('code = "day"', 'code = "day"\nname = "x"', "unknown-key", "blocks[1].name"),
        ('severity = "warn"', 'severty = "warn"', "unknown-key", "rules[1].severty"),
        ("[form]", "[mission]\ntitle = 'x'\nplace = 'y'\n[form]", "unknown-key", "mission.place"),
        ("[form]", "[form", "not-toml", ""),
    ],
)
def test_a_slip_in_a_mapping_is_named_by_its_key_in_three_languages(old, new, code, key):
    assert old in SMALL_MAPPING
    with pytest.raises(MappingError) as error:
        load_mapping(SMALL_MAPPING.replace(old, new, 1).encode())
    assert (error.value.code, error.value.key) == (code, key)
    assert key in str(error.value)
    assert error.value.text().languages() == {"en", "kk", "ru"}


def test_a_mapping_in_another_encoding_is_refused_and_one_with_a_byte_order_mark_is_not():
    assert load_mapping(SMALL_MAPPING.encode("utf-8-sig")).form() == SMALL.form()
    with pytest.raises(MappingError, match="not a TOML file in UTF-8"):
        load_mapping(SMALL_MAPPING.encode("latin-1", errors="replace"))


def test_every_key_code_and_step_of_a_mapping_is_documented():
    page = (HERE / "docs/import.md").read_text()
    source = Path(mapping.__file__).read_text()
    keys = set(
        re.findall(r'\.(?:text|code|one_of|flag|whole|day|texts|strings|raw|tables?|gives)\("([a-z_]+)"', source)
    )
    assert {"zero_means_missing", "overnight", "parts", "tolerance"} <= keys
    assert {key for key in keys if not re.search(rf"`(\[+)?([a-z_.]+\.)?{key}(\.CODE)?(\]+)?`", page)} == set()
    for word in (*ROW_PROBLEMS, *STEPS, *(reason for reason in mapping._REASONS)):
        assert f"`{word}`" in page, word


def test_every_error_of_a_mapping_can_happen():
    source = Path(mapping.__file__).read_text() + Path(declarations.__file__).read_text()
    for code, text in declarations.MAPPING_ERRORS.items():
        assert source.count(f'"{code}"') >= 2, code
        assert text.languages() == {"en", "kk", "ru"}
