"""Words that stand only while a figure says yes."""

from __future__ import annotations

import pytest

from paragraph8.domain.figures import Figure, Kind, Unit
from paragraph8.domain.problems import Severity
from paragraph8.wording.linter import lint
from paragraph8.wording.sentences import WordingError, render
from wording.small_mission import by_key, count

YES, NO, SEVEN = "contest.record[measure=candidates]", "contest.record[measure=nominees]", "contest.contestants"


def says(key: str, answer: int) -> Figure:
    return count(key, answer, Unit.CONTESTANT, kind=Kind.YES_NO, method="record@1")


FIGURES = by_key(says(YES, 1), says(NO, 0), count(SEVEN, 7, Unit.CONTESTANT))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "a record number"), ("kk", "рекордтық сан"), ("ru", "рекордное число"), ("sq", "rekord")],
)
def test_the_authors_own_words_stand_when_the_answer_is_yes(language: str, words: str) -> None:
    rendered = render(f"It was {{{YES}:if|{words}}}.", FIGURES, language)
    assert rendered.text == f"It was {words}."
    assert rendered.pieces[1].key == YES


def test_a_sentence_that_begins_with_them_begins_with_a_capital() -> None:
    rendered = render(f"{{{YES}:if|for the first time}}, a woman stood.", FIGURES, "en")
    assert rendered.text == "For the first time, a woman stood."


@pytest.mark.parametrize(
    ("quotation", "code"),
    [
        (f"{{{NO}:if|a record number}}", "not-so"),
        ("{contest.record[measure=women-candidates]:if|a record}", "unknown-figure"),
        (f"{{{SEVEN}:if|a record number}}", "needs-yes-or-no"),
        (f"{{{YES}:if}}", "no-words"),
        (f"{{{YES}:if| }}", "no-words"),
        (f"{{{YES}:x}}", "yes-or-no"),
        (f"{{{YES}:several}}", "yes-or-no"),
        (f"{{{YES}:share}}", "yes-or-no"),
        (f"{{{YES}:if=2|words}}", "needless-argument"),
    ],
)
@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_whatever_the_figure_does_not_carry_blocks(quotation: str, code: str, language: str) -> None:
    with pytest.raises(WordingError) as refused:
        render(quotation, FIGURES, language)
    assert refused.value.code == code
    assert refused.value.text.languages() == {"en", "kk", "ru"}
    (finding, *_) = lint(quotation, language, FIGURES, ())
    assert (finding.code, finding.severity) == (code, Severity.BLOCK)


def test_a_number_typed_into_the_words_is_found() -> None:
    found = lint(f"It was {{{YES}:if|a record of 7 candidates}}.", "en", FIGURES, ())
    assert [finding.code for finding in found] == ["hand-number"]
    assert not lint(f"It was {{{YES}:if|a record of 7 candidates}}.", "en", FIGURES, ("7 candidates",))


def test_letters_of_another_script_in_the_words_are_found() -> None:
    found = lint(f"Это {{{YES}:if|pекордное число}}.", "ru", FIGURES, ())
    assert [finding.code for finding in found] == ["mixed-script"]


def test_words_with_a_stroke_are_words_and_no_choice_by_number() -> None:
    assert render(f"{{{YES}:if|most and/or all}}", FIGURES, "en").text == "Most and/or all"
