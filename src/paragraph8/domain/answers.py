"""Answers: a value, or a reason why there is none.

In JSON a present value stands as itself (a choice code, a list of codes, an integer, a text) and a missing one as
`{"missing": "not-observed"}`. Unknown is not zero, and a missing answer is not an empty one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Missing(StrEnum):
    """Why an answer has no value. The reasons stay apart up to the figure, where they are counted one by one."""

    NO_ANSWER = "no-answer"
    """The question was put and nothing was written."""
    NOT_ASKED = "not-asked"
    """The form that was used does not hold the question, or a skip rule passed over it."""
    NOT_OBSERVED = "not-observed"
    """The team could not see it."""
    NOT_AVAILABLE = "not-available"
    """The code N/A as written on the form: not available or not applicable, the writer did not say which."""
    NOT_APPLICABLE = "not-applicable"
    """The question has no meaning at this station."""
    NOT_KNOWN = "not-known"
    """The team does not know."""
    REFUSED = "refused"
    """The person asked would not say."""
    UNREADABLE = "unreadable"
    """Something was written that fits no answer of the question; it is kept as sent and flagged."""
    SET_ASIDE = "set-aside"
    """The mission set the whole report aside, with a reason that stands in the log."""


_REASONS = {reason.value: reason for reason in Missing}

Value = str | int | tuple[str, ...]
Answer = Value | Missing


def answer_from_json(value: Any) -> Answer:
    """The answer that a JSON value stands for, without looking at the question; absent (`None`) is `NOT_ASKED`.

    A shape that no answer has becomes `UNREADABLE`.
    """
    if value is None:
        return Missing.NOT_ASKED
    if isinstance(value, bool):
        return Missing.UNREADABLE
    if isinstance(value, str | int):
        return value
    if isinstance(value, list) and all(isinstance(code, str) for code in value):
        return tuple(value)
    if isinstance(value, dict) and len(value) == 1:
        spelled = value.get("missing")
        return _REASONS.get(spelled, Missing.UNREADABLE) if isinstance(spelled, str) else Missing.UNREADABLE
    return Missing.UNREADABLE


def answer_to_json(answer: Answer) -> Any:
    """The canonical JSON of an answer; the inverse of `answer_from_json` for every answer."""
    if isinstance(answer, Missing):
        return {"missing": answer.value}
    if isinstance(answer, tuple):
        return list(answer)
    return answer
