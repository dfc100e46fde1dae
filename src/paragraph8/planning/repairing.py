"""Teams repaired after a drop-out with the fewest changes.

Who lost a companion is found another one: among those in the same case, among people without a team, in a team of three
that lost one, and only where that does not do by opening teams that lost nobody. The search opens none first, then one,
then two, then three, so that the first answer opens the fewest; among answers that open as many it takes the one with
the fewest teams of three and dissolved teams, then the best mixed. Each pool (`Rules.pool`) is repaired by itself.

The search looks at a bounded number of arrangements. Where the bound cut it off before it had seen all that open fewer
teams, `proven` is false: the answer is right, but a smaller one may exist.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from .travellers import HARD, Group, Quality, Rules, Traveller, quality_of, team_cost

MOST_OPENED = 3
BUDGET = 40_000
"""Arrangements looked at, for each pool and number of people left alone."""
A_THREE = 2_000
A_LOST_TEAM = 1_000
A_MOVE = 100
Members = tuple[str, ...]


class Why(StrEnum):
    """Why a team changes."""

    DROP_OUT = "drop-out"
    """It lost somebody and goes on without a new member."""
    JOINED = "joined"
    """It lost somebody, and somebody without a team came to it."""
    MERGED = "merged"
    """It lost somebody, and somebody else who lost a companion came to it."""
    DISSOLVED = "dissolved"
    """What was left of it went to other teams, or nothing was left."""
    OPENED = "opened"
    """It lost nobody, but nothing smaller helped."""
    LEFT_ALONE = "left-alone"
    """Nobody may travel with the one who is left."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One team that is another one afterwards; no members after: it is dissolved."""

    code: str
    before: Members
    after: Members
    why: Why


@dataclass(frozen=True, kw_only=True)
class Repair:
    """The teams afterwards, and what changes. `opened` counts changed teams that had lost nobody."""

    teams: tuple[Group, ...]
    changes: tuple[Change, ...]
    alone: Members
    proven: bool
    quality: Quality

    @property
    def opened(self) -> int:
        """How many teams change that nobody left."""
        return sum(change.why is Why.OPENED for change in self.changes)


def repair(
    teams: Sequence[Group],
    gone: Collection[str],
    *,
    people: Mapping[str, Traveller],
    rules: Rules,
    spare: Sequence[str] = (),
) -> Repair:
    """The teams without those who are gone. `people` are all who are there; `spare` those of them without a team.

    A locked team that lost nobody is never opened. Teams of one that lost theirs are dissolved.
    """
    left = {team.code: tuple(code for code in team.members if code not in gone) for team in teams}
    broken = [team for team in teams if len(left[team.code]) < len(team.members)]
    whole = [team for team in teams if len(left[team.code]) == len(team.members)]
    after, proven = dict(left), True
    alone: list[str] = []
    pools: dict[tuple[str, str], list[Group]] = {}
    for team in broken:
        if left[team.code]:
            pools.setdefault(rules.pool(people[left[team.code][0]]), []).append(team)
    for pool, hurt in pools.items() if rules.size > 1 else ():
        search = _Search(
            hurt=hurt,
            left=left,
            whole=[team for team in whole if not team.locked and rules.pool(people[team.members[0]]) == pool],
            spare=[code for code in spare if rules.pool(people[code]) == pool],
            people=people,
            rules=rules,
        )
        found = search.best()
        proven &= found.proven
        alone += found.alone
        after.update(found.after)
    repaired = tuple(replace(team, members=after[team.code]) for team in teams if after[team.code])
    changes = tuple(_change(team, left[team.code], after[team.code], spare, alone) for team in broken) + tuple(
        _change(team, team.members, after[team.code], spare, alone)
        for team in whole
        if after[team.code] != team.members
    )
    quality = quality_of(repaired, people, rules)
    return Repair(teams=repaired, changes=changes, alone=tuple(alone), proven=proven, quality=quality)


def _change(team: Group, left: Members, after: Members, spare: Sequence[str], alone: Sequence[str]) -> Change:
    new = set(after) - set(left)
    if left == team.members:
        why = Why.OPENED
    elif not after:
        why = Why.DISSOLVED
    elif set(after) & set(alone):
        why = Why.LEFT_ALONE
    elif not new:
        why = Why.DROP_OUT
    else:
        why = Why.JOINED if new <= set(spare) else Why.MERGED
    return Change(code=team.code, before=team.members, after=after, why=why)


@dataclass(frozen=True)
class _Found:
    after: dict[str, Members]
    alone: Members
    proven: bool


@dataclass(frozen=True)
class _State:
    """An arrangement half made: who is still to be placed, who may be used, what stands, and what that costs."""

    rest: Members
    spare: Members
    groups: tuple[Members, ...]
    lonely: Members
    cost: int


class _Search:
    """The search in one pool."""

    def __init__(
        self,
        *,
        hurt: Sequence[Group],
        left: Mapping[str, Members],
        whole: Sequence[Group],
        spare: Sequence[str],
        people: Mapping[str, Traveller],
        rules: Rules,
    ) -> None:
        self.hurt, self.left, self.whole, self.spare = hurt, left, whole, spare
        self.people, self.rules = people, rules
        self.costs: dict[Members, int] = {}
        self.nodes = 0

    def best(self) -> _Found:
        """The answer with the fewest people alone, and among those the fewest teams opened."""
        remaining = sum(len(self.left[team.code]) for team in self.hurt)
        proven = True
        for alone in range(remaining + 1):
            self.nodes = 0
            for opened in range(min(MOST_OPENED, len(self.whole)) + 1):
                answer = self._opening(opened, alone)
                if answer:
                    return _Found(answer[0], answer[1], proven)
                proven &= self.nodes < BUDGET
            proven &= len(self.whole) <= MOST_OPENED
        raise AssertionError("everybody alone is always an answer")

    def _opening(self, opened: int, alone: int) -> tuple[dict[str, Members], Members] | None:
        """The best answer that opens exactly so many teams."""
        best: tuple[int, dict[str, Members], Members] | None = None
        for also in combinations(self.whole, opened):
            if self.nodes >= BUDGET and (best or opened):
                break
            touched = [*self.hurt, *also]
            must = tuple(code for team in touched for code in self.left[team.code])
            for cost, named, lonely in self._arrangements(must, alone, touched, best[0] if best else None):
                best = (cost, named, lonely)
        return (best[1], best[2]) if best else None

    def _arrangements(
        self, must: Members, alone: int, touched: Sequence[Group], limit: int | None
    ) -> Iterator[tuple[int, dict[str, Members], Members]]:
        """Arrangements of all who must be placed, each cheaper than the one before it and than the limit."""
        bound = limit
        stack: list[_State] = [_State(tuple(sorted(must, key=self._choices)), tuple(self.spare), (), (), 0)]
        while stack and self.nodes < (BUDGET if bound is not None else 2 * BUDGET):
            state = stack.pop()
            self.nodes += 1
            if bound is not None and state.cost >= bound:
                continue
            if state.rest:
                stack.extend(reversed(self._further(state, alone)))
            elif named := self._named(state.groups, state.lonely, touched):
                yield state.cost, named, state.lonely
                bound = state.cost

    def _further(self, state: _State, alone: int) -> list[_State]:
        """Every way to place the first of the rest, the cheapest first."""
        first, others = state.rest[0], state.rest[1:]
        mates = [code for code in (*others, *state.spare) if self._cost((first, code)) < HARD]
        ways: list[Members] = [(first, mate) for mate in mates]
        ways += [
            (first, *two) for two in combinations(mates, 2) if two[0] in others and self._cost((first, *two)) < HARD
        ]
        found = [
            _State(
                tuple(code for code in others if code not in way),
                tuple(code for code in state.spare if code not in way),
                (*state.groups, way),
                state.lonely,
                state.cost + self._priced(way),
            )
            for way in ways
        ]
        found.sort(key=lambda further: further.cost)
        if len(state.lonely) < alone:
            found.append(replace(state, rest=others, lonely=(*state.lonely, first)))
        return found

    def _choices(self, code: str) -> tuple[int, str]:
        """Who has the fewest possible companions is placed first."""
        mates = {other for team in self.hurt for other in self.left[team.code]} | set(self.spare)
        return sum(self._cost((code, mate)) < HARD for mate in mates if mate != code), code

    def _priced(self, way: Members) -> int:
        """What a group costs: how it is mixed, that it is three, who moves, and the teams that end in it."""
        homes = [team for team in (*self.hurt, *self.whole) if set(team.members) & set(way)]
        moves = len(way) - max(len(set(team.members) & set(way)) for team in homes)
        three = A_THREE * (len(way) - 2)
        return self._cost(way) + three + A_LOST_TEAM * (len(homes) - 1) + A_MOVE * moves

    def _cost(self, way: Members) -> int:
        key = tuple(sorted(way))
        if key not in self.costs:
            self.costs[key] = team_cost([self.people[code] for code in key], frozenset(), self.rules)
        return self.costs[key]

    def _named(self, groups: Sequence[Members], lonely: Members, touched: Sequence[Group]) -> dict[str, Members] | None:
        """Which team each group goes on as: one that a member comes from, whose area's language it speaks. `None`
        when no such naming exists."""
        everybody = [*groups, *((code,) for code in lonely)]
        named: dict[str, Members] = {}

        def fits(group: Members, team: Group) -> bool:
            return team_cost([self.people[code] for code in group], team.speaks, self.rules) < HARD

        def name(index: int) -> bool:
            if index == len(everybody):
                return True
            group = everybody[index]
            kept = [team for team in touched if set(team.members) & set(group) and team.code not in named]
            kept.sort(key=lambda team: (-len(set(team.members) & set(group)), team.code))
            for team in kept:
                if len(group) == 1 or fits(group, team):
                    named[team.code] = tuple(sorted(group))
                    if name(index + 1):
                        return True
                    del named[team.code]
            return False

        if not name(0):
            return None
        return {team.code: named.get(team.code, ()) for team in touched}
