"""What is found about an uploaded form: how much it weighs, where it stands, and in which words it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from paragraph8.domain.text import Text

from .texts import FINDINGS


class Weight(StrEnum):
    """What a finding means for the form."""

    ERROR = "error"
    """The form cannot be taken as it stands."""
    WARNING = "warning"
    """It can be taken, and something will not be as its author thinks."""
    INFO = "info"
    """Worth knowing."""


@dataclass(frozen=True)
class Finding:
    """One finding. `row` is the number of the row in `sheet`, 0 where it concerns no single one; `question` is the
    name of the question, where there is one; `details` are what the text quotes."""

    code: str
    sheet: str = ""
    row: int = 0
    question: str = ""
    details: tuple[tuple[str, str | int | Text], ...] = ()

    @property
    def weight(self) -> Weight:
        """How much it weighs."""
        return Weight(FINDINGS[self.code][0])

    def text(self) -> Text:
        """What was found and what to do, in the languages of the product."""
        strings = {}
        for language, template in FINDINGS[self.code][1].strings:
            said = template
            for name, value in self.details:
                words = value.shown(language).string if isinstance(value, Text) else str(value)
                said = said.replace(f"{{{name}}}", words)
            strings[language] = said.replace("{question}", self.question).replace("{sheet}", self.sheet)
        return Text.of(strings)


def finding(code: str, /, *, sheet: str = "", row: int = 0, question: str = "", **details: str | int | Text) -> Finding:
    """A finding of a known code."""
    FINDINGS[code]
    return Finding(code, sheet, row, question, tuple(sorted(details.items())))


def of_weight(findings: Iterable[Finding], weight: Weight) -> tuple[Finding, ...]:
    """Those of one weight, in their order."""
    return tuple(found for found in findings if found.weight is weight)
