from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.domain.figures import REFUSALS
from paragraph8.domain.problems import Severity
from paragraph8.wording.linter import FINDINGS, lint, lint_parity
from paragraph8.wording.refusals import REASONS
from wording.small_mission import C7, C9, FIGURES, SMALL


def codes(template, language="en", literals=()):
    return [finding.code for finding in lint(template, language, FIGURES, literals)]


@pytest.mark.parametrize(
    ("language", "template"),
    [
        ("en", f"On 9 June 2019 the mark was not shown in {{{C7}:of}} ({{{C7}:share}})."),
        ("kk", f"2019 жылғы 9 маусымда {{{C7}:of}} ({{{C7}:share|loc}}) белгі көрсетілмеді."),
        ("ru", f"9 июня 2019 года отметка не была показана в {{{C7}:of}} ({{{C7}:share}})."),
    ],
)
def test_a_sentence_whose_numbers_are_all_quoted_has_no_finding(language, template):
    assert lint(template, language, FIGURES, ()) == ()


def test_a_finding_says_where_and_what_in_three_languages():
    template = f"In {{{C7}:of}}, or 33.6 per cent, it was not shown."
    (finding,) = lint(template, "en", FIGURES, ())
    assert (finding.code, finding.severity) == ("hand-number", Severity.BLOCK)
    assert template[finding.start : finding.end] == finding.excerpt == "33.6 per cent"
    assert finding.message.languages() == {"en", "kk", "ru"}
    assert "33.6 per cent" in str(finding.message)


def test_a_pronoun_is_a_warning():
    (finding,) = lint("One of them said so.", "en", {}, ())
    assert (finding.code, finding.severity) == ("maybe-number", Severity.WARN)


def test_a_typed_part_of_a_quoted_whole_is_a_number():
    assert codes(f"one of {{{C7}:y}} observations") == ["hand-number"]
    assert codes(f"в одном из {{{C7}:y}} наблюдений", "ru") == ["hand-number"]


def test_a_declared_literal_is_no_finding_and_covers_only_itself():
    assert codes("The law has 50 articles.", literals=["50"]) == []
    assert codes("The law has 50 articles.", literals=["50 articles"]) == []
    assert codes("The law has 150 articles.", literals=["50"]) == ["hand-number"]
    assert codes("The law has 50 articles and 12 annexes.", literals=["50"]) == ["hand-number"]
    assert codes("369 of 1,099", literals=["369"]) == ["hand-number"]
    assert codes("369 of 1,099", literals=["369", "1,099"]) == []
    assert codes("Заңда 1\u00a0099 бап бар.", "kk", ["1 099"]) == []
    assert codes("Two of them", literals=["", " "]) == ["hand-number"]


@pytest.mark.parametrize(
    ("template", "code"),
    [
        (f"{{{C9}:almost-all}}", "false-quantifier"),
        (f"{{{SMALL}:share}}", "small-n"),
        (f"{{{C7}:x|station}}", "other-unit"),
        ("{missions.nobody:x}", "unknown-figure"),
        ("{missions.voters:x", "unclosed-quotation"),
    ],
)
def test_what_rendering_would_refuse_blocks_with_the_same_reason(template, code):
    (finding,) = lint(f"It was {template}", "en", FIGURES, ())
    assert (finding.code, finding.severity) == (code, Severity.BLOCK)
    assert finding.excerpt.endswith(template)


def test_every_refused_quotation_is_found_not_only_the_first():
    assert codes(f"{{{SMALL}:p}} and {{{C7}:majority}} and 12") == ["small-n", "false-quantifier", "hand-number"]


def test_a_number_cannot_hide_in_words_chosen_by_plural():
    assert codes(f"{{{C7}:x|three/four}}") == ["hand-number"]
    assert codes(f"{{{C7}:x|was/were}}") == []


def test_only_is_a_judgement():
    (finding,) = lint(f"{{{C7}:only|unit}} were made", "en", FIGURES, ())
    assert (finding.code, finding.severity) == ("judgement-word", Severity.WARN)


def test_latin_letters_inside_a_kazakh_word_block():
    assert codes("Сaйлау өтті.", "kk") == ["mixed-script"]
    assert codes("Сайлау кəзір өтті.", "kk") == ["mixed-script"]
    assert codes("OSCE миссиясы SMS-ті алды.", "kk") == []
    assert codes("Сайлау", "en") == []


@pytest.mark.parametrize("template", ["", "  \u00a0\n"])
def test_a_missing_language_blocks(template):
    (finding,) = lint(template, "kk", FIGURES, ())
    assert (finding.code, finding.severity) == ("missing-text", Severity.BLOCK)


def test_an_unknown_language_is_a_finding_and_not_an_error():
    assert codes("Anything", "zz") == ["unknown-language"]


@given(
    st.text(alphabet="{}:|=/.[] 019,–-№abcдвaxy\u00a0\u00ad\u0306", max_size=40),
    st.sampled_from(["en", "kk", "ru", "ar", "zz"]),
)
@settings(max_examples=300, deadline=None)
def test_linting_any_string_gives_findings_inside_it(template, language):
    for finding in lint(template, language, FIGURES, ["1"]):
        assert 0 <= finding.start <= finding.end <= len(template)
        assert finding.code in FINDINGS or finding.code in REASONS or finding.code in REFUSALS


@pytest.mark.parametrize("pattern", ["9, ", "Articles 1, ", "1.1.", "к", "9 of ", "1990 Aa Bb "])
@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_fifty_thousand_characters_are_read_in_seconds(pattern, language):
    text = (pattern * 50_000)[:50_000]
    started = monotonic()
    lint(text, language, {}, ())
    assert monotonic() - started < 10


def test_languages_that_quote_the_same_figures_agree():
    assert (
        lint_parity(
            {
                "en": f"in {{{C9}:more-than-half}} ({{{C9}:of}})",
                "kk": f"{{{C9}:more-than-half}} ({{{C9}:y}} байқаудың {{{C9}:x|in}})",
                "ru": f"{{{C9}:more-than-half}} (в {{{C9}:of}})",
            }
        )
        == ()
    )


def test_a_figure_quoted_in_one_language_only_blocks():
    (finding,) = lint_parity({"en": f"{{{C7}:of}}", "kk": f"{{{C7}:of}}", "ru": f"{{{C9}:of}}, {{{C7}:of}}"})
    assert (finding.code, finding.severity, finding.excerpt) == ("other-figures", Severity.BLOCK, C9)
    assert "not in: en, kk" in str(finding.message)


@pytest.mark.parametrize("other", ["majority", "of", "large-majority"])
def test_another_quantifier_in_another_language_blocks(other):
    findings = lint_parity({"en": f"{{{C9}:more-than-half}}", "ru": f"{{{C9}:{other}}}"})
    assert {finding.code for finding in findings} == {"other-quantifiers"}
    assert {finding.severity for finding in findings} == {Severity.BLOCK}


def test_another_stated_number_blocks():
    findings = lint_parity({"en": "{missions.voters:almost=12000000}", "ru": "{missions.voters:almost=11970000|unit}"})
    assert [finding.code for finding in findings] == ["other-quantifiers", "other-quantifiers"]


def test_a_missing_or_malformed_language_is_named():
    findings = lint_parity({"en": f"{{{C7}:of}}", "kk": "", "ru": "{"})
    assert [finding.code for finding in findings] == ["missing-text", "unclosed-quotation"]
    assert findings[1].excerpt == "ru"


def test_every_finding_is_written_in_three_languages():
    for code, sentences in FINDINGS.items():
        assert set(sentences) == {"en", "kk", "ru"}, code
