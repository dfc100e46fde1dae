"""Problems: what a check found. A problem never changes an answer and never refuses a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .text import Text


class Severity(StrEnum):
    """How much a problem weighs at the desk."""

    BLOCK = "block"
    """The answer cannot be right as it stands; somebody must look before it is quoted."""
    WARN = "warn"
    """Unusual; may well be what was seen."""
    INFO = "info"
    """Worth knowing."""


@dataclass(frozen=True)
class Rule:
    """One check as a form asks for it.

    `check` is a code of the catalogue in `checks.py`; `questions` are the question codes it reads, in the order the
    check documents; `tolerance` is in the unit of the answers; `params` are further settings of the check; `name`
    tells two rules of one check apart; `text` replaces the catalogue's wording where the form says it better.
    """

    check: str
    questions: tuple[str, ...] = ()
    severity: Severity | None = None
    tolerance: int = 0
    params: tuple[tuple[str, Any], ...] = ()
    name: str = ""
    text: Text | None = None

    def param(self, name: str, default: Any = None) -> Any:
        """A further setting of the check."""
        return dict(self.params).get(name, default)

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data; defaults are left out."""
        data: dict[str, Any] = {"check": self.check, "questions": list(self.questions)}
        if self.severity:
            data["severity"] = self.severity.value
        if self.tolerance:
            data["tolerance"] = self.tolerance
        if self.params:
            data["params"] = dict(self.params)
        if self.name:
            data["name"] = self.name
        if self.text:
            data["text"] = self.text.to_json()
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Rule:
        """The inverse of `to_json`."""
        return cls(
            check=data["check"],
            questions=tuple(data.get("questions", ())),
            severity=Severity(data["severity"]) if "severity" in data else None,
            tolerance=data.get("tolerance", 0),
            params=tuple(sorted(data.get("params", {}).items())),
            name=data.get("name", ""),
            text=Text.of(data["text"]) if "text" in data else None,
        )


@dataclass(frozen=True)
class Problem:
    """One finding about one report.

    `code` is the check's; `questions` are those concerned; `details` are the values that the text of the check
    quotes (integers and short strings, in the order of their names).
    """

    code: str
    severity: Severity
    questions: tuple[str, ...] = ()
    details: tuple[tuple[str, str | int], ...] = ()
    rule: str = ""

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "questions": list(self.questions),
            "details": dict(self.details),
            "rule": self.rule,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Problem:
        """The inverse of `to_json`."""
        return cls(
            code=data["code"],
            severity=Severity(data["severity"]),
            questions=tuple(data["questions"]),
            details=tuple(sorted(data["details"].items())),
            rule=data.get("rule", ""),
        )
