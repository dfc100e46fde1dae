"""A drop-out is repaired with the fewest changes."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.planning.pairing import propose
from paragraph8.planning.repairing import Why, repair
from paragraph8.planning.travellers import HARD, Group, Rules, Traveller, team_cost

from .crowd import crowd


def setting(people: list[Traveller], rules: Rules, locked: int = 0) -> list[Group]:
    """Teams T0, T1, …; so many of them locked."""
    made = propose(people, rules=rules, seed=1).teams
    return [Group(members=group.members, code=f"T{n}", locked=n < locked) for n, group in enumerate(made)]


def partitions(codes: tuple[str, ...], spare: tuple[str, ...]) -> Iterator[list[tuple[str, ...]]]:
    """Every way to put everybody into groups of one to three; people without a team may be used or not."""
    if not codes:
        yield []
        return
    first, rest = codes[0], codes[1:]
    others = rest + spare
    mates = [()] + [(a,) for a in others] + [(a, b) for i, a in enumerate(others) for b in others[i + 1 :]]
    for chosen in mates:
        left = tuple(code for code in rest if code not in chosen)
        unused = tuple(code for code in spare if code not in chosen)
        for more in partitions(left, unused):
            yield [(first, *chosen), *more]


def fewest(teams: list[Group], gone: set[str], people: dict[str, Traveller], rules: Rules, spare: tuple[str, ...]):
    """The fewest people alone, and with them the fewest teams opened that had lost nobody, by trying everything."""
    codes = tuple(code for team in teams for code in team.members if code not in gone)
    whole = [set(team.members) for team in teams if not set(team.members) & gone]
    locked = [set(team.members) for team in teams if team.locked and not set(team.members) & gone]
    best = (99, 99)
    for groups in partitions(codes, spare):
        sets = [set(group) for group in groups]
        if any(keep not in sets for keep in locked):
            continue
        new = [group for group in groups if len(group) > 1 and set(group) not in whole]
        if any(team_cost([people[code] for code in group], frozenset(), rules) >= HARD for group in new):
            continue
        alone = sum(len(group) == 1 for group in groups)
        best = min(best, (alone, sum(team not in sets for team in whole)))
    return best


@pytest.mark.parametrize("seed", range(60))
def test_no_smaller_repair_exists(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    people = crowd(8, seed=seed, institutions=("office", "assembly")[: 1 + seed % 2])
    present, spare = people[:7], (people[7].code,) if seed % 3 == 0 else ()
    codes = [person.code for person in people]
    apart = frozenset(frozenset(draw.sample(codes, 2)) for _ in range(draw.choice((0, 4, 10))))
    rules = Rules(apart=apart)
    teams = setting(present, rules, locked=seed % 2)
    gone = set(draw.sample([p.code for p in present], draw.choice((1, 1, 2, 3))))
    there = {person.code: person for person in people if person.code not in gone}
    alone_before = [code for p in present if (code := p.code) not in {c for t in teams for c in t.members}]
    if alone_before:  # those are no team's, and the brute force knows teams alone
        return
    found = repair(teams, gone, people=there, rules=rules, spare=spare)
    assert (len(found.alone), found.opened) == fewest(teams, gone, there, rules, spare)
    assert found.proven


def test_somebody_without_a_team_fills_the_gap_and_nothing_else_changes() -> None:
    people = crowd(9)
    teams = setting(people[:8], Rules())
    lost = teams[2].members[0]
    there = {person.code: person for person in people if person.code != lost}
    found = repair(teams, {lost}, people=there, rules=Rules(), spare=(people[8].code,))
    (change,) = found.changes
    assert (change.code, change.why) == ("T2", Why.JOINED)
    assert people[8].code in change.after
    assert found.opened == 0


def test_two_who_lost_their_companions_travel_together() -> None:
    people = crowd(8)
    teams = setting(people, Rules())
    gone = {teams[0].members[0], teams[1].members[0]}
    there = {person.code: person for person in people if person.code not in gone}
    found = repair(teams, gone, people=there, rules=Rules())
    assert {change.why for change in found.changes} == {Why.MERGED, Why.DISSOLVED}
    assert len(found.teams) == 3


def test_the_last_one_joins_a_team_that_lost_nobody_unless_all_are_locked() -> None:
    people = crowd(8)
    teams = setting(people, Rules())
    lost = teams[0].members[0]
    there = {person.code: person for person in people if person.code != lost}
    found = repair(teams, {lost}, people=there, rules=Rules())
    assert found.opened == 1
    assert found.alone == ()
    locked = [Group(members=team.members, code=team.code, locked=True) for team in teams]
    kept = repair(locked, {lost}, people=there, rules=Rules())
    assert kept.alone == (teams[0].members[1],)
    assert [change.why for change in kept.changes] == [Why.LEFT_ALONE]


def test_a_team_of_three_that_lost_one_goes_on_as_two() -> None:
    people = crowd(9)
    teams = setting(people, Rules())
    three = next(team for team in teams if len(team.members) == 3)
    there = {person.code: person for person in people if person.code != three.members[0]}
    found = repair(teams, {three.members[0]}, people=there, rules=Rules())
    assert [(change.code, change.why) for change in found.changes] == [(three.code, Why.DROP_OUT)]


def test_the_one_who_comes_speaks_what_the_area_asks_for() -> None:
    def person(code: str, *languages: str) -> Traveller:
        return Traveller(code=code, kind="sto", languages=frozenset(languages))

    people = {p.code: p for p in (person("B", "en"), person("C", "en"), person("D", "en", "kk"))}
    team = Group(members=("A", "B"), code="T1", area="X", speaks=frozenset({"kk"}))
    found = repair([team], {"A"}, people=people, rules=Rules(), spare=("C", "D"))
    assert found.teams[0].members == ("B", "D")


def test_a_whole_delegation_that_leaves_is_repaired_in_a_few_seconds() -> None:
    people = crowd(300)
    teams = setting(people, Rules())
    gone = {person.code for person in people if person.country == "DE"}
    there = {person.code: person for person in people if person.code not in gone}
    found = repair(teams, gone, people=there, rules=Rules())
    assert found.opened == 0
    assert found.quality.unmet == ()
    assert sorted(c for team in found.teams for c in team.members) == sorted(there)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 16), st.integers(0, 5))
def test_nobody_is_lost_nobody_twice_and_locked_teams_stay(seed: int, n: int, leave: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    people = crowd(n, seed=seed, institutions=("office", "assembly"), kinds=("sto", "lto"))
    teams = setting(people, Rules(), locked=2)
    gone = set(draw.sample([person.code for person in people], min(leave, n)))
    there = {person.code: person for person in people if person.code not in gone}
    seated = {code for team in teams for code in team.members}
    spare = tuple(code for code in there if code not in seated)
    found = repair(teams, gone, people=there, rules=Rules(), spare=spare)
    placed = [code for team in found.teams for code in team.members]
    assert len(placed) == len(set(placed))
    assert set(placed) >= seated - gone
    assert set(placed) <= set(there)
    for team in teams:
        if team.locked and not set(team.members) & gone:
            assert team in found.teams
