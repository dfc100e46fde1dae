"""Proposals: looked at first, accepted whole or not at all."""

from __future__ import annotations

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role, Viewer
from paragraph8.domain.people import Function
from paragraph8.missions.models import Team
from paragraph8.planning.travellers import Rules
from paragraph8.teams.models import Proposal, Seat
from paragraph8.teams.operations import RefusedTeamError, ask_languages, keep_apart, seat, set_lock
from paragraph8.teams.proposals import Wish, accept, discard, make_proposal, make_repair, rules_of

from .conftest import DAY, Observers, withdraw


def wished(mission: SmallMission, by: Viewer = SERVER, **facts) -> Proposal:
    wish = Wish(**{"rules": Rules(), "kinds": ("sto", "lto", "parliamentarian"), "seed": 1, **facts})
    return make_proposal(mission=mission.row, wish=wish, day=DAY, by=by, now=NOW)


def repaired(mission: SmallMission) -> Proposal:
    return make_repair(mission=mission.row, rules=Rules(), day=DAY, by=SERVER, now=NOW)


def take(proposal: Proposal) -> None:
    accept(proposal=proposal, by=SERVER, now=NOW)


def teams(mission: SmallMission) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, person in Seat.objects.filter(until=None).values_list("team__code", "person__code"):
        found.setdefault(code, set()).add(person)
    return found


def test_nothing_changes_before_a_proposal_is_accepted(mission: SmallMission, observers: Observers) -> None:
    observers(6)
    proposal = wished(mission)
    assert Seat.objects.count() == 0
    assert mission.row.teams.count() == 2
    take(proposal)
    assert sorted(teams(mission)) == ["S001", "S002", "S003"]
    assert Team.objects.get(code="S001").institution.code == "office"
    assert {frozenset(change["after"]) for change in proposal.body["changes"]} == {
        frozenset(held) for held in teams(mission).values()
    }


def test_a_discarded_proposal_changes_nothing_and_cannot_be_accepted_afterwards(
    mission: SmallMission, observers: Observers
) -> None:
    observers(4)
    proposal = wished(mission)
    discard(proposal=proposal, by=SERVER, now=NOW)
    with pytest.raises(RefusedTeamError):
        take(proposal)
    assert teams(mission) == {}


def test_a_proposal_is_accepted_once(mission: SmallMission, observers: Observers) -> None:
    observers(4)
    proposal = wished(mission)
    take(proposal)
    with pytest.raises(RefusedTeamError):
        take(proposal)
    assert Seat.objects.count() == 4


def test_a_proposal_that_was_overtaken_is_refused(mission: SmallMission, observers: Observers) -> None:
    one, *_ = observers(4)
    proposal = wished(mission)
    withdraw(mission, one)
    with pytest.raises(RefusedTeamError, match="propose again"):
        take(proposal)
    other = wished(mission)
    seat(team=mission.teams["T1"], person=mission.row.people.get(code="P0002"), day=DAY, by=SERVER, now=NOW)
    with pytest.raises(RefusedTeamError, match="propose again"):
        take(other)


def test_a_new_proposal_for_everybody_leaves_locked_teams_and_reuses_codes(
    mission: SmallMission, observers: Observers
) -> None:
    observers(8)
    take(wished(mission))
    before = teams(mission)
    set_lock(team=Team.objects.get(code="S002"), locked=True, by=SERVER, now=NOW)
    one, other = sorted(before["S001"])
    keep_apart(first=mission.row.people.get(code=one), second=mission.row.people.get(code=other), by=SERVER, now=NOW)
    take(wished(mission, anew=True, seed=5))
    after = teams(mission)
    assert sorted(after) == sorted(before)
    assert after["S002"] == before["S002"]
    assert not {one, other} <= after["S001"]
    assert set().union(*after.values()) == set().union(*before.values())


def test_the_same_proposal_once_more_changes_no_team(mission: SmallMission, observers: Observers) -> None:
    observers(6)
    take(wished(mission, anew=True))
    assert wished(mission, anew=True).body["changes"] == []


def test_new_teams_are_placed_in_the_regions_asked_for_and_speak_their_language(
    mission: SmallMission, observers: Observers
) -> None:
    observers(6)
    ask_languages(area=mission.row.areas.get(code="A"), languages=["kk"], by=SERVER, now=NOW)
    proposal = wished(mission, areas=["A", "A", "B"])
    assert proposal.body["quality"]["unmet"] == []
    take(proposal)
    made = Team.objects.filter(code__startswith="S").order_by("code")
    assert sorted(team.area.code for team in made) == ["A", "A", "B"]


def test_long_term_observers_and_parliamentarians_get_codes_of_their_own(
    mission: SmallMission, observers: Observers
) -> None:
    observers(2, Function.LTO)
    observers(2, Function.PARLIAMENTARIAN, "assembly")
    take(wished(mission))
    assert sorted(teams(mission)) == ["L001", "M001"]


def test_a_citizen_group_is_proposed_teams_of_one(mission: SmallMission, observers: Observers) -> None:
    observers(3)
    proposal = wished(mission, rules=Rules(size=1))
    take(proposal)
    assert [len(held) for held in teams(mission).values()] == [1, 1, 1]
    assert rules_of(mission.row).size == 1


def test_a_drop_out_is_repaired_with_one_change_when_somebody_is_without_a_team(
    mission: SmallMission, observers: Observers
) -> None:
    observers(6)
    take(wished(mission))
    (extra,) = observers(1)
    lost = sorted(teams(mission)["S001"])[0]
    withdraw(mission, mission.row.people.get(code=lost))
    before = teams(mission)
    proposal = repaired(mission)
    assert [change["code"] for change in proposal.body["changes"]] == ["S001"]
    assert (proposal.body["opened"], proposal.body["proven"]) == (0, True)
    take(proposal)
    after = teams(mission)
    assert after["S001"] == before["S001"] - {lost} | {extra.code}
    assert {code for code in after if after[code] != before[code]} == {"S001"}


def test_a_team_of_which_nobody_is_left_is_dissolved(mission: SmallMission, observers: Observers) -> None:
    people = observers(4)
    take(wished(mission))
    lost = teams(mission)["S001"]
    withdraw(mission, *[person for person in people if person.code in lost])
    take(repaired(mission))
    assert sorted(teams(mission)) == ["S002"]
    assert Team.objects.get(code="S001").dissolved_at == NOW


def test_without_a_drop_out_there_is_nothing_to_repair(mission: SmallMission, observers: Observers) -> None:
    observers(4)
    take(wished(mission))
    with pytest.raises(RefusedTeamError):
        repaired(mission)


def test_nobody_without_a_team_is_nothing_to_propose(mission: SmallMission) -> None:
    with pytest.raises(RefusedTeamError):
        wished(mission)


def test_an_officer_of_one_institution_proposes_its_own_people_alone(
    mission: SmallMission, observers: Observers
) -> None:
    observers(4)
    observers(4, institution="assembly")
    assembly = mission.row.institutions.get(code="assembly")
    viewer = Viewer("officer", roles={mission.row.pk: Role.OPERATIONS}, institutions={mission.row.pk: assembly.pk})
    proposal = wished(mission, by=viewer)
    accept(proposal=proposal, by=viewer, now=NOW)
    assert {
        person.institution.code for person in mission.row.people.filter(seats__until=None, seats__isnull=False)
    } == {"assembly"}


def test_who_may_not_manage_teams_proposes_none(mission: SmallMission, observers: Observers) -> None:
    observers(4)
    with pytest.raises(NotAllowedError):
        wished(mission, by=mission.viewer(Role.ANALYST))
