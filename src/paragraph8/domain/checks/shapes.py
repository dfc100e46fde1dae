"""What a form may write in a rule of each check: how many questions of which kinds, and which settings.

The evaluation reads settings through `setting`, so a rule with a senseless setting falls back to the default here;
`checks_form` reports it when the form is uploaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from paragraph8.domain.forms import Kind
from paragraph8.domain.problems import Rule

_ANY = frozenset(Kind)
_NUMBER = frozenset({Kind.INTEGER})
_TIME = frozenset({Kind.TIME})
_ONE = frozenset({Kind.CHOICE})
_CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES})
_PARENT = _CHOSEN | _NUMBER


@dataclass(frozen=True)
class Setting:
    """One setting of a rule (`Rule.params`): `read` gives its value, or `None` when it makes no sense."""

    meaning: str
    read: Callable[[Any], Any]
    default: Any
    of_questions: bool = False
    """The value holds answer codes, which must stand on the scales of the rule's questions."""


@dataclass(frozen=True)
class Shape:
    """What a rule of one check looks like. `kinds` names the kind of each question; the last stands for the rest."""

    fewest: int = 0
    most: int | None = 0
    kinds: tuple[frozenset[Kind], ...] = (_ANY,)
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def holds(self, count: int) -> bool:
        """Whether a rule may name so many questions."""
        return self.fewest <= count and (self.most is None or count <= self.most)


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _positive(value: Any) -> int | None:
    return _whole(value) or None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _codes(value: Any) -> frozenset[str] | None:
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, list | tuple) and value and all(isinstance(code, str) for code in value):
        return frozenset(value)
    return None


def _two_sets(value: Any) -> tuple[frozenset[str], frozenset[str]] | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    first, second = _codes(value[0]), _codes(value[1])
    return (first, second) if first and second else None


def _minutes(default: int) -> Mapping[str, Setting]:
    return {"minutes": Setting("a number of minutes", _whole, default)}


def _answers(name: str, default: str) -> Setting:
    return Setting(f"answer codes that mean “{name}”", _codes, frozenset({default}), of_questions=True)


_WHEN = {"when": Setting("answer codes that call for the follow-up", _codes, frozenset({"yes"}), of_questions=True)}

SHAPES: Mapping[str, Shape] = {
    "unknown-station": Shape(),
    "station-code-missing": Shape(),
    "finished-before-started": Shape(),
    "finished-in-the-future": Shape(),
    "sent-long-after": Shape(settings=_minutes(720)),
    "visit-too-short": Shape(settings=_minutes(10)),
    "visit-too-long": Shape(settings=_minutes(240)),
    "unknown-question": Shape(),
    "unknown-answer": Shape(most=None, kinds=(_CHOSEN,)),
    "not-a-number": Shape(most=None, kinds=(_NUMBER,)),
    "not-a-time": Shape(most=None, kinds=(_TIME,)),
    "unreadable-answer": Shape(most=None),
    "negative-number": Shape(most=None, kinds=(_NUMBER,)),
    "implausible-number": Shape(most=None, kinds=(_NUMBER,)),
    "range": Shape(most=None, kinds=(_NUMBER,)),
    "nothing-answered": Shape(),
    "block-missing": Shape(settings={"blocks": Setting("block codes", _codes, frozenset())}),
    "answer-missing": Shape(1, None),
    "series-decreases": Shape(
        2,
        None,
        (_NUMBER,),
        {
            "partial": Setting("true or false", _flag, False),
            "zero_is_missing": Setting("true or false", _flag, False),
        },
    ),
    "above": Shape(2, 2, (_NUMBER,)),
    "parts-exceed-whole": Shape(2, None, (_NUMBER,)),
    "sum-differs": Shape(2, None, (_NUMBER,)),
    "answer-without-cause": Shape(2, None, (_PARENT, _ANY), _WHEN),
    "follow-up-missing": Shape(2, None, (_PARENT, _ANY), _WHEN),
    "contradiction": Shape(
        2, 2, (_CHOSEN,), {"answers": Setting("two lists of answer codes, one a question", _two_sets, None)}
    ),
    "count-without-yes": Shape(2, 2, (_CHOSEN, _NUMBER), {"no": _answers("no", "no")}),
    "yes-without-count": Shape(2, 2, (_CHOSEN, _NUMBER), {"yes": _answers("yes", "yes")}),
    "round-numbers": Shape(
        most=None,
        kinds=(_NUMBER,),
        settings={
            "multiple": Setting("a number above zero", _positive, 50),
            "percent": Setting("a number above zero", _positive, 80),
            "fewest": Setting("a number above zero", _positive, 6),
        },
    ),
    "same-answer-throughout": Shape(3, None, (_ONE,)),
    "time-order": Shape(2, None, (_TIME,), {"overnight": Setting("true or false", _flag, False)}),
    "bucket-order": Shape(2, None, (_ONE,)),
    "far-from-register": Shape(1, 1, (_NUMBER,)),
    "turnout-above-register": Shape(1, 1, (_NUMBER,)),
    "several-forms": Shape(),
    "same-team-twice": Shape(),
    "series-decreases-between-visits": Shape(1, 1, (_NUMBER,)),
    "list-differs-between-forms": Shape(1, 1, (_NUMBER,)),
    "opposite-answers-between-forms": Shape(
        1, None, (_ONE,), {"yes": _answers("yes", "yes"), "no": _answers("no", "no")}
    ),
    "copied-report": Shape(settings={"fewest": Setting("a number above zero", _positive, 20)}),
}
"""Code of a check → what a rule of it may hold. A check that is not here cannot be set by a form."""


def setting(rule: Rule, name: str) -> Any:
    """The value of a setting of the rule, or its default."""
    wanted = SHAPES[rule.check].settings[name]
    value = wanted.read(rule.param(name))
    return wanted.default if value is None else value
