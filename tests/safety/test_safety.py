"""Who was heard from, and who was not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from conftest import NOW, SERVER, SmallMission, small_mission
from paragraph8.accounts.permissions import Action, NotAllowedError, Role, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.capture.models import Report
from paragraph8.capture.operations import Sender, receive
from paragraph8.domain.check_ins import How, State
from paragraph8.domain.recalls import Call, Channel
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Sharing, Team
from paragraph8.missions.setting_up import add_institutions
from paragraph8.safety import queries
from paragraph8.safety.models import Acknowledgement, CheckIn, Recall
from paragraph8.safety.operations import (
    RefusedCheckInError,
    acknowledge,
    check_in,
    draft_recall,
    end_schedule,
    erase_check_ins,
    mark_sent,
    set_schedule,
    word_recall,
)

# NOW is midnight in Almaty, the beginning of 10 June.
MORNING = NOW + timedelta(hours=8, minutes=10)


@pytest.fixture
def security(mission: SmallMission) -> Viewer:
    return mission.viewer(Role.SECURITY)


def called(mission: SmallMission, team: str, at: datetime, by: Viewer, **facts) -> CheckIn:
    return check_in(team=mission.teams[team], at=at, how=How.CALL, by=by, now=at, **facts)


def rows(mission: SmallMission, security: Viewer, now: datetime = MORNING) -> dict[str, queries.Watched]:
    return {row.team.code: row for row in queries.watch(mission.row, now=now, viewer=security).rows}


def test_who_is_overdue_comes_first_then_who_is_due_then_who_is_calm(mission: SmallMission, security: Viewer) -> None:
    set_schedule(mission=mission.row, times=[time(8)], by=security, now=NOW)
    called(mission, "T1", NOW + timedelta(hours=8), security)
    watch = queries.watch(mission.row, now=MORNING, viewer=security)
    assert [(row.team.code, row.state) for row in watch.rows] == [("T2", State.OVERDUE), ("T1", State.CALM)]
    assert (watch.late, watch.due) == (1, 0)
    assert watch.rows[0].standing.late == 10


def test_a_report_is_a_sign_of_life_but_not_one_that_the_desk_imports(mission: SmallMission, security: Viewer) -> None:
    set_schedule(mission=mission.row, times=[time(8)], by=security, now=NOW)
    mission.send(mission.body(), team="T1", now=NOW + timedelta(hours=8))
    receive(
        mission_id=mission.row.pk,
        body=mission.body("B1"),
        sender=Sender(name="desk", channel="file", team_id=mission.teams["T2"].pk),
        now=NOW + timedelta(hours=8),
    )
    assert Report.objects.filter(team=mission.teams["T2"]).exists()
    found = rows(mission, security)
    assert (found["T1"].state, found["T1"].by_report) == (State.CALM, True)
    assert found["T2"].state is State.OVERDUE


def test_the_last_known_place_is_the_later_of_check_in_and_report(
    mission: SmallMission, security: Viewer, sequenced: Callable[[], int]
) -> None:
    finished = datetime.fromisoformat("2019-06-09T23:30:00+06:00")
    mission.send(mission.body("A1"), team="T1", now=NOW)
    sequenced()
    place = rows(mission, security, NOW)["T1"].place
    assert (place.station.key, place.at, place.by_report, place.minutes) == ("A1", finished, True, 30)
    called(mission, "T1", finished - timedelta(hours=1), security, place="on the road to the south")
    assert rows(mission, security, NOW)["T1"].place.station.key == "A1"
    called(mission, "T1", NOW, security, place="guest house")
    called(mission, "T1", NOW + timedelta(minutes=5), security)  # says nothing of where
    later = rows(mission, security, NOW + timedelta(minutes=65))["T1"].place
    assert (later.words, later.by_report, later.minutes) == ("guest house", False, 65)
    assert rows(mission, security)["T2"].place is None


def test_a_telephone_whose_clock_is_wrong_does_not_fix_a_team_to_a_place_for_ever(
    mission: SmallMission, security: Viewer, sequenced: Callable[[], int]
) -> None:
    mission.send(mission.body("A1", finished="2031-01-01T00:00:00+06:00"), team="T1", now=NOW)
    mission.send(mission.body("A2"), team="T1", now=NOW)
    sequenced()
    assert rows(mission, security, MORNING)["T1"].place.at == NOW
    called(mission, "T1", NOW + timedelta(minutes=1), security, place="hotel")
    assert rows(mission, security)["T1"].place.words == "hotel"


def test_a_corrected_station_is_the_place(
    mission: SmallMission, security: Viewer, sequenced: Callable[[], int]
) -> None:
    from paragraph8.review.operations import correct

    receipt = mission.send(mission.body("A1"), team="T1")
    sequenced()
    report = Report.objects.get(uid=receipt.sent.id)
    correct(report=report, kind="station", value="B2", reason="wrong", by=SERVER, now=NOW)
    sequenced()
    assert rows(mission, security)["T1"].place.station.key == "B2"


def test_what_a_rehearsal_invents_is_no_place(
    mission: SmallMission, security: Viewer, sequenced: Callable[[], int]
) -> None:
    mission.send(mission.body("B1", rehearsal=True), team="T1", now=NOW)
    sequenced()
    row = rows(mission, security)["T1"]
    assert row.place is None
    assert row.by_report
    mission.send(mission.body("A1"), team="T1", now=NOW)
    mission.send(mission.body("B1", rehearsal=True), team="T1", now=NOW + timedelta(minutes=1))
    sequenced()
    assert rows(mission, security)["T1"].place.station.key == "A1"


def test_who_asks_for_help_comes_first_until_all_is_well(mission: SmallMission, security: Viewer) -> None:
    member = mission.viewer(Role.OBSERVER, "T1")
    check_in(team=mission.teams["T1"], at=NOW, how=How.PAGE, needs_help=True, by=member, now=NOW)
    set_schedule(mission=mission.row, times=[time(8)], by=security, now=NOW)
    watch = queries.watch(mission.row, now=MORNING, viewer=security)
    assert [row.state for row in watch.rows] == [State.HELP, State.OVERDUE]
    called(mission, "T1", MORNING, security)
    assert rows(mission, security)["T1"].state is State.CALM


def test_an_alarm_that_somebody_looks_after_stays_until_the_team_is_heard(
    mission: SmallMission, security: Viewer
) -> None:
    set_schedule(mission=mission.row, times=[time(8), time(12)], by=security, now=NOW)
    due = rows(mission, security)["T1"].standing.due
    acknowledge(team=mission.teams["T1"], due=due, note="driver called", by=security, now=MORNING)
    found = rows(mission, security)
    assert (found["T1"].state, found["T1"].acknowledged.note) == (State.OVERDUE, "driver called")
    assert [row.team.code for row in queries.watch(mission.row, now=MORNING, viewer=security).rows] == ["T2", "T1"]
    called(mission, "T1", MORNING, security)
    noon = NOW + timedelta(hours=12, minutes=6)
    assert rows(mission, security, noon)["T1"].acknowledged is None


def test_the_closest_schedule_holds(mission: SmallMission, security: Viewer) -> None:
    area = mission.row.areas.get(code="A")
    below = Area.objects.create(mission=mission.row, code="A9", name={"en": "x"}, parent=area, path="A/A9/")
    Team.objects.filter(code="T1").update(area=below)
    everywhere = set_schedule(mission=mission.row, times=[time(8)], by=security, now=NOW)
    north = set_schedule(mission=mission.row, area=area, every=60, by=security, now=NOW)
    found = rows(mission, security)
    assert found["T1"].standing.due == NOW + timedelta(hours=7)
    assert found["T2"].standing.due == NOW + timedelta(hours=8)
    again = set_schedule(mission=mission.row, area=area, times=[time(10)], by=security, now=NOW)
    assert again.pk == north.pk
    assert rows(mission, security)["T1"].standing.due == NOW + timedelta(hours=10)
    end_schedule(schedule=everywhere, by=security, now=NOW)
    assert rows(mission, security)["T2"].state is State.UNWATCHED


def test_an_area_in_another_zone_keeps_its_own_hours(mission: SmallMission, security: Viewer) -> None:
    Area.objects.filter(code="A").update(zone="Asia/Oral")
    area = mission.row.areas.get(code="A")
    below = Area.objects.create(mission=mission.row, code="A9", name={"en": "x"}, parent=area, path="A/A9/")
    Team.objects.filter(code="T1").update(area=below)
    set_schedule(mission=mission.row, times=[time(8)], by=security, now=NOW)
    found = rows(mission, security)
    assert found["T1"].standing.due - found["T2"].standing.due == timedelta(hours=1)
    assert found["T1"].zone == "Asia/Oral"


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"times": [time(8)], "every": 30},
        {"every": 30, "opens": time(9), "closes": time(8)},
        {"every": 30, "first_day": NOW.date(), "last_day": NOW.date() - timedelta(1)},
    ],
)
def test_a_schedule_that_says_nothing_or_two_things_is_refused(
    mission: SmallMission, security: Viewer, facts: dict
) -> None:
    with pytest.raises(RefusedCheckInError):
        set_schedule(mission=mission.row, by=security, now=NOW, **facts)
    assert queries.schedules_of(mission.row, viewer=security) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECURITY])
def test_nobody_but_security_reads_or_arranges_anything(mission: SmallMission, role: Role) -> None:
    viewer = mission.viewer(role, "T1")
    team = mission.teams["T1"]
    recall = draft_recall(mission=mission.row, call=Call.STAY, teams=[team], by=SERVER, now=NOW)
    forbidden: list[Callable[[], object]] = [
        lambda: queries.watch(mission.row, now=NOW, viewer=viewer),
        lambda: queries.watched_team(mission.row, team.pk, now=NOW, viewer=viewer),
        lambda: queries.check_ins_of(team, viewer=viewer),
        lambda: queries.acknowledgements_of(team, viewer=viewer),
        lambda: queries.recent(mission.row, viewer=viewer),
        lambda: queries.schedules_of(mission.row, viewer=viewer),
        lambda: queries.recalls_of(mission.row, viewer=viewer),
        lambda: queries.recall_of(mission.row, recall.pk, viewer=viewer),
        lambda: queries.kept(mission.row, viewer=viewer),
        lambda: acknowledge(team=team, due=NOW, note="x", by=viewer, now=NOW),
        lambda: set_schedule(mission=mission.row, times=[time(8)], by=viewer, now=NOW),
        lambda: draft_recall(mission=mission.row, call=Call.STAY, teams=[team], by=viewer, now=NOW),
        lambda: mark_sent(recall=recall, channel=Channel.SMS, by=viewer, now=NOW),
        lambda: word_recall(recall=recall, short={"en": "x"}, long={"en": "x"}, by=viewer, now=NOW),
    ]
    for ask in forbidden:
        with pytest.raises(NotAllowedError):
            ask()


@pytest.mark.parametrize("role", list(Role))
def test_a_member_checks_in_the_own_team_and_no_other(mission: SmallMission, role: Role) -> None:
    viewer = mission.viewer(role, "T1")
    scope = viewer.scope(Action.CHECK_IN, mission.row.pk)
    several = scope == "mission" or role is Role.SECURITY
    for code, allowed in (("T1", several or scope is not None), ("T2", several)):
        if allowed:
            called(mission, code, NOW, viewer)
        else:
            with pytest.raises(NotAllowedError):
                called(mission, code, NOW, viewer)


def test_what_cannot_be_is_refused(mission: SmallMission, security: Viewer) -> None:
    other = small_mission("elsewhere")
    with pytest.raises(RefusedCheckInError):
        check_in(team=mission.teams["T1"], at=NOW + timedelta(hours=1), how=How.CALL, by=security, now=NOW)
    with pytest.raises(RefusedCheckInError):
        called(mission, "T1", NOW, security, station=other.row.stations.first())
    Team.objects.filter(code="T1", mission=mission.row).update(dissolved_at=NOW)
    with pytest.raises(RefusedCheckInError):
        check_in(team=Team.objects.get(pk=mission.teams["T1"].pk), at=NOW, how=How.CALL, by=security, now=NOW)
    assert CheckIn.objects.count() == 0


def test_the_log_tells_neither_who_was_heard_from_nor_where_nor_what_was_noted(
    mission: SmallMission, security: Viewer
) -> None:
    before = LogEntry.objects.count()
    called(mission, "T1", NOW, security, place="guest house", needs_help=True)
    called(mission, "T1", NOW, security, station=mission.row.stations.get(key="A1"))
    acknowledge(team=mission.teams["T1"], due=NOW, note="driver called", by=security, now=NOW)
    recall = draft_recall(mission=mission.row, call=Call.LEAVE, teams=[mission.teams["T1"]], by=security, now=NOW)
    word_recall(recall=recall, short={"en": "go"}, long={"en": "go far"}, by=security, now=NOW)
    mark_sent(recall=recall, channel=Channel.SMS, by=security, now=NOW)
    erase_check_ins(mission=mission.row, before=NOW + timedelta(days=1), by=security, now=NOW)
    entries = list(LogEntry.objects.order_by("pk")[before:])
    assert [entry.kind for entry in entries] == [
        "checkin.noted",
        "checkin.noted",
        "alarm.acknowledged",
        "recall.drafted",
        "recall.worded",
        "recall.marked",
        "checkins.erased",
    ]
    written = " ".join(f"{entry.subject} {entry.body}" for entry in entries)
    for secret in ('"T1"', "A1", "guest", "help", "driver", "leave", "go", f"team:{mission.teams['T1'].pk}"):
        assert secret not in written, secret


def test_a_recall_is_drafted_in_every_language_and_tells_who_has_answered(
    mission: SmallMission, security: Viewer
) -> None:
    teams = list(mission.teams.values())
    Team.objects.filter(code="T1").update(phone="+7 700 000 00 01")
    called(mission, "T2", NOW - timedelta(hours=1), security)
    recall = draft_recall(mission=mission.row, call=Call.RETURN, teams=teams, by=security, now=NOW)
    assert set(recall.short) == set(recall.long) == {"en", "kk", "ru"}
    mission.send(mission.body(), team="T1", now=NOW + timedelta(minutes=2))
    file = queries.recall_of(mission.row, recall.pk, viewer=security)
    assert [team.code for team in file.silent] == ["T2"]
    assert file.numbers == ("+7 700 000 00 01",)
    assert [team.code for team in file.unreachable] == ["T2"]


def test_what_went_out_is_not_reworded(mission: SmallMission, security: Viewer) -> None:
    recall = draft_recall(mission=mission.row, call=Call.RETURN, teams=[mission.teams["T1"]], by=security, now=NOW)
    with pytest.raises(RefusedCheckInError):
        word_recall(recall=recall, short={"en": " "}, long={"en": "x"}, by=security, now=NOW)
    word_recall(recall=recall, short={"en": "Go."}, long={"en": "Go now."}, by=security, now=NOW)
    mark_sent(recall=recall, channel=Channel.SMS, by=security, now=NOW)
    mark_sent(recall=recall, channel=Channel.SMS, by=security, now=NOW + timedelta(hours=1))
    assert recall.sent.get().at == NOW
    with pytest.raises(RefusedCheckInError):
        word_recall(recall=recall, short={"en": "Stay."}, long={"en": "Stay."}, by=security, now=NOW)
    assert Recall.objects.get().short == {"en": "Go."}


def test_what_is_older_is_erased_and_what_is_newer_stays(mission: SmallMission, security: Viewer) -> None:
    called(mission, "T1", NOW - timedelta(days=8), security, place="then")
    called(mission, "T1", NOW, security, place="now")
    acknowledge(team=mission.teams["T1"], due=NOW, note="x", by=security, now=NOW - timedelta(days=8))
    draft_recall(
        mission=mission.row, call=Call.STAY, teams=[mission.teams["T1"]], by=security, now=NOW - timedelta(days=8)
    )
    assert erase_check_ins(mission=mission.row, before=NOW - timedelta(days=7), by=security, now=NOW) == 3
    assert [row.place for row in CheckIn.objects.all()] == ["now"]
    assert not Acknowledgement.objects.exists()
    assert not Recall.objects.exists()
    assert LogEntry.objects.latest("pk").body == '{"before":"2019-06-02T18:00:00+00:00","n":3}'


@pytest.mark.parametrize("role", list(Role))
def test_security_erases_and_so_does_who_closes_the_mission(mission: SmallMission, role: Role) -> None:
    viewer = mission.viewer(role)
    if role in (Role.SECURITY, Role.HEAD, Role.ADMINISTRATOR):
        erase_check_ins(mission=mission.row, before=NOW, by=viewer, now=NOW)
    else:
        with pytest.raises(NotAllowedError):
            erase_check_ins(mission=mission.row, before=NOW, by=viewer, now=NOW)


def test_the_officer_of_one_institution_watches_over_its_own_teams_alone(mission: SmallMission) -> None:
    add_institutions(mission=mission.row, names={"office": Text.of("O"), "assembly": Text.of("A")}, by=SERVER, now=NOW)
    office, assembly = mission.row.institutions.all()
    Team.objects.filter(code="T1").update(institution=office)
    Team.objects.filter(code="T2").update(institution=assembly)
    Sharing.objects.create(mission=mission.row, owner=assembly, reader=office, subject="roster")
    teams = {team.code: team for team in mission.row.teams.all()}
    officer = Viewer("officer", roles={mission.row.pk: Role.SECURITY}, institutions={mission.row.pk: office.pk})
    assert list(rows(mission, officer)) == ["T1"]
    with pytest.raises(queries.UnknownTeamError):
        queries.watched_team(mission.row, teams["T2"].pk, now=NOW, viewer=officer)
    for act in (
        lambda: check_in(team=teams["T2"], at=NOW, how=How.CALL, by=officer, now=NOW),
        lambda: acknowledge(team=teams["T2"], due=NOW, note="x", by=officer, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            act()
    check_in(team=teams["T2"], at=NOW, how=How.CALL, place="there", by=SERVER, now=NOW)
    assert not queries.recent(mission.row, viewer=officer).exists()
    theirs = draft_recall(mission=mission.row, call=Call.STAY, teams=[teams["T2"]], by=SERVER, now=NOW)
    with pytest.raises(queries.UnknownRecallError):
        queries.recall_of(mission.row, theirs.pk, viewer=officer)
    assert queries.recalls_of(mission.row, viewer=officer) == []
    check_in(team=teams["T1"], at=NOW, how=How.CALL, place="here", by=SERVER, now=NOW)
    assert erase_check_ins(mission=mission.row, before=NOW + timedelta(days=1), by=officer, now=NOW) == 1
    assert [row.place for row in CheckIn.objects.all()] == ["there"]
    assert Recall.objects.get() == theirs
    with pytest.raises(NotAllowedError):
        draft_recall(mission=mission.row, call=Call.STAY, teams=[teams["T2"]], by=officer, now=NOW)
