"""Who can travel with whom: people as a solver sees them, the rules they travel by, and what a team costs.

A cost is a whole number. What must not be (`HARD`) outweighs every preference together; among preferences country
weighs more than gender, gender more than experience, because two passports are what makes a pair two pairs of eyes
(method.md 3: pairs mix country, sex and experience). What is not known costs half: it is neither mixed nor the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

HARD = 100_000
SAME_COUNTRY = 40
SAME_GENDER = 30
SAME_EXPERIENCE = 20
BOTH_NEW = 10
"""Two newcomers are worse together than two old hands."""
LANGUAGE_UNKNOWN = 200
"""Nobody wrote down what one of them speaks, so that nobody knows whether they understand each other."""


class Trait(StrEnum):
    """What a team is to be mixed by."""

    COUNTRY = "country"
    GENDER = "gender"
    EXPERIENCE = "experience"


class Reason(StrEnum):
    """Why something about a team is not as it should be."""

    APART = "apart"
    """Two people who must not travel together."""
    NO_COMMON_LANGUAGE = "no-common-language"
    AREA_LANGUAGE = "area-language"
    """Nobody speaks a language that the area asks for."""
    INSTITUTIONS = "institutions"
    """People of two institutions, while each has its own teams."""
    FUNCTIONS = "functions"
    """A long-term and a short-term observer."""
    ALONE = "alone"
    """One person where two are needed."""
    GONE = "gone"
    """Somebody of the team is no longer there."""


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """A person as the solver sees one. `kind` keeps long-term and short-term observers apart; empty texts, no languages
    and `None` are unknown."""

    code: str
    kind: str = ""
    institution: str = ""
    country: str = ""
    gender: str = ""
    missions_before: int | None = None
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds for all teams. `size` is 2, or 1 for a group whose observers go alone. `apart` are pairs of codes.
    `working` are the languages that a team may work in; with none named, any that its members share."""

    size: int = 2
    mixed_institutions: bool = False
    experienced_from: int = 1
    apart: frozenset[frozenset[str]] = frozenset()
    working: frozenset[str] = frozenset()

    def pool(self, person: Traveller) -> tuple[str, str]:
        """Who of one pool may travel together at all."""
        return person.kind, "" if self.mixed_institutions else person.institution

    def trait(self, person: Traveller, trait: Trait) -> str:
        """What the person is of the trait; empty when unknown."""
        match trait:
            case Trait.COUNTRY:
                return person.country
            case Trait.GENDER:
                return person.gender
            case Trait.EXPERIENCE:
                if person.missions_before is None:
                    return ""
                return "experienced" if person.missions_before >= self.experienced_from else "new"

    def shared(self, people: Iterable[Traveller]) -> frozenset[str] | None:
        """The languages in which they can work together; `None` while unknown of one of them."""
        spoken = [person.languages for person in people]
        if not all(spoken):
            return None
        common = frozenset.intersection(*spoken)
        return common & self.working if self.working else common


@dataclass(frozen=True, kw_only=True)
class Group:
    """A team: codes of its members, its own code once it has one, its area and the languages of which that asks one."""

    members: tuple[str, ...]
    code: str = ""
    area: str = ""
    speaks: frozenset[str] = frozenset()
    locked: bool = False


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """One thing that is not as it should be, with the people it concerns."""

    reason: Reason
    people: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Mix:
    """In how many teams a trait is mixed, the same, or not known; `possible` is a bound that no arrangement exceeds."""

    mixed: int
    same: int
    unknown: int
    possible: int


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What can be said of a set of teams."""

    people: int
    teams: int
    threes: tuple[tuple[str, ...], ...]
    mixes: Mapping[Trait, Mix]
    unmet: tuple[Unmet, ...]
    unknown_languages: tuple[str, ...] = field(default=())
    cost: int = 0


def pair_cost(first: Traveller, second: Traveller, rules: Rules) -> int:
    """What it costs that the two travel together."""
    cost = 0
    if rules.pool(first) != rules.pool(second) or frozenset({first.code, second.code}) in rules.apart:
        cost += HARD
    shared = rules.shared((first, second))
    if shared is None:
        cost += LANGUAGE_UNKNOWN
    elif not shared:
        cost += HARD
    for trait, same in (
        (Trait.COUNTRY, SAME_COUNTRY),
        (Trait.GENDER, SAME_GENDER),
        (Trait.EXPERIENCE, SAME_EXPERIENCE),
    ):
        one, other = rules.trait(first, trait), rules.trait(second, trait)
        if not one or not other:
            cost += same // 2
        elif one == other:
            cost += same + (BOTH_NEW if one == "new" else 0)
    return cost


def speaks_enough(people: Iterable[Traveller], asked: frozenset[str]) -> bool:
    """Whether one of them speaks one of the languages asked for."""
    return not asked or any(person.languages & asked for person in people)


def team_cost(people: Sequence[Traveller], asked: frozenset[str], rules: Rules) -> int:
    """What a whole team costs; three must share one language, not two and two."""
    cost = sum(pair_cost(first, second, rules) for first, second in combinations(people, 2))
    if len(people) > 2 and (shared := rules.shared(people)) is not None and not shared:
        cost += HARD
    return cost + (0 if speaks_enough(people, asked) else HARD)


def unmet_of(group: Group, people: Mapping[str, Traveller], rules: Rules) -> list[Unmet]:
    """What is not as it should be in one team."""
    known = [people[code] for code in group.members if code in people]
    found = []
    if len(known) < len(group.members):
        gone = tuple(code for code in group.members if code not in people)
        found.append(Unmet(reason=Reason.GONE, people=gone, code=group.code))
    if len(known) < rules.size:
        found.append(Unmet(reason=Reason.ALONE, people=tuple(p.code for p in known), code=group.code))
    for first, second in combinations(known, 2):
        pair = (first.code, second.code)
        if frozenset(pair) in rules.apart:
            found.append(Unmet(reason=Reason.APART, people=pair, code=group.code))
        if first.kind != second.kind:
            found.append(Unmet(reason=Reason.FUNCTIONS, people=pair, code=group.code))
        if not rules.mixed_institutions and first.institution != second.institution:
            found.append(Unmet(reason=Reason.INSTITUTIONS, people=pair, code=group.code))
    codes = tuple(person.code for person in known)
    if len(known) > 1 and (shared := rules.shared(known)) is not None and not shared:
        found.append(Unmet(reason=Reason.NO_COMMON_LANGUAGE, people=codes, code=group.code))
    if known and not speaks_enough(known, group.speaks):
        found.append(Unmet(reason=Reason.AREA_LANGUAGE, people=codes, code=group.code))
    return found


def quality_of(
    groups: Sequence[Group], people: Mapping[str, Traveller], rules: Rules, *, alone: Sequence[str] = ()
) -> Quality:
    """What can be said of the teams; `alone` are people for whom there is none."""
    unmet = [found for group in groups for found in unmet_of(group, people, rules)]
    unmet += [Unmet(reason=Reason.ALONE, people=(code,)) for code in alone]
    teams = [[people[code] for code in group.members if code in people] for group in groups]
    return Quality(
        people=sum(len(team) for team in teams) + len(alone),
        teams=len(groups),
        threes=tuple(group.members for group in groups if len(group.members) > 2),
        mixes={trait: _mix(trait, teams, groups, rules) for trait in Trait},
        unmet=tuple(unmet),
        unknown_languages=tuple(p.code for team in teams for p in team if rules.size > 1 and not p.languages),
        cost=sum(team_cost(team, group.speaks, rules) for team, group in zip(teams, groups, strict=True)),
    )


def mixed(team: Sequence[Traveller], trait: Trait, rules: Rules) -> bool | None:
    """Whether two of the team differ in it; `None` when too little is known to tell."""
    values = [rules.trait(person, trait) for person in team]
    if len({value for value in values if value}) > 1:
        return True
    return False if len(team) > 1 and all(values) else None


def _mix(trait: Trait, teams: Sequence[Sequence[Traveller]], groups: Sequence[Group], rules: Rules) -> Mix:
    told = [mixed(team, trait, rules) for team in teams]
    pools: dict[tuple[str, str], list[Sequence[Traveller]]] = {}
    possible = 0
    for team, group, is_mixed in zip(teams, groups, told, strict=True):
        if group.locked or not team:
            possible += bool(is_mixed)
        else:
            pools.setdefault(rules.pool(team[0]), []).append(team)
    for pool in pools.values():
        possible += _most_mixed(trait, pool, rules)
    return Mix(
        mixed=sum(told_of is True for told_of in told),
        same=sum(told_of is False for told_of in told),
        unknown=sum(told_of is None for told_of in told),
        possible=possible,
    )


def _most_mixed(trait: Trait, pool: Sequence[Sequence[Traveller]], rules: Rules) -> int:
    """No arrangement of the same people into as many teams has more mixed ones: each needs two people of whom the
    trait is known, and one who is not of the most frequent sort."""
    values = [value for team in pool for person in team if (value := rules.trait(person, trait))]
    most = max((values.count(value) for value in set(values)), default=0)
    return min(sum(len(team) > 1 for team in pool), len(values) // 2, len(values) - most)
