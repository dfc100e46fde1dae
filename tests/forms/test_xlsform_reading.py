"""An XLSForm becomes a form, and what cannot be is said with the row, in three languages."""

from __future__ import annotations

import pytest

from forms.sheets import YES_NO, codes, q, read, text, workbook
from paragraph8.domain.answers import Missing
from paragraph8.domain.forms import Kind, Use
from paragraph8.domain.xlsforms.findings import Weight
from paragraph8.domain.xlsforms.reading import read_xlsform
from paragraph8.domain.xlsforms.texts import FINDINGS


def form_of(reading):
    assert reading.form is not None, [(found.code, str(found.text())) for found in reading.errors]
    return reading.form


def found(reading, code):
    return next(each for each in reading.findings if each.code == code)


def test_a_workbook_and_its_text_give_the_same_form_and_the_same_xform():
    rows = (q("begin_group", "g"), q("select_one yn", "V01"), q("integer", "V02"), {"type": "end_group"})
    one, other = read_xlsform(text(*rows)), read_xlsform(workbook(*rows))
    assert form_of(one) == form_of(other)
    assert one.xform == other.xform
    assert 'id="visit"' in one.xform


def test_every_kind_of_question_is_understood():
    kinds = {
        "integer": Kind.INTEGER,
        "decimal": Kind.DECIMAL,
        "text": Kind.TEXT,
        "time": Kind.TIME,
        "date": Kind.DATE,
        "dateTime": Kind.MOMENT,
        "image": Kind.PHOTO,
        "geopoint": Kind.GEOPOINT,
        "select_one yn": Kind.CHOICE,
        "select one yn": Kind.CHOICE,
        "select_multiple yn": Kind.CHOICES,
        "range": Kind.INTEGER,
        "hidden": Kind.CALCULATION,
    }
    rows = [q(written, f"Q{n}") for n, written in enumerate(kinds)]
    form = form_of(read(*rows, q("note", "N1")))
    assert [question.kind for question in form.questions()] == list(kinds.values())
    assert all(question.phone for question in form.questions())
    assert form.blocks[0].questions[-1].kind is Kind.NOTE
    assert form.question("N1") is None


def test_a_choice_that_says_why_there_is_no_answer_is_no_answer():
    form = form_of(read(q("select_one yn", "V01"), q("select_multiple yn", "V02")))
    assert form.scales[0].codes() == ("yes", "no")
    answers = form.read({"V01": "unseen", "V02": ["unseen"]})
    assert answers == {"V01": Missing.NOT_OBSERVED, "V02": Missing.NOT_OBSERVED}
    assert form.values(answers) == {"V01": "unseen", "V02": "unseen"}
    assert form.read({"V01": "yes", "V02": ["yes", "unseen"]})["V02"] is Missing.UNREADABLE


def test_meaning_stands_in_our_columns():
    row = q("select_one yn", "V01", p8_negative="yes", p8_indicator="secrecy", p8_commitment="7.4, 5.1")
    row |= {"hint::en": "Look", "required": "yes", "constraint": ". != ''", "constraint_message::en": "No"}
    question = form_of(read(row)).question("V01")
    assert question is not None
    assert (question.negative, question.indicator, question.section) == (("yes",), "secrecy", "voting")
    assert question.commitments == ("7.4", "5.1")
    assert question.required is not None
    assert question.required.tree == ("true",)
    assert question.constraint_text is not None
    assert str(question.hint) == "Look"


def test_a_dash_says_that_no_answer_is_negative_and_an_empty_cell_leaves_it_to_the_list():
    form = form_of(read(q("select_one yn", "V01", p8_negative="-"), q("select_one yn", "V02")))
    assert [sorted(form.negative(question)) for question in form.questions()] == [[], ["no"]]


def test_free_text_is_a_comment_unless_the_form_says_else():
    form = form_of(read(q("text", "C1"), q("text", "C2", p8_use="plain"), q("integer", "N", p8_use="reconciliation")))
    assert [question.use for question in form.questions()] == [Use.COMMENT, Use.PLAIN, Use.RECONCILIATION]


def test_bounds_of_a_number_are_those_of_its_constraint():
    rows = [
        q("integer", "A", constraint=". >= 0 and . <= 5000"),
        q("integer", "B", constraint=". > 0 and . < 10"),
        q("integer", "C", constraint=". <= ${A}"),
        q("range", "D", parameters="start=2 end=8 step=2"),
    ]
    form = form_of(read(*rows))
    assert [(question.low, question.high) for question in form.questions()] == [(0, 5000), (1, 9), (None, None), (2, 8)]


def test_groups_become_blocks_with_the_conditions_of_all_that_are_open():
    form = form_of(
        read(
            q("select_one yn", "V01"),
            q("begin_group", "outer", relevant="${V01} = 'yes'"),
            q("integer", "V02"),
            q("begin_group", "inner", relevant="${V02} > 1"),
            q("integer", "V03"),
            {"type": "end_group"},
            q("integer", "V04"),
            {"type": "end_group"},
        )
    )
    assert [block.code for block in form.blocks] == ["form", "outer", "inner", "outer-2"]
    assert str(form.blocks[2].title) == "Question outer – Question inner"
    inner = form.blocks[2].relevant
    assert inner is not None
    outer = ("=", ("answer", "V01"), ("str", "yes"))
    assert inner.tree == ("and", outer, (">", ("answer", "V02"), ("num", "1")))


def test_what_only_odk_collect_can_ask_is_said_and_marked():
    reading = read(
        q("audio", "A1"),
        q("select_one_from_file stations.csv", "A2"),
        q("integer", "A3", relevant="today() > '2019-06-09'"),
        q("begin_repeat", "incidents"),
        q("integer", "A4"),
        {"type": "end_repeat"},
        q("integer", "A5"),
    )
    form = form_of(reading)
    assert [question.code for question in form.questions() if not question.phone] == ["A1", "A2", "A3"]
    assert form.beyond == ("A4",)
    assert {each.question for each in reading.findings if each.code == "odk-only"} == {"A1", "A2", "A3"}
    assert {"repeat", "outside-grammar", "external-file"} <= set(codes(reading))
    assert "phone-whole" not in codes(reading)
    assert "today()" in str(found(reading, "outside-grammar").text())


@pytest.mark.parametrize(
    ("rows", "more", "code", "row"),
    [
        ([q("integer", "A"), q("text", "A")], {}, "duplicate-name", 4),
        ([{"type": "begin_group", "name": "g"}, q("integer", "A"), {"type": "end_group"}, q("text", "A")], {},
         "duplicate-name", 6),
        ([q("integr", "A")], {}, "unknown-type", 3),
        ([q("integer", "A"), {"name": "B", "label::en": "B"}], {}, "no-type", 4),
        ([q("integer", "")], {}, "no-name", 3),
        ([q("integer", "9 lives")], {}, "bad-name", 3),
        ([q("select_one colours", "A")], {}, "no-list", 3),
        ([q("begin_group", "g"), q("integer", "A")], {}, "unbalanced", 3),
        ([q("integer", "A"), {"type": "end_group"}], {}, "unbalanced", 4),
        ([q("integer", "A", relevant="${B} = 1")], {}, "unknown-reference", 3),
        ([q("integer", "A", relevant="${B = 1")], {}, "bad-reference", 3),
        ([q("integer", "A", p8_use="secret")], {}, "bad-use", 3),
        ([q("select_one yn", "A", p8_negative="maybe")], {}, "bad-negative", 3),
        ([q("calculate", "A")], {}, "no-calculation", 3),
        ([q("range", "A", parameters="start=9 end=1")], {}, "bad-range", 3),
        ([{"type": "integer", "name": "A"}, q("integer", "B")], {}, "no-label", 3),
        ([q("integer", "A")], {"version": ""}, "no-version", 11),
        ([q("integer", "A")], {"version": "1 a"}, "bad-version", 11),
        ([q("integer", "A")], {"form_id": ""}, "no-form-id", 11),
        ([q("integer", "A")], {"form_id": "a=b"}, "bad-form-id", 11),
        ([q("integer", "A")], {"p8_process": "party"}, "bad-process", 11),
        ([q("select_one yn", "A")], {"choices": [*YES_NO, YES_NO[0]]}, "duplicate-choice", 9),
        ([q("select_one yn", "A")], {"choices": [*YES_NO, {"name": "x", "label::en": "X"}]}, "choice-without-list", 9),
        ([q("select_one yn", "A")], {"choices": [*YES_NO, {"list_name": "yn", "label::en": "X"}]},
         "choice-without-name", 9),
        ([q("select_one yn", "A")], {"choices": [*YES_NO, {"list_name": "yn", "name": "a,b", "label::en": "X"}]},
         "bad-choice-name", 9),
        ([q("select_one yn", "A")], {"choices": [*YES_NO, {"list_name": "yn", "name": "x"}]},
         "choice-without-label", 9),
        ([q("select_one yn", "A")], {"choices": [{**YES_NO[0], "p8_missing": "shrug"}]}, "bad-missing", 6),
        ([q("select_one yn", "A")], {"choices": [YES_NO[0], {**YES_NO[2], "p8_negative": "yes"}]},
         "missing-negative", 7),
        ([q("integer", "A")], {"rules": [{"check": "gut-feeling", "questions": "A"}]}, "unknown-check", 14),
        ([q("integer", "A")], {"rules": [{"check": "above", "questions": "A B"}]}, "rule-question", 14),
        ([q("integer", "A")], {"rules": [{"check": "above", "questions": "A A", "details": "{"}]}, "bad-details", 14),
        ([q("integer", "A")], {"rules": [{"check": "above", "questions": "A A", "details": '{"tolerance": 0.5}'}]},
         "bad-details", 14),
        ([q("integer", "A")], {"rules": [{"check": "above", "questions": "A", "details": '{"severity": "x"}'}]},
         "bad-rule", 14),
        ([q("integer", "A")], {"rules": [{"check": "above", "questions": "A"}]}, "form-wrong", 0),
        ([q("note", "A")], {}, "nothing-to-show", 0),
    ],
)  # fmt: skip
def test_an_error_is_said_with_its_row_and_nothing_comes_out(rows, more, code, row):
    reading = read(*rows, **more)
    assert code in [each.code for each in reading.errors], codes(reading)
    assert found(reading, code).row == row
    assert (reading.form, reading.xform) == (None, "")


def test_all_errors_of_the_rows_are_said_at_once():
    wrong = (q("integr", "A"), q("integer", ""), q("select_one colours", "B"), q("integer", "C", relevant="${Z} = 1"))
    reading = read(*wrong, version="")
    codes_of_errors = {each.code for each in reading.errors}
    assert codes_of_errors == {"unknown-type", "no-name", "no-list", "unknown-reference", "no-version"}


def test_what_the_converter_alone_refuses_is_quoted():
    reading = read(q("integer", "A"), q("select_one yn or_other", "B", choice_filter="x = 1"))
    assert [each.code for each in reading.errors] == ["pyxform"]


@pytest.mark.parametrize(
    ("rows", "more", "code"),
    [
        ([q("integer", "A", p8_section="")], {}, "serves-no-sentence"),
        ([q("select_one yn", "A", required="yes")], {"choices": YES_NO[:2]}, "no-not-observed"),
        ([q("integer", "A", default="5")], {}, "default-answer"),
        ([q("integer", "A")], {"form_title__kk": "x", "p8_process": ""}, "no-process"),
        ([q("integer", "A")], {"submission_url": "https://example.org"}, "sent-elsewhere"),
        ([q("begin_group", "g"), q("begin_group", "h"), q("integer", "A"), {"type": "end_group"},
          {"type": "end_group"}], {}, "deep-groups"),
        ([q("select_one yn", "A"), q("integer", "B", relevant="${A} = 'maybe'")], {}, "never-asked"),
        ([q("select_one yn", "A"), q("integer", "B", relevant="${A} = 'maybe'"),
          q("integer", "C", relevant="${B} > 1")], {}, "depends-on-never"),
        ([q("integer", "A", relevant="${B} > 1"), q("integer", "B")], {}, "depends-on-later"),
        ([q("image", "A", appearance="signature", required="yes")], {}, "phone-cannot-send"),
        ([q("integer", "A", media__image="map.png")], {}, "external-file"),
    ],
)  # fmt: skip
def test_a_warning_lets_the_form_through(rows, more, code):
    reading = read(*rows, **more)
    assert code in [each.code for each in reading.warnings], codes(reading)
    assert reading.form is not None


def test_where_answers_would_go_is_taken_out_of_what_odk_collect_gets():
    reading = read(q("integer", "A"), submission_url="https://example.org", public_key="MIIB")
    assert "example.org" not in reading.xform
    assert "MIIB" not in reading.xform
    assert codes(reading).count("sent-elsewhere") == 2


def test_missing_translations_are_counted_by_language_and_part():
    rows = [q("integer", "A"), q("select_one yn", "B", label__ru="", hint__en="Look")]
    reading = read(*rows, languages=("en", "kk", "ru"), choices=[*YES_NO[:2], {**YES_NO[2], "label::ru": ""}])
    gaps = [each.text().shown("en").string for each in reading.findings if each.code == "untranslated"]
    assert gaps == [
        "Not translated into Russian (questions): 1. B",
        "Not translated into Russian (hints): 1. B",
        "Not translated into Russian (answers): 1. yn/unseen",
    ]
    assert found(reading, "language-missing").text().shown("ru").string.endswith("другой язык.")
    assert "Kazakh" in str(found(reading, "language-missing").text())


def test_a_language_without_its_code_is_said():
    row = {"type": "integer", "name": "A", "label::Russian": "Вопрос", "label::Klingon": "nuq"}
    said = [dict(each.details)["language"] for each in read(row).findings if each.code == "unnamed-language"]
    assert said == ["ru", "und"]


def test_unknown_columns_break_nothing():
    row = q("integer", "A", colour="blue", p8_future="x", bind__odd="y")
    assert form_of(read(row)).question("A") is not None


def test_the_same_bytes_give_the_same_reading():
    data = text(q("select_one yn", "A"), q("integer", "B", relevant="${A} = 'no'"))
    assert read_xlsform(data) == read_xlsform(data)


def test_every_finding_is_worded_in_three_languages_and_quotes_the_same():
    import re

    for code, (weight, words) in FINDINGS.items():
        assert Weight(weight)
        assert words.languages() == {"en", "kk", "ru"}, code
        quoted = {tuple(sorted(set(re.findall(r"\{(\w+)\}", string)))) for _tag, string in words.strings}
        assert len(quoted) == 1, code
