"""A few figures of a small simulated mission, for the tests of wording."""

from __future__ import annotations

from typing import Any

from paragraph8.domain.figures import Basis, Figure, Key, Kind, Origin, Unit
from paragraph8.domain.text import Text

NBSP = "\u00a0"


def share(key: str, x: int, y: int, unit: Unit = Unit.OBSERVATION, *, left: int = 0, **facts: Any) -> Figure:
    """A share of `x` of `y`, counted among observations unless `facts` say otherwise."""
    return Figure(
        **{
            "key": Key.parse(key),
            "kind": Kind.SHARE,
            "basis": Basis.OBSERVED,
            "origin": Origin.SIMULATED,
            "unit": unit,
            "title": Text.of("A share"),
            "as_of": 1,
            "method": "answer@1",
            "numerator": x,
            "denominator": y,
            "left_out": (("not-available", left),) if left else (),
            **facts,
        }
    )


def count(key: str, n: int | None, unit: Unit, **facts: Any) -> Figure:
    """A count from a register unless `facts` say otherwise."""
    return Figure(
        **{
            "key": Key.parse(key),
            "kind": Kind.COUNT,
            "basis": Basis.REGISTER,
            "origin": Origin.SIMULATED,
            "unit": unit,
            "title": Text.of("A count"),
            "as_of": 1,
            "method": "register-count@1",
            "value": n,
            **facts,
        }
    )


def by_key(*figures: Figure) -> dict[str, Figure]:
    """The figures as a template finds them."""
    return {str(figure.key): figure for figure in figures}


FIGURES = by_key(
    share("eday.answer[answer=yes,question=C7]", 369, 1_099, left=44),
    share("eday.answer[answer=yes,question=C7,unit=station]", 349, 1_034, Unit.STATION),
    share("eday.answer[answer=bad,question=C9]", 68, 130),
    share("eday.answer[answer=yes,question=C1]", 4, 12),
    share("eday.answer[answer=yes,question=C0]", 0, 0),
    count("missions.voters", 11_960_364, Unit.VOTER),
    count("missions.stations", 9_968, Unit.STATION),
    count("missions.observers", 341, Unit.OBSERVER),
    count("missions.contestants[gender=f]", 1, Unit.CONTESTANT),
)
C7 = "eday.answer[answer=yes,question=C7]"
C7_STATIONS = "eday.answer[answer=yes,question=C7,unit=station]"
C9 = "eday.answer[answer=bad,question=C9]"
SMALL = "eday.answer[answer=yes,question=C1]"
EMPTY = "eday.answer[answer=yes,question=C0]"
