"""Who may do what, and that nobody learns of missions they do not belong to."""

from __future__ import annotations

import pytest

from conftest import NOW, SmallMission, small_mission
from paragraph8.accounts.models import Membership, User
from paragraph8.accounts.operations import add_device, add_member
from paragraph8.accounts.permissions import TABLE, Action, NotAllowedError, Role, Scope, Viewer, command
from paragraph8.accounts.queries import viewer_of
from paragraph8.audit.models import LogEntry
from paragraph8.missions.queries import UnknownMissionError, mission_of, missions_of

SERVER = command("test")


def test_every_role_stands_in_the_table_and_only_the_head_releases() -> None:
    assert set(TABLE) == set(Role)
    assert {role for role in Role if Action.RELEASE in TABLE[role]} == {Role.HEAD}
    assert TABLE[Role.OBSERVER][Action.SEE_REPORTS] is Scope.TEAM


def test_a_reader_sees_no_report_and_an_observer_no_figure() -> None:
    assert Action.SEE_REPORTS not in TABLE[Role.READER]
    assert Action.SEE_FIGURES not in TABLE[Role.OBSERVER]


@pytest.mark.parametrize("action", list(Action))
def test_an_outsider_may_do_nothing(action: Action) -> None:
    outsider = Viewer("outsider", roles={7: Role.HEAD})
    with pytest.raises(NotAllowedError) as refused:
        outsider.require(action, 8)
    assert refused.value.outsider


def test_an_outsider_cannot_tell_a_mission_from_none(mission: SmallMission) -> None:
    other = small_mission("other")
    viewer = mission.viewer(Role.HEAD)
    with pytest.raises(UnknownMissionError):
        mission_of(other.row.slug, viewer=viewer)
    with pytest.raises(UnknownMissionError):
        mission_of("never-was", viewer=viewer)
    assert [row.slug for row in missions_of(viewer)] == ["small"]


def test_a_member_s_viewer_has_role_and_team(mission: SmallMission) -> None:
    add_member(
        username="anna",
        password="correct horse battery",
        mission_id=mission.row.pk,
        role=Role.OBSERVER,
        team_id=mission.teams["T1"].pk,
        by=SERVER,
        now=NOW,
    )
    viewer = viewer_of(User.objects.get(username="anna"))
    assert viewer.roles == {mission.row.pk: Role.OBSERVER}
    assert viewer.teams == {mission.row.pk: mission.teams["T1"].pk}


@pytest.mark.parametrize(("role", "password"), [(Role.OBSERVER, "correct horse battery"), (Role.READER, "short")])
def test_an_observer_without_a_team_and_a_weak_password_are_refused(
    mission: SmallMission, role: Role, password: str
) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        add_member(username="bo", password=password, mission_id=mission.row.pk, role=role, by=SERVER, now=NOW)
    assert not Membership.objects.exists()
    assert not User.objects.filter(username="bo").exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OBSERVER, Role.READER])
def test_only_who_manages_the_mission_adds_people_and_devices(mission: SmallMission, role: Role) -> None:
    viewer = mission.viewer(role, team="T1")
    with pytest.raises(NotAllowedError):
        add_member(username="x", password="x" * 12, mission_id=mission.row.pk, role=Role.HEAD, by=viewer, now=NOW)
    with pytest.raises(NotAllowedError):
        add_device(mission_id=mission.row.pk, team_id=None, name="x", by=viewer, now=NOW)


def test_a_device_token_is_kept_as_a_hash_alone(mission: SmallMission) -> None:
    _, token = add_device(mission_id=mission.row.pk, team_id=None, name="desk", by=SERVER, now=NOW)
    device = mission.row.devices.get(name="desk")
    assert token not in {device.token_sha256, device.name}
    assert not LogEntry.objects.filter(body__contains=token).exists()
