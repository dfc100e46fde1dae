"""What a row says to a question, in a form that can be counted, and what that means for a figure."""

from __future__ import annotations

from typing import Any

from paragraph8.domain.answers import Missing, answer_from_json

SEVERAL = "+"
"""Joins the answer codes of one key: `answer=bad+very-bad`."""

Said = str | int | frozenset[str] | tuple[str]
"""What a row says, hashable: a code, a number, several codes, or (in a tuple of one) why there is no answer."""

_REASONS: dict[Any, tuple[str]] = {reason.value: (reason.value,) for reason in Missing}
NOT_ASKED = _REASONS[Missing.NOT_ASKED.value]
SET_ASIDE = _REASONS[Missing.SET_ASIDE.value]
UNREADABLE = _REASONS[Missing.UNREADABLE.value]


def said(value: Any) -> Said:
    """What a canonical answer says; a shape that no answer has is unreadable."""
    if type(value) is dict and len(value) == 1:
        # The most frequent case of all that are no code, in the hot loop of `Counts`.
        spelling = value.get("missing")
        if type(spelling) is str:
            return _REASONS.get(spelling, UNREADABLE)
    answer = answer_from_json(value)
    if isinstance(answer, Missing):
        return _REASONS[answer.value]
    return frozenset(answer) if isinstance(answer, tuple) else answer


def reason(value: Said) -> str:
    """Why what a row says is no number or choice."""
    return value[0] if isinstance(value, tuple) else Missing.UNREADABLE.value


def outcome(value: Said, wanted: str) -> str:
    """ "in", "out" or the reason for neither; `wanted` is answer codes joined by "+", or ">=n"."""
    if wanted.startswith(">="):
        if not isinstance(value, int):
            return reason(value)
        return "in" if value >= int(wanted[2:]) else "out"
    answers = wanted.split(SEVERAL)
    if isinstance(value, str):
        return "in" if value in answers else "out"
    if isinstance(value, frozenset):
        return "out" if value.isdisjoint(answers) else "in"
    return reason(value)


def spelled(value: Said) -> str:
    """A number as it is, else why there is none."""
    return str(value) if isinstance(value, int) else reason(value)
