"""A rehearsal: real devices, real forms, and nothing of it in any figure, freeze, export, list or count."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import TABLE, Action, NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.audit.queries import heard_until
from paragraph8.capture.models import Conflict, Report
from paragraph8.capture.operations import State
from paragraph8.domain.figures import Key
from paragraph8.domain.ids import new_id
from paragraph8.domain.missions import rehearses
from paragraph8.eday.queries import Asked, room
from paragraph8.evidence.operations import freeze, snapshot
from paragraph8.evidence.queries import catalogue, figures, live, populations, rows
from paragraph8.missions.operations import NewStation, add_stations
from paragraph8.missions.rehearsals import RefusedRehearsalError, end_rehearsal, start_rehearsal
from paragraph8.publishing.operations import release, store_document
from paragraph8.review import desk
from paragraph8.review.models import Reading
from paragraph8.review.operations import correct
from paragraph8.review.queries import current, intake, listed, problem_counts, report_file, unread
from paragraph8.review.rehearsal import practice

Sequenced = Callable[[], int]
HOUR = timedelta(hours=1)
SENTENCE = "eday.observations[form=counting]"
PRACTICE_ONLY = {"C01": "no", "C02": "very-bad", "C03": 4321, "C04": 4999}
"""Answers that no counted report gives: where one of them appears, a rehearsal has leaked."""


def practised(mission: SmallMission, *, team: str = "T1", station: str = "A1") -> str:
    """A report of the rehearsal, with answers that nobody else gives and that the checks speak about."""
    return str(mission.send(mission.body(station, answers=PRACTICE_ONLY), team=team, now=NOW + HOUR).sent.id)


@pytest.fixture
def night(mission: SmallMission, sequenced: Sequenced) -> SmallMission:
    """Forty practice reports by both teams, then a counted night of twenty, at the same stations."""
    stations = [NewStation(key=f"N{n}", area="A" if n % 2 else "B", registered=1000) for n in range(20)]
    add_stations(mission=mission.row, stations=stations, by=SERVER, now=NOW)
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    for n in range(40):
        practised(mission, team=f"T{1 + n % 2}", station=f"N{n % 20}")
    end_rehearsal(mission=mission.row, by=SERVER, now=NOW + 2 * HOUR)
    for n in range(20):
        mission.send(mission.body(f"N{n}"), team=f"T{1 + n % 2}", now=NOW + 3 * HOUR)
    sequenced()
    return mission


# From when to when


def test_what_comes_in_while_the_mission_rehearses_is_practice_and_stays_so(mission: SmallMission) -> None:
    before = mission.send(mission.body(), now=NOW - HOUR)
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    body = mission.body()
    during = mission.send(body, now=NOW + HOUR)
    end_rehearsal(mission=mission.row, by=SERVER, now=NOW + 2 * HOUR)
    again = mission.send(body, now=NOW + 3 * HOUR)
    after = mission.send(mission.body(), now=NOW + 3 * HOUR)
    assert [receipt.rehearsal for receipt in (before, during, again, after)] == [False, True, True, False]
    assert again.state is State.REPEATED
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(rehearsal=True).update(rehearsal=False)


def test_a_report_that_was_begun_in_the_rehearsal_and_comes_after_it_says_so_itself(mission: SmallMission) -> None:
    late = mission.send(mission.body(rehearsal=True))
    assert late.rehearsal
    assert not mission.send(mission.body(rehearsal=False)).rehearsal
    assert LogEntry.objects.filter(kind="rehearsal.received").count() == 1


@pytest.mark.parametrize("value", ["true", 1, None, "no"])
def test_what_is_neither_true_nor_false_is_flagged_and_counts(mission: SmallMission, value: object) -> None:
    receipt = mission.send(mission.body(rehearsal=value))
    assert not receipt.rehearsal
    assert [problem.code for problem in receipt.sent.problems] == ["wrong-type"]


def test_the_receipt_tells_the_phone(mission: SmallMission) -> None:
    def post() -> dict[str, object]:
        answer = Client().post(
            "/api/missions/small/reports",
            data=mission.body(),
            content_type="application/json",
            headers={"authorization": f"Bearer {mission.tokens['T1']}"},
        )
        assert answer.status_code == 201
        return answer.json()

    assert "rehearsal" not in post()
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    assert post()["rehearsal"] is True


def test_a_rehearsal_is_over_when_election_day_begins_whoever_forgot_the_button(mission: SmallMission) -> None:
    mission.row.election_date = date(2019, 6, 9)
    mission.row.save()
    eve = datetime(2019, 6, 8, 12, 0, tzinfo=UTC)
    start_rehearsal(mission=mission.row, by=SERVER, now=eve)
    midnight = datetime(2019, 6, 8, 18, 0, tzinfo=UTC)  # in Almaty
    assert mission.send(mission.body(), now=midnight - timedelta(seconds=1)).rehearsal
    assert not mission.send(mission.body(), now=midnight).rehearsal
    assert not mission.send(mission.body(), now=midnight + timedelta(days=30)).rehearsal
    mission.row.origin = "real"
    mission.row.save()
    with pytest.raises(RefusedRehearsalError):
        start_rehearsal(mission=mission.row, by=SERVER, now=midnight)


def test_without_a_day_a_rehearsal_lasts_until_it_is_ended() -> None:
    assert rehearses(NOW, election_date=None, zone="UTC", now=NOW + timedelta(days=900))
    assert not rehearses(None, election_date=None, zone="UTC", now=NOW)


def test_a_rehearsal_begins_and_ends_once(mission: SmallMission) -> None:
    with pytest.raises(RefusedRehearsalError):
        end_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    with pytest.raises(RefusedRehearsalError):
        start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    end_rehearsal(mission=mission.row, by=SERVER, now=NOW + HOUR)
    kinds = LogEntry.objects.filter(kind__startswith="rehearsal.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["rehearsal.started", "rehearsal.ended"]


@pytest.mark.parametrize("role", Role)
def test_only_who_manages_the_deployment_begins_one(mission: SmallMission, role: Role) -> None:
    viewer = mission.viewer(role, team="T1")
    if Action.MANAGE_DEPLOYMENT in TABLE[role]:
        start_rehearsal(mission=mission.row, by=viewer, now=NOW)
        return
    with pytest.raises(NotAllowedError):
        start_rehearsal(mission=mission.row, by=viewer, now=NOW)


def test_an_identifier_that_practice_used_up_keeps_no_real_report_out(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    uid = str(new_id())
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    mission.send(mission.body(id=uid, answers=PRACTICE_ONLY), now=NOW)
    end_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    real = mission.body(id=uid)
    first, second = mission.send(real, now=NOW + HOUR), mission.send(real, now=NOW + HOUR)
    assert (first.state, second.state) == (State.CONFLICT, State.REPEATED)
    assert str(first.sent.id) == uid
    assert Report.objects.filter(rehearsal=False).count() == 1
    assert not Conflict.objects.exists()
    as_of = sequenced()
    assert current(mission.row, as_of=as_of, viewer=SERVER).count() == 1


def test_practice_under_the_identifier_of_a_real_report_leaves_it_alone(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    uid = str(new_id())
    mission.send(mission.body(id=uid), now=NOW - HOUR)
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    receipt = mission.send(mission.body(id=uid, answers=PRACTICE_ONLY), now=NOW)
    assert (receipt.state, receipt.rehearsal) == (State.CONFLICT, True)
    as_of = sequenced()
    assert not Conflict.objects.exists()
    found = {count.code for count in problem_counts(mission.row, as_of=as_of, viewer=SERVER)}
    assert "same-id-other-content" not in found
    assert current(mission.row, as_of=as_of, viewer=SERVER).count() == 1


# Nowhere


def as_of_now() -> int:
    from paragraph8.audit.queries import latest_change

    return latest_change()


def test_no_figure_counts_it(night: SmallMission) -> None:
    as_of = as_of_now()
    keys = [spec.key for spec in catalogue(night.row, viewer=SERVER) if spec.key.app == "eday"]
    found = figures(night.row, keys, as_of=as_of, viewer=SERVER)
    assert found[Key.parse(SENTENCE)].value == 20
    for key, figure in found.items():
        assert (figure.denominator or 0) <= 20, key
        assert "4321" not in str(figure.spread), key
        assert "4999" not in str(figure.spread), key
    bad = Key.parse("eday.answer[answer=very-bad,form=counting,question=C02]")
    assert (found[bad].numerator, found[bad].denominator) == (0, 20)
    assert len(rows(night.row, bad, as_of=as_of, viewer=SERVER)) == 20


def test_no_population_freeze_or_snapshot_holds_it(night: SmallMission) -> None:
    as_of = as_of_now()
    held = populations(night.row, as_of=as_of, viewer=SERVER)["observations-counting"].rows
    practice_uids = {str(uid) for uid in Report.objects.filter(rehearsal=True).values_list("uid", flat=True)}
    assert len(held) == 20
    assert not practice_uids & {row["row"] for row in held}
    frozen = freeze(mission=night.row, keys=[Key.parse(SENTENCE)], texts={}, as_of=as_of, by=SERVER, now=NOW)
    assert json.loads(frozen.figures)[0]["value"] == 20
    snapshot(mission=night.row, now=NOW)
    known = live(night.row, viewer=SERVER)[1]
    assert known[Key.parse(SENTENCE)].value == 20
    assert not any("4999" in str(figure.spread) for figure in known.values())
    assert room(night.row, Asked(), viewer=SERVER, now=NOW).intake.came == 20


def test_no_folder_of_a_release_holds_it(night: SmallMission, tmp_path: Path) -> None:
    texts = {
        "en": f"The mission made {{{SENTENCE}:x|unit}}.",
        "kk": f"Миссия {{{SENTENCE}:x|unit}} жасады.",
        "ru": f"Миссия провела {{{SENTENCE}:x|unit}}.",
    }
    sections = [
        {
            "code": "s",
            "title": {"en": "S", "kk": "S", "ru": "S"},
            "paragraphs": [{"sentences": [{"id": "s1", "texts": texts}]}],
        }
    ]
    title = {"en": "Statement", "kk": "Мәлімдеме", "ru": "Заявление"}
    store_document(
        mission=night.row,
        document={"code": "statement", "kind": "statement", "title": title, "sections": sections},
        by=SERVER,
        now=NOW,
    )
    made = release(mission=night.row, by=SERVER, now=NOW, target=tmp_path)
    practice_uids = [str(uid).encode() for uid in Report.objects.filter(rehearsal=True).values_list("uid", flat=True)]
    files = [path for path in Path(made.folder).rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        data = path.read_bytes()
        assert not any(uid in data for uid in practice_uids), path.name
        assert b'"C03":4321' not in data, path.name


def test_no_list_and_no_count_of_the_desk_has_it(night: SmallMission) -> None:
    as_of = as_of_now()
    assert listed(night.row, as_of=as_of, viewer=SERVER).count() == 20
    assert [(row.reports, row.stations) for row in intake(night.row, as_of=as_of, viewer=SERVER)] == [(20, 20)]
    assert "above" not in {count.code for count in problem_counts(night.row, as_of=as_of, viewer=SERVER)}
    overview = desk.overview(night.row, as_of=as_of, viewer=SERVER)
    assert overview.practised == 40
    assert listed(night.row, as_of=as_of, viewer=SERVER, rehearsal=True).count() == 40


def test_reports_of_a_rehearsal_that_wait_are_not_among_those_that_wait(mission: SmallMission) -> None:
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    practised(mission)
    assert unread(mission.row, viewer=SERVER) == 0


def test_the_stamp_of_a_page_does_not_hear_it(mission: SmallMission, sequenced: Sequenced) -> None:
    mission.send(mission.body(), now=NOW)
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    practised(mission)
    assert heard_until(sequenced(), mission.row.pk) == NOW


# Apart, and yet real practice


def test_checks_at_a_station_never_set_practice_beside_what_counts(mission: SmallMission, sequenced: Sequenced) -> None:
    """Two teams at one station at one time with different counts is a finding, if both count."""
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    practised(mission, team="T2")
    sequenced()
    alone = report_problems(mission)
    end_rehearsal(mission=mission.row, by=SERVER, now=NOW + 2 * HOUR)
    mission.send(mission.body("A1"), team="T1", now=NOW + 3 * HOUR)
    sequenced()
    assert report_problems(mission) == alone
    counted = Reading.objects.get(rehearsal=False)
    assert json.loads(counted.problems) == []
    mission.send(mission.body("A1", answers=PRACTICE_ONLY), team="T2", now=NOW + 4 * HOUR)
    sequenced()
    newest = Reading.objects.filter(report=counted.report).order_by("-pk").first()
    assert json.loads(newest.problems) != []


def report_problems(mission: SmallMission) -> list[str]:
    return list(Reading.objects.filter(rehearsal=True).order_by("pk").values_list("problems", flat=True))


def test_the_desk_practises_too(mission: SmallMission, sequenced: Sequenced) -> None:
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    uid = practised(mission)
    sequenced()
    report = Report.objects.get(uid=uid)
    correct(report=report, kind="answer", question="C01", value="yes", reason="practice", by=SERVER, now=NOW)
    as_of = sequenced()
    file = report_file(mission.row, uid, viewer=SERVER, as_of=as_of)
    assert json.loads(file.reading.answers)["C01"] == "yes"
    assert not current(mission.row, as_of=as_of, viewer=SERVER).exists()
    assert LogEntry.objects.filter(kind="rehearsal.corrected").count() == 1
    assert not LogEntry.objects.filter(kind="report.corrected").exists()


def test_a_rehearsal_shows_who_has_sent_and_who_has_not(mission: SmallMission, sequenced: Sequenced) -> None:
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    practised(mission)
    practised(mission)
    mission.send(b"no report at all", now=NOW + HOUR)
    as_of = sequenced()
    found = practice(mission.row, as_of=as_of, viewer=SERVER, now=NOW + HOUR)
    assert (found.since, found.rehearsing, found.reports) == (NOW, True, 3)
    assert [(row.team.code, row.reports, row.last) for row in found.teams] == [("T1", 3, NOW + HOUR), ("T2", 0, None)]
    assert [team.code for team in found.silent] == ["T2"]
    assert [(row.form.code if row.form else "", row.reports) for row in found.forms] == [("counting", 2), ("", 1)]


def test_a_new_rehearsal_counts_from_its_own_beginning(mission: SmallMission, sequenced: Sequenced) -> None:
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    practised(mission)
    end_rehearsal(mission=mission.row, by=SERVER, now=NOW + 2 * HOUR)
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW + 3 * HOUR)
    assert practice(mission.row, as_of=sequenced(), viewer=SERVER, now=NOW + 4 * HOUR).reports == 0


def test_an_observer_sees_the_practice_of_the_own_team(mission: SmallMission, sequenced: Sequenced) -> None:
    start_rehearsal(mission=mission.row, by=SERVER, now=NOW)
    practised(mission, team="T1")
    practised(mission, team="T2")
    viewer = mission.viewer(Role.OBSERVER, team="T2")
    found = practice(mission.row, as_of=sequenced(), viewer=viewer, now=NOW)
    assert [(row.team.code, row.reports) for row in found.teams] == [("T2", 1)]
    assert found.reports == 1
    with pytest.raises(NotAllowedError):
        practice(mission.row, as_of=0, viewer=mission.viewer(Role.PRESS), now=NOW)
