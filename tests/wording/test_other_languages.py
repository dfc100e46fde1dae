"""A mission that works in Albanian and Arabic: numbers from CLDR, nouns in the template."""

from __future__ import annotations

import pytest

from paragraph8.domain.problems import Severity
from paragraph8.wording.linter import lint, lint_parity
from paragraph8.wording.sentences import render
from wording.small_mission import C7, FIGURES

ALBANIAN = f"Në {{{C7}:x}} nga {{{C7}:y}} {{{C7}:y|vëzhgim/vëzhgime}} ({{{C7}:share}})."
ARABIC = f"{{{C7}:x}} من {{{C7}:y}} {{{C7}:y|مشاهدة/مشاهدة/مشاهدتين/مشاهدات/مشاهدة/مشاهدة}} ({{{C7}:share}})"


def test_albanian_numbers_and_plural():
    assert render(ALBANIAN, FIGURES, "sq").text == "Në 369 nga 1\u00a0099 vëzhgime (33,6%)."


def test_arabic_numbers_and_six_plural_classes():
    assert render(ARABIC, FIGURES, "ar").text == "369 من 1,099 مشاهدة (33.6\u200e%\u200e)"


@pytest.mark.parametrize(("template", "language"), [(ALBANIAN, "sq"), (ARABIC, "ar")])
def test_their_templates_pass_the_linter(template, language):
    assert lint(template, language, FIGURES, ()) == ()


@pytest.mark.parametrize(
    ("typed", "language", "excerpt"),
    [
        ("Në 369 vëzhgime", "sq", "369"),
        ("Në 33,6% të vëzhgimeve", "sq", "33,6%"),
        ("في ٣٦٩ مشاهدة", "ar", "٣٦٩"),
        ("في 1,099 مشاهدة", "ar", "1,099"),
    ],
)
def test_digits_typed_by_hand_are_found_in_any_script(typed, language, excerpt):
    (finding,) = lint(typed, language, {}, ())
    assert (finding.code, finding.severity, finding.excerpt) == ("hand-number", Severity.BLOCK, excerpt)


@pytest.mark.parametrize(
    ("typed", "language"),
    [("më 9 qershor 2019", "sq"), ("në orën 20:00", "sq"), ("9 يونيو 2019", "ar"), ("№ 240", "sq")],
)
def test_dates_times_and_document_numbers_are_not_quantities(typed, language):
    assert lint(typed, language, {}, ()) == ()


def test_figures_must_be_the_same_in_every_language_of_the_mission():
    english = f"In {{{C7}:of}} ({{{C7}:share}})."
    assert lint_parity({"en": english, "sq": ALBANIAN, "ar": ARABIC}) == ()
    (finding,) = lint_parity({"en": english, "sq": "Pa shifra."})
    assert finding.code == "other-figures"
