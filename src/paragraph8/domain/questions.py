"""Questions of a form: what an answer looks like, what it may serve, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .answers import Missing
from .expressions import Expression
from .text import Text


class Kind(StrEnum):
    """What an answer looks like."""

    CHOICE = "choice"
    """One code of the question's scale."""
    CHOICES = "choices"
    """Any number of codes of the scale."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    """A number with a fraction, written as digits: "12.5"."""
    TEXT = "text"
    TIME = "time"
    """Local clock time HH:MM; hours may run past 24:00 on election night."""
    DATE = "date"
    """A day, YYYY-MM-DD."""
    MOMENT = "moment"
    """A day with a clock time, YYYY-MM-DDTHH:MM."""
    PHOTO = "photo"
    """The name of a picture that came with the report."""
    FILE = "file"
    """The name of a recording, a film, a drawing or another file that came with the report."""
    GEOPOINT = "geopoint"
    """Latitude and longitude in degrees, then height and accuracy in metres where they are known."""
    CALCULATION = "calculation"
    """Worked out by whoever fills the form in, from other answers; nobody is asked."""
    NOTE = "note"
    """Words that stand between questions. It has no answer, and `Form.questions` leaves it out."""


COUNTED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.INTEGER})
"""Kinds whose answers are counted into figures."""

FREE = frozenset({Kind.TEXT, Kind.PHOTO, Kind.FILE, Kind.GEOPOINT, Kind.CALCULATION})
"""Kinds whose answers may say who or where somebody is; they stay with the bytes of the report."""


class Use(StrEnum):
    """What an answer may serve."""

    PLAIN = "plain"
    RECONCILIATION = "reconciliation"
    """Contestants' votes, turnout, ballots: observed figures of a protocol, never a projection of the result."""
    COMMENT = "comment"
    """Free text; may name people, so it never leaves the mission."""


@dataclass(frozen=True)
class Option:
    """One answer of a scale; `negative` marks the answers that speak against good practice."""

    code: str
    title: Text
    negative: bool = False


@dataclass(frozen=True)
class NoAnswer:
    """A choice of a form that says why there is no answer, such as "not observed". It is no answer of the scale and
    stands in no denominator; a report that gives its code gives the reason."""

    code: str
    title: Text
    reason: Missing


@dataclass(frozen=True)
class Scale:
    """A set of answers; `ordered` when each is more than the one before (time buckets, assessments)."""

    code: str
    options: tuple[Option, ...]
    ordered: bool = False
    missing: tuple[NoAnswer, ...] = ()

    def codes(self) -> tuple[str, ...]:
        """Answer codes in the order of the form."""
        return tuple(option.code for option in self.options)


@dataclass(frozen=True)
class Question:
    """One question. `low` and `high` bound an integer (inclusive); `column` names it in an imported file.

    `negative` overrides the negative answers of the scale,
    since "yes" is good news for one question and bad for another.

    `indicator`, `section` and `commitments` say which sentence the answer is for. `relevant` is when it is asked,
    `constraint` what an answer must satisfy (said in `constraint_text`), `required` when it must be answered, and
    `calculate` what a calculation gives. `phone` is false where the phone app cannot ask it and ODK Collect can.
    """

    code: str
    title: Text
    kind: Kind
    scale: str = ""
    low: int | None = None
    high: int | None = None
    use: Use = Use.PLAIN
    column: str = ""
    negative: tuple[str, ...] | None = None
    hint: Text | None = None
    indicator: str = ""
    section: str = ""
    commitments: tuple[str, ...] = ()
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_text: Text | None = None
    required: Expression | None = None
    calculate: Expression | None = None
    phone: bool = True

    @property
    def asked(self) -> bool:
        """Whether somebody is asked, rather than told something or left alone."""
        return self.kind not in (Kind.NOTE, Kind.CALCULATION)

    @property
    def serves(self) -> bool:
        """Whether it is said which sentence the answer is for."""
        return bool(self.section or self.indicator)


_EXPRESSIONS = ("relevant", "constraint", "required", "calculate")
_TEXTS = ("hint", "constraint_text")
_PLAIN = ("scale", "low", "high", "column", "indicator", "section")


def question_to_json(question: Question) -> dict[str, Any]:
    """Canonical JSON data; what is not said is left out."""
    data: dict[str, Any] = {
        "code": question.code,
        "title": question.title.to_json(),
        "kind": question.kind.value,
        "use": question.use.value,
    }
    for name in _PLAIN:
        value = getattr(question, name)
        if value not in ("", None):
            data[name] = value
    for name in (*_TEXTS, *_EXPRESSIONS):
        value = getattr(question, name)
        if value is not None:
            data[name] = value.to_json()
    if question.negative is not None:
        data["negative"] = list(question.negative)
    if question.commitments:
        data["commitments"] = list(question.commitments)
    if not question.phone:
        data["phone"] = False
    return data


def question_from_json(data: Mapping[str, Any]) -> Question:
    """The inverse of `question_to_json`."""
    negative = data.get("negative")
    return Question(
        code=data["code"],
        title=Text.of(data["title"]),
        kind=Kind(data["kind"]),
        scale=data.get("scale", ""),
        low=data.get("low"),
        high=data.get("high"),
        use=Use(data.get("use", "plain")),
        column=data.get("column", ""),
        negative=tuple(negative) if negative is not None else None,
        indicator=data.get("indicator", ""),
        section=data.get("section", ""),
        commitments=tuple(data.get("commitments", ())),
        phone=data.get("phone", True),
        **_further(data),
    )


def _further(data: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: Text.of(data[name]) for name in _TEXTS if name in data}
    return texts | {name: Expression.from_json(data[name]) for name in _EXPRESSIONS if name in data}


def scale_to_json(scale: Scale) -> dict[str, Any]:
    """Canonical JSON data."""
    data: dict[str, Any] = {
        "code": scale.code,
        "ordered": scale.ordered,
        "options": [
            {"code": option.code, "title": option.title.to_json(), "negative": option.negative}
            for option in scale.options
        ],
    }
    if scale.missing:
        data["missing"] = [
            {"code": none.code, "title": none.title.to_json(), "reason": none.reason.value} for none in scale.missing
        ]
    return data


def scale_from_json(data: Mapping[str, Any]) -> Scale:
    """The inverse of `scale_to_json`."""
    return Scale(
        code=data["code"],
        ordered=data.get("ordered", False),
        options=tuple(
            Option(option["code"], Text.of(option["title"]), option.get("negative", False))
            for option in data["options"]
        ),
        missing=tuple(
            NoAnswer(none["code"], Text.of(none["title"]), Missing(none["reason"])) for none in data.get("missing", ())
        ),
    )
