"""Figures that keep up with what comes in: whatever happens, they are what computing from all rows gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import COUNT_FORM, NOW, SERVER, SmallMission, ticking
from contest.conftest import contested_mission, earlier
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.audit.sequencer import sequence_all
from paragraph8.capture.models import Report
from paragraph8.domain.answers import Missing
from paragraph8.domain.canonical import canonical
from paragraph8.domain.contests import Measure
from paragraph8.domain.figures import Key
from paragraph8.domain.forms import form_from_json
from paragraph8.eday.live_state import LiveState
from paragraph8.evidence import live as live_module
from paragraph8.evidence.live import CHECK_EVERY, LiveMission
from paragraph8.evidence.models import SelfCheck
from paragraph8.evidence.operations import snapshot
from paragraph8.evidence.queries import checked, figures, health, live, shown
from paragraph8.missions.operations import NewStation, add_areas, add_stations, store_form
from paragraph8.review.operations import correct

Sequenced = Callable[[], int]
COUNTS = Key.of("eday", "observations", form="counting")
BAD = Key.of("eday", "answer", form="counting", question="C02", answer="bad+very-bad")


@pytest.fixture
def held(mission: SmallMission) -> LiveMission:
    """The mission as the worker holds it."""
    made = LiveMission(mission.row)
    looked(made)
    return made


def looked(held: LiveMission, now: datetime = NOW) -> None:
    """Look until the snapshot is up to date."""
    while held.look(now=now) is None:
        pass


def shown_is_computed(mission: SmallMission) -> None:
    change, found = live(mission.row, viewer=SERVER)
    keys = [key for of_app in shown(mission.row).values() for key in of_app]
    assert dict(found) == figures(mission.row, keys, as_of=change, viewer=SERVER)


def value(mission: SmallMission, key: Key = COUNTS) -> int | None:
    figure = live(mission.row, viewer=SERVER)[1][key]
    return figure.value if figure.numerator is None else figure.numerator


def correct_last(mission: SmallMission, kind: str, value: Any, question: str = "") -> None:
    report = Report.objects.filter(mission=mission.row).order_by("-pk").first()
    assert report is not None
    correct(report=report, kind=kind, question=question, value=value, reason="Seen.", by=SERVER, now=NOW)


def test_a_report_a_correction_and_a_withdrawal_change_the_counts(
    mission: SmallMission, held: LiveMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body("A1", answers={"C02": "bad"}))
    sequenced()
    looked(held)
    assert (value(mission), value(mission, BAD), value(mission, BAD.within("A"))) == (1, 1, 1)
    correct_last(mission, "answer", "good", "C02")
    correct_last(mission, "station", "B1")
    sequenced()
    looked(held)
    assert (value(mission), value(mission, BAD), value(mission, COUNTS.within("B"))) == (1, 0, 1)
    correct_last(mission, "set-aside", True)
    sequenced()
    looked(held)
    figure = live(mission.row, viewer=SERVER)[1][BAD]
    assert (figure.denominator, dict(figure.left_out)) == (0, {Missing.SET_ASIDE.value: 1})
    correct_last(mission, "set-aside", False)
    sequenced()
    looked(held)
    assert live(mission.row, viewer=SERVER)[1][BAD].denominator == 1
    shown_is_computed(mission)


@pytest.mark.parametrize("seed", range(4))
def test_a_night_of_everything_ends_where_computing_from_all_rows_ends(
    mission: SmallMission, held: LiveMission, sequenced: Sequenced, seed: int
) -> None:
    chance, sent = Random(seed), list[bytes]()  # noqa: S311 - a simulated night
    for _ in range(40):
        for happens in chance.choices(list(happenings(mission, chance, sent)), k=chance.randint(1, 4)):
            happens()
        sequenced()
        if chance.random() < 0.7:
            looked(held)
        if chance.random() < 0.1:
            held = LiveMission(mission.row)
    looked(held)
    shown_is_computed(mission)


def happenings(mission: SmallMission, chance: Random, sent: list[bytes]) -> Iterator[Callable[[], object]]:
    """What may happen on the night, each as likely."""

    def report() -> None:
        station = chance.choice(["A1", "A2", "B1", "B2", "nowhere"])
        answers = {
            "C01": chance.choice(["yes", "no", "rubbish", {"missing": "refused"}]),
            "C02": chance.choice(["very-good", "good", "bad", "very-bad", {"missing": "not-observed"}]),
            "C03": chance.choice([0, 900, 1200, {"missing": "not-known"}]),
            "C04": chance.choice([700, 1300, "many"]),
        }
        asked = chance.sample(sorted(answers), k=chance.randint(0, 4))
        sent.append(mission.body(station, answers={code: answers[code] for code in asked}))
        mission.send(sent[-1], team=chance.choice(["T1", "T2"]))

    def again() -> None:
        if sent:
            mission.send(chance.choice(sent))

    def other_content() -> None:
        if sent:
            other = {**json.loads(chance.choice(sent)), "answers": {"C02": "bad"}}
            mission.send(json.dumps(other).encode())

    def nonsense() -> None:
        mission.send(b"not a report")

    def corrected() -> None:
        report = Report.objects.filter(mission=mission.row).order_by("?").first()
        latest = report and report.readings.order_by("-pk").first()
        if report and latest and latest.form_version_id:
            kind, question, value = chance.choice(
                [
                    ("answer", "C01", chance.choice(["yes", "no"])),
                    ("answer", "C03", chance.choice([1, 950])),
                    ("station", "", chance.choice(["A1", "B2"])),
                    ("set-aside", "", chance.choice([True, False])),
                ]
            )
            correct(report=report, kind=kind, question=question, value=value, reason="Seen.", by=SERVER, now=NOW)

    yield from (report, report, report, again, other_content, nonsense, corrected)


def test_a_restart_shows_the_same_figures(mission: SmallMission, held: LiveMission, sequenced: Sequenced) -> None:
    for station in ("A1", "A2", "B1"):
        mission.send(mission.body(station))
    sequenced()
    looked(held)
    before = dict(live(mission.row, viewer=SERVER)[1])
    again = LiveMission(mission.row)
    looked(again)
    assert dict(live(mission.row, viewer=SERVER)[1]) == before
    mission.send(mission.body("B2"))
    sequenced()
    looked(again)
    assert value(mission) == 4
    shown_is_computed(mission)


def test_rows_that_were_there_are_counted_over_several_looks(
    mission: SmallMission, sequenced: Sequenced, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "PATIENCE", 0)
    monkeypatch.setattr("paragraph8.eday.live_state.ROWS", 1)
    for station in ("A1", "A2", "B1"):
        mission.send(mission.body(station))
    sequenced()
    held = LiveMission(mission.row)
    mission.send(mission.body("B2"))
    sequenced()
    assert [held.look(now=NOW) is None for _ in range(4)] == [True, True, True, False]
    assert value(mission) == 4
    shown_is_computed(mission)


def test_a_failure_half_way_leaves_no_half_counts(
    mission: SmallMission, held: LiveMission, sequenced: Sequenced, monkeypatch: pytest.MonkeyPatch
) -> None:
    mission.send(mission.body("A1"))
    sequenced()
    looked(held)
    mission.send(mission.body("A2"))
    sequenced()
    correct_last(mission, "answer", "bad", "C02")
    sequenced()
    counted, calls = LiveState._count, []

    def fails_once(self: LiveState, rows: Any, times: int) -> None:
        calls.append(times)
        if len(calls) == 2:
            raise DatabaseError("gone")
        counted(self, rows, times)

    monkeypatch.setattr(LiveState, "_count", fails_once)
    with pytest.raises(DatabaseError):
        held.look(now=NOW)
    looked(held)
    shown_is_computed(mission)


def test_a_new_form_and_a_new_area_are_there_at_the_next_look(
    mission: SmallMission, held: LiveMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body("A1"))
    sequenced()
    looked(held)
    add_areas(mission=mission.row, areas=[{"code": "C", "name": "East"}], by=SERVER, now=NOW)
    second = form_from_json({**COUNT_FORM, "code": "opening"})
    store_form(mission=mission.row, form=second, by=SERVER, now=NOW)
    sequenced()
    looked(held)
    mission.send(mission.body("A1", form="opening"))
    sequenced()
    looked(held)
    assert value(mission, Key.of("eday", "observations", form="opening")) == 1
    assert value(mission, COUNTS.within("C")) == 0
    shown_is_computed(mission)


def test_what_a_look_costs_does_not_grow_with_the_reports(
    mission: SmallMission, held: LiveMission, sequenced: Sequenced
) -> None:
    add_stations(
        mission=mission.row, stations=[NewStation(key=f"N{n}", area="A") for n in range(60)], by=SERVER, now=NOW
    )
    costs = []
    for station in range(60):
        mission.send(mission.body(f"N{station}"))
        sequenced()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            looked(held)
        costs.append(len(asked))
    assert costs[-1] == costs[3] <= 25


def test_rehearsals_change_nothing(mission: SmallMission, held: LiveMission, sequenced: Sequenced) -> None:
    mission.send(mission.body("A1"))
    sequenced()
    looked(held)
    mission.row.rehearsing_since = NOW - timedelta(days=30)
    mission.row.election_date = (NOW + timedelta(days=30)).date()
    mission.row.save()
    mission.send(mission.body("A2"))
    sequenced()
    looked(held)
    assert value(mission) == 1
    shown_is_computed(mission)


def test_figures_are_compared_with_a_recomputation_now_and_then(
    mission: SmallMission, held: LiveMission, sequenced: Sequenced
) -> None:
    later = NOW + CHECK_EVERY + timedelta(minutes=1)
    mission.send(mission.body("A1"))
    sequenced()
    looked(held, later)
    for _ in range(5):
        looked(held, later)
    check = SelfCheck.objects.get()
    assert (check.differing, check.at) == (0, later)
    assert check.n == len(shown(mission.row)["eday"])
    assert checked(mission.row, viewer=SERVER) == check
    assert health() == {"agreed_at": later.isoformat(), "differed_at": None, "differed": 0}


def test_a_difference_is_mended_and_said_aloud(
    mission: SmallMission, held: LiveMission, sequenced: Sequenced, caplog: pytest.LogCaptureFixture
) -> None:
    later = NOW + CHECK_EVERY + timedelta(minutes=1)
    mission.send(mission.body("A1", answers={"C02": "bad"}))
    sequenced()
    looked(held)
    state = held._states._of["eday"]
    assert isinstance(state, LiveState)
    row = {"row": "x", "station": "A2", "team": "T1", "area": "A", "answers": {"C02": "bad"}}
    state._tallies["counting"].update(None, row)
    mission.send(mission.body("B1", answers={"C02": "good"}))
    sequenced()
    looked(held, later)
    assert (value(mission), value(mission, BAD)) == (3, 2)
    for _ in range(5):
        looked(held, later)
    assert (value(mission), value(mission, BAD)) == (2, 1)
    shown_is_computed(mission)
    check = SelfCheck.objects.get()
    assert check.differing > 0
    assert "figures differ" in caplog.text
    entry = LogEntry.objects.get(kind="figures.differed")
    assert json.loads(entry.body)["differing"] == check.differing
    assert health()["differed"] == 1
    assert health()["differed_at"] == later.isoformat()


def test_the_health_page_says_how_the_figures_are(client: Client, mission: SmallMission) -> None:
    SelfCheck.objects.create(mission=mission.row, change_number=1, n=10, differing=0, at=NOW)
    answer = client.get("/health").json()
    assert answer == {"ok": True, "figures": {"agreed_at": NOW.isoformat(), "differed_at": None, "differed": 0}}


def test_whoever_sees_no_figures_does_not_see_when_they_were_compared(mission: SmallMission) -> None:
    with pytest.raises(NotAllowedError):
        checked(mission.row, viewer=mission.viewer(Role.OBSERVER, team="T1"))


def test_the_snapshot_of_a_mission_without_reports_is_there(mission: SmallMission) -> None:
    sequence_all(clock=ticking())
    snapshot(mission=mission.row, now=NOW)
    assert value(mission) == 0
    assert canonical(sorted(str(key) for key in live(mission.row, viewer=SERVER)[1]))


def test_what_the_log_has_not_come_to_yet_stops_no_worker(
    mission: SmallMission, held: LiveMission, sequenced: Sequenced
) -> None:
    contested_mission(mission)
    before = sequenced()
    earlier(mission, Measure.CANDIDATES, 1, 1)
    record = Key.of("contest", "record", measure="candidates")
    assert record in shown(mission.row)["contest"], "the series is complete, and no change has its number yet"
    made = held.look(now=NOW)
    assert made is not None
    assert made.change_number == before
    assert record not in live(mission.row, viewer=SERVER)[1]
    sequenced()
    held.look(now=NOW)
    assert record in live(mission.row, viewer=SERVER)[1]
