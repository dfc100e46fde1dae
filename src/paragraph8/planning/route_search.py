"""The search for good days of one group of teams: insertion of the cheapest stop, and ruin and recreate.

A day is a base, perhaps an opening, visits in the order in which they are driven, perhaps a count, and the base again.
The search takes some neighbouring stops out of the days of some teams, puts in again what costs least, and keeps what
came out by simulated annealing (Schrimpf et al. 2000; Christiaens and Vanden Berghe 2020 for stops taken out by
neighbourhood). Which insertions are in time is read off the earliest leaving and the latest arrival at each place of a
day (Savelsbergh 1992), for all stations and all places at once.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .routes import Station, StopRole, Team, Wanted
from .travel import Indices, Minutes, Roads

MISSING_EDGE = 600.0
"""What a missing opening or count costs, in minutes."""
MISSING_VISIT = 150.0
UNEVEN = 4.0
"""What a day costs that is by all of an even one longer or shorter, in even days, at balance 1."""
EVER = 1e9
MOST_TAKEN_OUT = 8
WARM, COLD = 12.0, 0.2
"""Minutes by which a change for the worse is accepted one time in e, at the beginning and at the end."""
NOISE = 0.06
"""How much the costs of insertions are shaken, so that the search does not come back to the same days."""
EDGE_NOISE, EDGES_LAST = 0.3, 0.4
"""The same for openings and counts, and how often these are put in after the visits."""


@dataclass
class Day:
    """One team's day, as places among its candidates; −1 where there is no opening or count."""

    opening: int = -1
    voting: list[int] = field(default_factory=list)
    count: int = -1

    def copy(self) -> Day:
        """Another one, the same."""
        return Day(self.opening, list(self.voting), self.count)

    def stops(self) -> list[int]:
        """All stops in their order."""
        return [n for n in (self.opening, *self.voting, self.count) if n >= 0]


class Candidates:
    """The stations that a team may get, with the roads between them. Everything below is in places among them."""

    def __init__(
        self,
        team: Team,
        stations: Sequence[Station],
        *,
        places: Indices,
        edges_only: Indices,
        base: int,
        roads: Roads,
        wanted: Wanted,
        to_centre: Minutes,
        between: Minutes | None = None,
    ) -> None:
        self.team, self.wanted, self.places = team, wanted, places
        self.between = roads.minutes(places[:, None], places[None, :]) if between is None else between
        self.onto = np.ascontiguousarray(self.between.T)
        here = np.array([base], dtype=np.intp)
        self.out, self.home = roads.minutes(here, places), roads.minutes(places, here)
        chosen = [stations[n] for n in places.tolist()]
        self.opens = np.array([station.opens for station in chosen], dtype=float)
        self.closes = np.array([station.closes for station in chosen], dtype=float)
        self.prize = np.array([station.weight for station in chosen]) * wanted.detour_minutes
        self.visited = ~np.isin(places, edges_only)
        self.to_centre = to_centre[places]
        self.local = {place: n for n, place in enumerate(places.tolist())}
        self.may_open = team.starts + self.out <= self.opens - wanted.opening_before
        self.may_count = self.closes + wanted.count_stays + self.home <= team.ends

    def timed(self, day: Day) -> tuple[list[int], list[float], list[float]]:
        """The places at which something can be inserted: what stands before each (−1 the base), when it is left at the
        earliest, and when what follows must be reached at the latest."""
        wanted, between = self.wanted, self.between
        nodes, left = [-1], [float(self.team.starts)]
        if day.opening >= 0:
            nodes, left = [day.opening], [float(self.opens[day.opening]) + wanted.opening_stays]
        for n in day.voting:
            leg = float(self.out[n]) if nodes[-1] < 0 else float(between[nodes[-1], n])
            left.append(max(left[-1] + leg, float(self.opens[n])) + wanted.visit_minutes)
            nodes.append(n)
        if day.count >= 0:
            latest = [float(self.closes[day.count]) - wanted.count_before]
            leg = float(between[nodes[-1], day.count]) if nodes[-1] >= 0 else float(self.out[day.count])
        else:
            latest = [float(self.team.ends)]
            leg = float(self.home[nodes[-1]]) if nodes[-1] >= 0 else 0.0
        for n in range(len(day.voting) - 1, -1, -1):
            stop = day.voting[n]
            latest.append(min(latest[-1] - leg, float(self.closes[stop])) - wanted.visit_minutes)
            before = nodes[n]
            leg = float(self.out[stop]) if before < 0 else float(between[before, stop])
        return nodes, left, latest[::-1]

    def drive(self, day: Day) -> float:
        """Minutes on the road."""
        stops = day.stops()
        if not stops:
            return 0.0
        legs = sum(float(self.between[a, b]) for a, b in itertools.pairwise(stops))
        return float(self.out[stops[0]]) + legs + float(self.home[stops[-1]])

    def visit_costs(self, day: Day, free: Minutes) -> tuple[Minutes, Indices]:
        """For each candidate the minutes that a visit adds at its best place in the day, and that place; `EVER` where
        it cannot be in time. `free` is 0 or `EVER` for each candidate."""
        nodes, left, latest = self.timed(day)
        after = [*day.voting, day.count]
        reach = np.array([self.out if n < 0 else self.between[n] for n in nodes])
        onward = np.array([self.home if n < 0 else self.onto[n] for n in after])
        legs = np.array([self._leg(a, b) for a, b in zip(nodes, after, strict=True)])
        begin = np.maximum(np.array(left)[:, None] + reach, self.opens)
        end = begin + self.wanted.visit_minutes
        costs = reach + onward - legs[:, None]
        costs[(end > self.closes) | (end + onward > np.array(latest)[:, None])] = EVER
        best = costs.argmin(axis=0)
        return costs[best, np.arange(len(best))] + free, best

    def edge_costs(self, day: Day, role: StopRole, free: Minutes) -> Minutes:
        """For each candidate the minutes that it adds as opening or count."""
        nodes, left, latest = self.timed(day)
        if role is StopRole.OPENING:
            follows = day.voting[0] if day.voting else day.count
            onward = self.onto[follows] if follows >= 0 else self.home
            costs = self.out + onward - self._leg(-1, follows)
            late = self.opens + self.wanted.opening_stays + onward > latest[0]
            return np.where(self.may_open & ~late, costs, EVER) + free
        before = nodes[-1]
        reach = self.between[before] if before >= 0 else self.out
        costs = reach + self.home - self._leg(before, -1) + self.to_centre
        late = left[-1] + reach > self.closes - self.wanted.count_before
        return np.where(self.may_count & ~late, costs, EVER) + free

    def _leg(self, a: int, b: int) -> float:
        if a < 0:
            return float(self.out[b]) if b >= 0 else 0.0
        return float(self.between[a, b]) if b >= 0 else float(self.home[a])


class Search:
    """The days of a group of teams, and who has which station."""

    def __init__(self, teams: Sequence[Candidates], *, roads: Roads, n_stations: int, scarce: bool, seed: int) -> None:
        self.teams, self.roads, self.scarce = list(teams), roads, scarce
        self.chance = np.random.default_rng(seed)
        self.days = [Day() for _ in teams]
        self.fixed: list[set[int]] = [set() for _ in teams]
        self.caps = [team.wanted.visits for team in teams]
        self.owner = np.full(n_stations, -1, dtype=np.intp)
        self.drives = [0.0 for _ in teams]
        self.even = 0.0

    def put(self, team: int, place: int, role: StopRole, *, fixed: bool = False) -> None:
        """Give a team a station. A fixed stop is never taken out again."""
        candidates, day = self.teams[team], self.days[team]
        n = candidates.local[place]
        if role is StopRole.OPENING:
            day.opening = n
        elif role is StopRole.COUNT:
            day.count = n
        else:
            costs, where = candidates.visit_costs(day, np.zeros(len(candidates.places)))
            day.voting.insert(int(where[n]) if costs[n] < EVER else len(day.voting), n)
        self._took(team, n)
        if fixed:
            self.fixed[team].add(n)

    def run(self, rounds: int, told: Callable[[], None]) -> None:
        """Fill all days, then search for so many rounds; `told` is called in each."""
        everybody = range(len(self.teams))
        self._fill(everybody, shaken=False)
        self.drives = [team.drive(day) for team, day in zip(self.teams, self.days, strict=True)]
        self.even = sum(self.drives) / max(len(self.drives), 1) or 1.0
        costs = [self._cost(n) for n in everybody]
        total = best = sum(costs)
        best_days = [day.copy() for day in self.days]
        for turn in range(rounds):
            told()
            touched = self._ruin()
            if not touched:
                break
            before = {n: self.days[n].copy() for n in touched[1]}
            for n, stops in touched[0].items():
                self._take_out(n, stops)
            affected = sorted(touched[1])
            self._fill(affected, shaken=True)
            new = total + sum(self._cost(n) - costs[n] for n in affected)
            heat = WARM * (COLD / WARM) ** (turn / rounds)
            if new < total - heat * math.log(self.chance.random()):
                total = new
                for n in affected:
                    costs[n] = self._cost(n)
                if total < best - 1e-9:
                    best, best_days = total, [day.copy() for day in self.days]
            else:
                self._set_back(before)
        self._set_back(dict(enumerate(best_days)))
        for n in everybody:
            self._two_opt(n)

    def _cost(self, n: int) -> float:
        team, day = self.teams[n], self.days[n]
        drive = team.drive(day)
        lacks = MISSING_EDGE * ((team.wanted.opening and day.opening < 0) + (team.wanted.count and day.count < 0))
        lacks += MISSING_VISIT * max(0, self.caps[n] - len(day.stops()))
        near = float(team.to_centre[day.count]) if day.count >= 0 else 0.0
        wanted = float(sum(team.prize[stop] for stop in day.stops()))
        uneven = team.wanted.balance * UNEVEN * (drive - self.even) ** 2 / self.even
        return drive + uneven + lacks + near - wanted

    def _ruin(self) -> tuple[dict[int, list[int]], set[int]] | None:
        """Some stops that lie together: by team, and all teams that may get something instead."""
        routed = [
            (n, stop) for n, day in enumerate(self.days) for stop in day.stops() if stop not in self.fixed[n]
        ]  # fmt: skip
        if not routed:
            return None
        places = np.array([self.teams[n].places[stop] for n, stop in routed])
        first = int(self.chance.integers(len(routed)))
        near = np.argsort(self.roads.minutes(places[first : first + 1], places), kind="stable")
        many = int(self.chance.integers(1, MOST_TAKEN_OUT + 1))
        out: dict[int, list[int]] = {}
        for index in near[:many].tolist():
            n, stop = routed[index]
            out.setdefault(n, []).append(stop)
        affected = set(out)
        if self.scarce:
            affected |= {n for n, day in enumerate(self.days) if len(day.stops()) < self.caps[n]}
        return out, affected

    def _take_out(self, n: int, stops: Sequence[int]) -> None:
        day, team = self.days[n], self.teams[n]
        for stop in stops:
            if day.opening == stop:
                day.opening = -1
            elif day.count == stop:
                day.count = -1
            else:
                day.voting.remove(stop)
            self.owner[team.places[stop]] = -1

    def _set_back(self, days: dict[int, Day]) -> None:
        for n in days:
            self.owner[self.teams[n].places[self.days[n].stops()]] = -1
        for n, day in days.items():
            self.days[n] = day.copy()
            self.owner[self.teams[n].places[day.stops()]] = n

    def _took(self, n: int, stop: int) -> None:
        self.owner[self.teams[n].places[stop]] = n

    def _free(self, n: int) -> Minutes:
        """0 for a candidate that the team may take, `EVER` for the others."""
        team = self.teams[n]
        owner = self.owner[team.places]
        taken = owner == n if team.wanted.shared else owner >= 0
        return np.where(taken, EVER, -team.prize)

    def _shaken(self, costs: Minutes, shaken: bool, noise: float = NOISE) -> Minutes:
        if not shaken:
            return costs
        return np.where(costs < EVER / 2, costs * (1 + noise * self.chance.standard_normal(len(costs))), EVER)

    def _fill(self, teams: Sequence[int], *, shaken: bool) -> None:
        """Openings and counts first (in the search sometimes last), in a drawn order of teams; then visits, always the
        one that costs least, or where stations are scarce the one that would cost most elsewhere."""
        order = self.chance.permutation(np.array(teams)).tolist()
        edges_last = shaken and self.chance.random() < EDGES_LAST
        if not edges_last:
            self._fill_edges(order, shaken)
        if self.scarce:
            self._fill_with_regret(teams, shaken)
        else:
            self._fill_cheapest(teams, shaken)
        if edges_last:
            self._fill_edges(order, shaken)

    def _fill_edges(self, teams: Sequence[int], shaken: bool) -> None:
        for n in teams:
            for role in (StopRole.OPENING, StopRole.COUNT):
                self._fill_edge(n, role, shaken)

    def _fill_edge(self, n: int, role: StopRole, shaken: bool) -> None:
        team, day = self.teams[n], self.days[n]
        opening = role is StopRole.OPENING
        there = day.opening if opening else day.count
        if there >= 0 or not (team.wanted.opening if opening else team.wanted.count) or not len(team.places):
            return
        if len(day.stops()) >= self.caps[n] and day.voting:
            return
        costs = self._shaken(team.edge_costs(day, role, self._free(n)), shaken, EDGE_NOISE)
        best = int(costs.argmin())
        if costs[best] < EVER / 2:
            self.put(n, int(team.places[best]), role)

    def _open_places(self, n: int) -> int:
        """How many visits the day still has room for; room for opening and count is kept."""
        team, day = self.teams[n], self.days[n]
        kept = (team.wanted.opening and day.opening < 0) + (team.wanted.count and day.count < 0)
        return self.caps[n] - len(day.stops()) - kept if len(team.places) else 0

    def _visit_costs(self, n: int, shaken: bool) -> tuple[Minutes, Indices]:
        team = self.teams[n]
        costs, where = team.visit_costs(self.days[n], np.where(team.visited, self._free(n), EVER))
        return self._shaken(costs, shaken), where

    def _insert(self, n: int, stop: int, where: int) -> None:
        self.days[n].voting.insert(where, stop)
        self._took(n, stop)

    def _fill_cheapest(self, teams: Sequence[int], shaken: bool) -> None:
        best: dict[int, tuple[float, int, int]] = {}

        def look(n: int) -> None:
            best.pop(n, None)
            if self._open_places(n) > 0:
                costs, where = self._visit_costs(n, shaken)
                stop = int(costs.argmin())
                if costs[stop] < EVER / 2:
                    best[n] = (float(costs[stop]), stop, int(where[stop]))

        for n in teams:
            look(n)
        while best:
            n = min(best, key=lambda team: best[team])
            _, stop, where = best[n]
            place = self.teams[n].places[stop]
            if self.owner[place] < 0 or self.teams[n].wanted.shared:
                self._insert(n, stop, where)
            look(n)

    def _fill_with_regret(self, teams: Sequence[int], shaken: bool) -> None:
        """The station whose second-best team is the worst against its best (regret-2, Potvin and Rousseau 1993)."""
        rows = {n: row for row, n in enumerate(teams)}
        costs = np.full((len(rows), len(self.owner)), EVER)
        wheres: dict[int, Indices] = {}

        def look(n: int) -> None:
            costs[rows[n]] = EVER
            if self._open_places(n) > 0:
                found, wheres[n] = self._visit_costs(n, shaken)
                costs[rows[n], self.teams[n].places] = np.minimum(found, EVER)

        for n in teams:
            look(n)
        while True:
            ordered = np.sort(costs, axis=0)[:2]
            possible = ordered[0] < EVER / 2
            if not possible.any():
                return
            second = np.minimum(ordered[1], ordered[0] + MISSING_VISIT) if len(rows) > 1 else ordered[0]
            place = int(np.where(possible, second - ordered[0] - ordered[0] * 0.5, -EVER).argmax())
            n = teams[int(costs[:, place].argmin())]
            stop = self.teams[n].local[place]
            self._insert(n, stop, int(wheres[n][stop]))
            if not self.teams[n].wanted.shared:
                costs[:, place] = EVER
            look(n)

    def _two_opt(self, n: int) -> None:
        """Turn parts of the day round while that shortens it and keeps it in time (Croes 1958)."""
        team, day = self.teams[n], self.days[n]
        better = True
        while better:
            better = False
            for i in range(len(day.voting) - 1):
                for j in range(i + 1, len(day.voting)):
                    turned = Day(day.opening, [*day.voting[:i], *day.voting[i : j + 1][::-1], *day.voting[j + 1 :]], day.count)  # fmt: skip  # noqa: E501
                    if team.drive(turned) < team.drive(day) - 1e-6 and self._in_time(team, turned):
                        day, better = turned, True
        self.days[n] = day

    def _in_time(self, team: Candidates, day: Day) -> bool:
        """Whether every place is left early enough for what follows."""
        nodes, left, latest = team.timed(day)
        after = [*day.voting, day.count]
        return all(
            moment + team._leg(a, b) <= until + 1e-6
            for a, b, moment, until in zip(nodes, after, left, latest, strict=True)
        )
