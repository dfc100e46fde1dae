from __future__ import annotations

from pathlib import Path

import pytest

from paragraph8.domain.figures import REFUSALS
from paragraph8.wording.linter import FINDINGS
from paragraph8.wording.nouns import LEXICON
from paragraph8.wording.phrases import FORMATS
from paragraph8.wording.quantifiers import QUANTIFIERS
from paragraph8.wording.refusals import REASONS
from wording.test_quantifiers import WORDINGS

PAGE = (Path(__file__).parents[2] / "docs" / "wording.md").read_text(encoding="utf-8")
SAID_BY_REFUSALS = set(REASONS) | {"room-only", "reconciliation-only"}


@pytest.mark.parametrize("name", [*FORMATS, *LEXICON, *FINDINGS, *sorted(SAID_BY_REFUSALS)])
def test_every_format_noun_finding_and_refusal_is_documented(name):
    assert f"`{name}`" in PAGE or f"`{name}=" in PAGE


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording[0])
def test_the_table_of_quantifiers_says_what_the_software_does(wording):
    form, _, _, *words = wording
    rule = str(QUANTIFIERS[form.partition("=")[0]].rule)
    assert f"| `{form}` | {rule} | {' | '.join(words)} |" in PAGE


def test_the_codes_of_the_domain_that_refuse_a_text_exist():
    assert {"room-only", "reconciliation-only"} <= set(REFUSALS)
