from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.wording.refusals import REASONS, WordingError
from paragraph8.wording.sentences import quoted_keys, render
from paragraph8.wording.templates import Plain, parse, quotations
from wording.small_mission import C7, C9, FIGURES


def test_a_template_quotes_each_key_once_in_order():
    assert quoted_keys(f"{{{C9}:of}}, {{{C7}:x}} of {{{C7}:y}}") == (C9, C7)
    assert quoted_keys("No figure here.") == ()


def test_a_quotation_is_taken_apart():
    template = "Nearly {missions.stations:nearly=10000|unit}."
    (quotation,) = quotations(template)
    assert (quotation.name, quotation.argument, quotation.inflection) == ("nearly", "10000", "unit")
    assert quotation.format == "nearly=10000|unit"
    assert (quotation.start, quotation.end) == (7, len(template) - 1)


def test_doubled_braces_are_text():
    assert parse("a {{b}} c") == (Plain(0, 9, "a {b} c"),)
    assert render("{{{{}}", {}, "en").text == "{{}"


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{missions.voters:x", "unclosed-quotation"),
        ("{missions.voters:{x}}", "unclosed-quotation"),
        ("missions.voters:x}", "stray-brace"),
        ("{missions.voters}", "no-format"),
        ("{missions.voters:}", "no-format"),
        ("{}", "no-format"),
        ("{Missions.voters:x}", "bad-key"),
        ("{eday.answer[question=C7,answer=yes]:x}", "bad-key"),
        ("{ missions.voters:x}", "bad-key"),
    ],
)
def test_a_malformed_template_says_what_is_wrong_in_three_languages(template, code):
    with pytest.raises(WordingError) as refused:
        parse(template)
    assert refused.value.code == code
    assert refused.value.text.languages() == {"en", "kk", "ru"}


def test_an_error_names_the_brace():
    with pytest.raises(WordingError, match="character 5"):
        parse("abc }")


@given(st.text(alphabet="{}:|=/.[], abcxyмқ09\u00a0-", max_size=40), st.sampled_from(["en", "kk", "ru", "sq", "zz"]))
@settings(max_examples=300, deadline=None)
def test_rendering_any_string_gives_a_sentence_or_a_wording_error(template, language):
    try:
        written = render(template, FIGURES, language).text
    except WordingError as refused:
        written = refused.code if refused.code in REASONS else None
    assert isinstance(written, str)


@given(st.text(alphabet="abcк 09.,{}", max_size=30))
@settings(max_examples=100, deadline=None)
def test_text_without_quotations_comes_back_as_typed(text):
    template = text.replace("{", "{{").replace("}", "}}")
    assert render(template, {}, "en").text == text


def test_every_reason_is_written_in_three_languages():
    for code, sentences in REASONS.items():
        assert set(sentences) == {"en", "kk", "ru"}, code
