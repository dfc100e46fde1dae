"""Russian after a number: which form of a noun stands there, by case and by plural class.

One plural line is not enough: nominative 2 наблюдения, but genitive из 2 наблюдений, prepositional в 2 наблюдениях.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from .languages import plural_class

Gender = Literal["m", "f", "n"]


@dataclass(frozen=True)
class RussianNoun:
    """A noun after numbers. `nominative` is 1, 2, 5; `genitive` and `locative` (prepositional) are 1 and all others.

    `plural` is the nominative plural that stands without a number, `plural_genitive` its genitive where that is
    another word than after a number (5 человек, but большинство людей); `place` is the preposition that says where.
    """

    gender: Gender
    nominative: tuple[str, str, str]
    plural: str
    genitive: tuple[str, str]
    locative: tuple[str, str]
    place: Literal["в", "на"] = "в"
    plural_genitive: str = ""

    def form(self, n: int, case: str) -> str:
        """The form after the whole number `n` in a case: `nom`, `gen` or `loc`. Raises `KeyError` on any other."""
        name = plural_class(n, "ru")
        one = name == "one"
        return {
            "nom": self.nominative[("one", "few", "many").index(name)],
            "gen": self.genitive[0 if one else 1],
            "loc": self.locative[0 if one else 1],
        }[case]

    def place_before_cluster(self) -> str:
        """The preposition before всех and многих."""
        return "во" if self.place == "в" else self.place


EACH_THIRD: Mapping[Gender, str] = MappingProxyType({"m": "каждый третий", "f": "каждая третья", "n": "каждое третье"})
IN_EACH_THIRD: Mapping[Gender, str] = MappingProxyType(
    {"m": "каждом третьем", "f": "каждой третьей", "n": "каждом третьем"}
)
ONE: Mapping[Gender, str] = MappingProxyType({"m": "один", "f": "одна", "n": "одно"})
IN_ONE: Mapping[Gender, str] = MappingProxyType({"m": "одном", "f": "одной", "n": "одном"})
