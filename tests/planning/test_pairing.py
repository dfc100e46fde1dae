"""Pairs mix country, gender and experience, and keep to the rules."""

from __future__ import annotations

import time
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.planning.pairing import Place, propose
from paragraph8.planning.travellers import Group, Reason, Rules, Trait, Traveller, team_cost

from .crowd import crowd


def traveller(code: str, **facts: object) -> Traveller:
    return Traveller(code=code, **{"kind": "sto", "languages": frozenset({"en"}), **facts})  # type: ignore[arg-type]


def everybody(proposal) -> list[str]:
    return sorted([code for group in proposal.teams for code in group.members] + list(proposal.alone))


def test_three_hundred_people_are_paired_within_two_seconds_and_as_mixed_as_can_be() -> None:
    people = crowd(300, kinds=("sto",) * 5 + ("lto",), institutions=("office", "assembly"))
    started = time.process_time()
    proposal = propose(people, rules=Rules(), seed=7)
    assert time.process_time() - started < 4  # 1.0 s on the machine it was written on
    assert proposal.quality.unmet == ()
    assert proposal.quality.mixes[Trait.COUNTRY].mixed == proposal.quality.mixes[Trait.COUNTRY].possible
    for mix in proposal.quality.mixes.values():
        assert mix.mixed <= mix.possible
        assert mix.mixed >= mix.possible * 95 // 100


def test_the_same_seed_gives_the_same_pairs_and_another_may_not() -> None:
    people = crowd(40)
    assert propose(people, rules=Rules(), seed=3) == propose(list(reversed(people)), rules=Rules(), seed=3)


def cheapest(people: list[Traveller], rules: Rules) -> int:
    """The least that all pairs can cost, by trying them all."""

    def rest(left: tuple[Traveller, ...]) -> int:
        if not left:
            return 0
        first, *others = left
        return min(
            team_cost((first, mate), frozenset(), rules) + rest(tuple(p for p in others if p is not mate))
            for mate in others
        )

    return rest(tuple(people))


@pytest.mark.parametrize("seed", range(12))
def test_eight_people_are_paired_as_well_as_trying_everything_would(seed: int) -> None:
    people, rules = crowd(8, seed=seed), Rules()
    assert propose(people, rules=rules, seed=1).quality.cost == cheapest(people, rules)


def test_an_odd_number_makes_one_team_of_three() -> None:
    proposal = propose(crowd(11), rules=Rules(), seed=1)
    assert len(proposal.quality.threes) == 1
    assert proposal.quality.teams == 5


def test_three_must_share_one_language_and_not_two_and_two() -> None:
    people = [
        traveller("A", languages=frozenset({"en", "ru"})),
        traveller("B", languages=frozenset({"ru", "kk"})),
        traveller("C", languages=frozenset({"kk", "en"})),
        traveller("D", languages=frozenset({"en", "kk", "ru"})),
        traveller("E", languages=frozenset({"en", "ru"})),
    ]
    assert propose(people, rules=Rules(), seed=1).quality.unmet == ()


def test_each_institution_has_its_own_teams_unless_the_mission_mixes_them() -> None:
    people = crowd(20, institutions=("office", "assembly"))
    of = {person.code: person.institution for person in people}
    own = propose(people, rules=Rules(), seed=1)
    assert all(len({of[code] for code in group.members}) == 1 for group in own.teams)
    mixed = propose(people, rules=Rules(mixed_institutions=True), seed=1)
    assert any(len({of[code] for code in group.members}) == 2 for group in mixed.teams)


def test_long_term_and_short_term_observers_never_share_a_team() -> None:
    people = crowd(30, kinds=("lto", "sto"))
    kind = {person.code: person.kind for person in people}
    for group in propose(people, rules=Rules(mixed_institutions=True), seed=1).teams:
        assert len({kind[code] for code in group.members}) == 1


def test_people_kept_apart_do_not_meet_and_what_cannot_be_met_is_named_with_its_people() -> None:
    people = [traveller("A"), traveller("B"), traveller("C"), traveller("D")]
    apart = frozenset({frozenset("AB"), frozenset("AC")})
    proposal = propose(people, rules=Rules(apart=apart), seed=1)
    assert ("A", "D") in {group.members for group in proposal.teams}
    (unmet,) = propose(people[:2], rules=Rules(apart=apart), seed=1).quality.unmet
    assert (unmet.reason, unmet.people) == (Reason.APART, ("A", "B"))


def test_who_shares_no_working_language_is_named() -> None:
    people = [traveller("A", languages=frozenset({"en"})), traveller("B", languages=frozenset({"ru"}))]
    (unmet,) = propose(people, rules=Rules(), seed=1).quality.unmet
    assert (unmet.reason, unmet.people) == (Reason.NO_COMMON_LANGUAGE, ("A", "B"))
    both = [traveller("A", languages=frozenset({"ru"})), traveller("B", languages=frozenset({"ru"}))]
    assert propose(both, rules=Rules(working=frozenset({"en"})), seed=1).quality.unmet != ()


def test_unknown_languages_are_said_to_be_unknown_and_not_unmet() -> None:
    people = [traveller("A"), traveller("B", languages=frozenset())]
    quality = propose(people, rules=Rules(), seed=1).quality
    assert quality.unmet == ()
    assert quality.unknown_languages == ("B",)


def test_an_area_gets_a_team_that_speaks_its_language() -> None:
    people = [traveller(f"P{n}", languages=frozenset({"en", "kk"} if n < 4 else {"en"})) for n in range(12)]
    places = {"sto": [Place(area="A", speaks=frozenset({"kk"}))] * 4 + [Place(area="B")] * 2}
    proposal = propose(people, rules=Rules(), seed=1, places=places)
    assert proposal.quality.unmet == ()
    assert sorted(group.area for group in proposal.teams) == ["A"] * 4 + ["B"] * 2
    too_many = {"sto": [Place(area="A", speaks=frozenset({"kk"}))] * 6}
    unmet = propose(people, rules=Rules(), seed=1, places=too_many).quality.unmet
    assert {found.reason for found in unmet} == {Reason.AREA_LANGUAGE}
    assert len(unmet) == 2


def test_the_only_one_of_an_institution_stays_alone_and_is_named() -> None:
    people = [*crowd(4), traveller("X", institution="assembly")]
    proposal = propose(people, rules=Rules(), seed=1)
    assert proposal.alone == ("X",)
    assert [(found.reason, found.people) for found in proposal.quality.unmet] == [(Reason.ALONE, ("X",))]


def test_a_citizen_group_goes_in_teams_of_one() -> None:
    proposal = propose(crowd(5), rules=Rules(size=1), seed=1)
    assert [len(group.members) for group in proposal.teams] == [1] * 5
    assert proposal.quality.unmet == ()


def test_nobody_makes_no_team() -> None:
    assert propose([], rules=Rules(), seed=1).teams == ()


@st.composite
def crowds(draw: st.DrawFn) -> tuple[list[Traveller], list[Group], Rules]:
    n = draw(st.integers(0, 17))
    people = [
        Traveller(
            code=f"P{number}",
            kind=draw(st.sampled_from(("sto", "lto"))),
            institution=draw(st.sampled_from(("office", "assembly"))),
            country=draw(st.sampled_from(("", "DE", "FR"))),
            gender=draw(st.sampled_from(("", "f", "m", "x"))),
            missions_before=draw(st.sampled_from((None, 0, 4))),
            languages=draw(st.frozensets(st.sampled_from(("en", "ru", "kk")), max_size=2)),
        )
        for number in range(n)
    ]
    codes = draw(st.permutations([person.code for person in people]))
    locked = [Group(members=(codes[k], codes[k + 1]), locked=True) for k in range(0, min(4, n - 1), 2)]
    apart = {frozenset(draw(st.permutations(codes))[:2]) for _ in range(2)} if n > 1 else set()
    rules = Rules(mixed_institutions=draw(st.booleans()), size=draw(st.sampled_from((1, 2))), apart=frozenset(apart))
    return people, locked, rules


@settings(max_examples=40, deadline=None)
@given(crowds(), st.integers(0, 5))
def test_nobody_is_twice_nobody_is_lost_and_locked_teams_stay(given_crowd, seed: int) -> None:
    people, locked, rules = given_crowd
    proposal = propose(people, rules=rules, seed=seed, locked=locked)
    assert everybody(proposal) == sorted(person.code for person in people)
    assert list(proposal.teams[: len(locked)]) == locked
    for mix in proposal.quality.mixes.values():
        assert mix.mixed + mix.same + mix.unknown == proposal.quality.teams
        assert mix.mixed <= mix.possible


@pytest.mark.parametrize("seed", range(4))
def test_areas_with_languages_are_served_as_well_as_trying_everything_would(seed: int) -> None:
    people = crowd(6, seed=seed)
    places = [Place(area="A", speaks=frozenset({"kk"})), Place(area="B", speaks=frozenset({"fr"})), Place(area="C")]
    best = min(
        sum(team_cost((order[2 * n], order[2 * n + 1]), places[n].speaks, Rules()) for n in range(3))
        for order in permutations(people)
    )
    assert propose(people, rules=Rules(), seed=1, places={"sto": places}).quality.cost == best
