"""Pairs that mix country, gender and experience: proposed by a search that is the same for the same seed.

The search is a descent over exchanges of two people between two teams, and of the areas of two teams, always the best
exchange first, from several starts and after small disturbances (an iterated local search). All exchanges are weighed
at once as one matrix, so that three hundred people take about a second. Minimum-weight matching would be exact for
pairs alone, but neither teams of three nor what an area asks of a team is a matching.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .travellers import HARD, Group, Quality, Rules, Traveller, pair_cost, quality_of, team_cost

STARTS = 3
DISTURBANCES = 24
_NEVER = 1 << 30
Numbers = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one team is to work: the area, and the languages of which it asks one. No area: not said yet."""

    area: str = ""
    speaks: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Teams, those who could not be put into one, and what can be said of it. Locked teams come first."""

    teams: tuple[Group, ...]
    alone: tuple[str, ...]
    quality: Quality


def propose(
    people: Sequence[Traveller],
    *,
    rules: Rules,
    seed: int,
    locked: Sequence[Group] = (),
    places: Mapping[str, Sequence[Place]] | None = None,
) -> Proposal:
    """Teams of everybody who is in no locked one.

    `places` gives for each kind of traveller where its teams are wanted, in the order of importance; teams beyond them
    get no area. An odd pool has one team of three; the only one of a pool stays alone.
    """
    known = {person.code: person for person in people}
    held = {code for group in locked for code in group.members}
    free = sorted((person for person in people if person.code not in held), key=lambda person: person.code)
    made: list[Group]
    alone: list[str] = []
    if rules.size == 1:
        made = _placed([Group(members=(person.code,)) for person in free], known, places or {})
    else:
        made, alone = _paired(free, rules, seed, places or {})
    teams = (*locked, *made)
    return Proposal(teams=teams, alone=tuple(alone), quality=quality_of(teams, known, rules, alone=alone))


def _placed(groups: list[Group], known: Mapping[str, Traveller], places: Mapping[str, Sequence[Place]]) -> list[Group]:
    """Teams of one in the order of their codes, each at the first place left whose language it speaks, or any."""
    left = {kind: list(wanted) for kind, wanted in places.items()}
    placed = []
    for group in groups:
        person = known[group.members[0]]
        wanted = left.get(person.kind, [])
        fits = [place for place in wanted if not place.speaks or person.languages & place.speaks] or wanted
        place = fits[0] if fits else Place()
        if fits:
            wanted.remove(place)
        placed.append(Group(members=group.members, area=place.area, speaks=place.speaks))
    return placed


def _paired(
    free: Sequence[Traveller], rules: Rules, seed: int, places: Mapping[str, Sequence[Place]]
) -> tuple[list[Group], list[str]]:
    pools: dict[tuple[str, str], list[int]] = {}
    for index, person in enumerate(free):
        pools.setdefault(rules.pool(person), []).append(index)
    alone = [free[members[0]].code for members in pools.values() if len(members) == 1]
    pairable = {pool: members for pool, members in pools.items() if len(members) > 1}
    if not pairable:
        return [], alone
    random = np.random.default_rng(seed)
    costs = np.array([[pair_cost(a, b, rules) if a is not b else 0 for b in free] for a in free], dtype=np.int32)
    best: _Arrangement | None = None
    for _ in range(STARTS):
        arrangement = _Arrangement(free, costs, pairable, places, random)
        arrangement.descend()
        if best is None or arrangement.cost() < best.cost():
            best = arrangement
    assert best is not None  # noqa: S101 - there is at least one start
    best = _disturbed(best, random)
    best.settle_threes(rules)
    return best.groups(), alone


def _disturbed(best: _Arrangement, random: np.random.Generator) -> _Arrangement:
    """The best of what a few random exchanges and a new descent lead to, again and again."""
    for _ in range(DISTURBANCES):
        other = best.copy()
        other.disturb(random)
        other.descend()
        if other.cost() < best.cost():
            best = other
    return best


class _Arrangement:
    """Who is in which team. `weight[a, t]` is what person a would cost beside the members of team t; `speaks[a, t]`
    whether a speaks what the area of t asks for."""

    def __init__(
        self,
        free: Sequence[Traveller],
        costs: Numbers,
        pools: Mapping[tuple[str, str], Sequence[int]],
        places: Mapping[str, Sequence[Place]],
        random: np.random.Generator,
    ) -> None:
        self.free, self.costs = free, costs
        self.team = np.full(len(free), -1, dtype=np.int32)
        self.kinds: list[str] = []
        for (kind, _), members in pools.items():
            order = random.permutation(np.array(members))
            n = len(order) // 2
            for place, index in enumerate(order):
                self.team[index] = len(self.kinds) + min(place // 2, n - 1)
            self.kinds += [kind] * n
        self.in_team = np.flatnonzero(self.team >= 0)
        self.places = self._spread(places, random)
        self._weigh()

    def _spread(self, places: Mapping[str, Sequence[Place]], random: np.random.Generator) -> list[Place]:
        spread = [Place()] * len(self.kinds)
        for kind, wanted in places.items():
            teams = random.permutation(np.array([t for t, of in enumerate(self.kinds) if of == kind], dtype=np.int32))
            for team, place in zip(teams, wanted, strict=False):
                spread[team] = place
        return spread

    def _weigh(self) -> None:
        member = np.zeros((len(self.free), len(self.kinds)), dtype=np.int32)
        member[self.in_team, self.team[self.in_team]] = 1
        self.weight = self.costs @ member
        self.asks = np.array([bool(place.speaks) for place in self.places], dtype=bool)
        self.speaks = np.array(
            [[bool(p.languages & place.speaks) for place in self.places] for p in self.free], dtype=np.int32
        )

    def copy(self) -> _Arrangement:
        """The same, to be changed apart."""
        other = object.__new__(_Arrangement)
        other.__dict__.update(self.__dict__)
        other.team, other.weight = self.team.copy(), self.weight.copy()
        other.speaks, other.asks, other.places = self.speaks.copy(), self.asks.copy(), list(self.places)
        return other

    def cost(self) -> int:
        """What the whole costs."""
        own = self.weight[self.in_team, self.team[self.in_team]]
        return int(own.sum()) // 2 + HARD * int(self._unspoken().sum())

    def descend(self) -> None:
        """Exchange while that helps, the best exchange first."""
        while self._exchange_people() or self._exchange_places():
            pass

    def disturb(self, random: np.random.Generator) -> None:
        """A few random exchanges between teams of one kind."""
        for _ in range(4):
            first, second = random.choice(self.in_team, 2)
            if self.kinds[self.team[first]] == self.kinds[self.team[second]]:
                self._exchange(int(first), int(second))

    def groups(self) -> list[Group]:
        """The teams."""
        members: list[list[str]] = [[] for _ in self.kinds]
        for index in self.in_team.tolist():
            members[self.team[index]].append(self.free[index].code)
        return [
            Group(members=tuple(sorted(codes)), area=place.area, speaks=place.speaks)
            for codes, place in zip(members, self.places, strict=True)
        ]

    def settle_threes(self, rules: Rules) -> None:
        """Two and two of three may share a language without the three sharing one: exchange one of them if so."""
        for three in [t for t in range(len(self.kinds)) if int((self.team == t).sum()) > 2]:
            for first in np.flatnonzero(self.team == three):
                if self._whole(three, rules) < HARD:
                    break
                gains = [(self._gain(int(first), int(other), rules), int(other)) for other in self.in_team]
                gain, other = min(gains)
                if gain < 0:
                    self._exchange(int(first), other)

    def _whole(self, team: int, rules: Rules) -> int:
        people = [self.free[index] for index in np.flatnonzero(self.team == team).tolist()]
        return team_cost(people, self.places[team].speaks, rules)

    def _gain(self, first: int, second: int, rules: Rules) -> int:
        one, other = int(self.team[first]), int(self.team[second])
        if one == other:
            return 0
        before = self._whole(one, rules) + self._whole(other, rules)
        self.team[first], self.team[second] = other, one
        after = self._whole(one, rules) + self._whole(other, rules)
        self.team[first], self.team[second] = one, other
        return after - before

    def _unspoken(self) -> NDArray[np.bool_]:
        """Teams in which nobody speaks what the area asks for."""
        unspoken: NDArray[np.bool_] = self.asks & (self._speakers() == 0)
        return unspoken

    def _speakers(self) -> Numbers:
        own = self.speaks[self.in_team, self.team[self.in_team]]
        return np.bincount(self.team[self.in_team], weights=own, minlength=len(self.kinds)).astype(np.int32)

    def _exchange_people(self) -> bool:
        rows, team = self.in_team, self.team[self.in_team]
        beside = self.weight[np.ix_(rows, team)]
        own = self.weight[rows, team]
        change = beside + beside.T - 2 * self.costs[np.ix_(rows, rows)] - own[:, None] - own[None, :]
        if self.asks.any():
            speakers, speak = self._speakers()[team], self.speaks[np.ix_(rows, team)]
            left = (speakers - self.speaks[rows, team])[:, None] + speak.T
            missing = self.asks[team][:, None] & (left == 0)
            now = self._unspoken()[team].astype(np.int32)
            change = change + HARD * (missing.astype(np.int32) + missing.T - now[:, None] - now[None, :])
        change[team[:, None] == team[None, :]] = _NEVER
        at = int(change.argmin())
        first, second = divmod(at, len(rows))
        if change.flat[at] >= 0:
            return False
        self._exchange(int(rows[first]), int(rows[second]))
        return True

    def _exchange(self, first: int, second: int) -> None:
        one, other = int(self.team[first]), int(self.team[second])
        if one == other:
            return
        moved = self.costs[:, first] - self.costs[:, second]
        self.weight[:, one] -= moved
        self.weight[:, other] += moved
        self.team[first], self.team[second] = other, one

    def _exchange_places(self) -> bool:
        """Exchange the areas of two teams of one kind where that leaves fewer areas without their language."""
        for one in np.flatnonzero(self._unspoken()):
            before = int(self._unspoken().sum())
            for other in range(len(self.kinds)):
                if self.kinds[other] != self.kinds[one]:
                    continue
                self._swap_places(int(one), other)
                if int(self._unspoken().sum()) < before:
                    return True
                self._swap_places(int(one), other)
        return False

    def _swap_places(self, one: int, other: int) -> None:
        self.places[one], self.places[other] = self.places[other], self.places[one]
        self.asks[[one, other]] = self.asks[[other, one]]
        self.speaks[:, [one, other]] = self.speaks[:, [other, one]]
