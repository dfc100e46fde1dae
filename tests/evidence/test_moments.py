"""The day as it was known: snapshots that are kept, and figures as of any change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import Change
from paragraph8.domain.figures import Key
from paragraph8.evidence.models import Legend, Moment
from paragraph8.evidence.operations import freeze, snapshot
from paragraph8.evidence.queries import EVERY, figures, live, moments, shown
from paragraph8.review.operations import correct

Sequenced = Callable[[], int]
COUNTS = Key.of("eday", "observations", form="counting")


def sent(mission: SmallMission, sequenced: Sequenced, station: str = "A1") -> int:
    mission.send(mission.body(station))
    return sequenced()


def test_the_last_snapshot_of_each_few_minutes_is_kept(mission: SmallMission, sequenced: Sequenced) -> None:
    first = sent(mission, sequenced)
    snapshot(mission=mission.row, now=NOW)
    second = sent(mission, sequenced)
    snapshot(mission=mission.row, now=NOW + EVERY / 2)
    third = sent(mission, sequenced)
    snapshot(mission=mission.row, now=NOW + EVERY)
    assert first < second < third
    assert moments(mission.row, viewer=SERVER) == [(second, NOW + EVERY / 2), (third, NOW + EVERY)]


def test_a_quiet_hour_keeps_what_was_last_known_before_it(mission: SmallMission, sequenced: Sequenced) -> None:
    change = sent(mission, sequenced)
    snapshot(mission=mission.row, now=NOW)
    snapshot(mission=mission.row, now=NOW + timedelta(hours=1))
    assert list(Moment.objects.values_list("change_number", "at")) == [(change, NOW)]


def test_each_moment_shows_what_was_known_then(mission: SmallMission, sequenced: Sequenced) -> None:
    for n in range(4):
        sent(mission, sequenced)
        snapshot(mission=mission.row, now=NOW + n * EVERY)
    known = [live(mission.row, viewer=SERVER, as_of=change) for change, _ in moments(mission.row, viewer=SERVER)]
    assert [found[COUNTS].value for _, found in known] == [1, 2, 3, 4]


def test_any_change_between_two_moments_gives_what_computing_from_all_rows_gives(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    for n, station in enumerate(["A1", "B1", "B2", "A2"]):
        sent(mission, sequenced, station)
        if n % 2:
            snapshot(mission=mission.row, now=NOW + n * EVERY)
    report = mission.row.reports.first()
    assert report is not None
    correct(report=report, kind="answer", question="C02", value="bad", reason="Seen.", by=SERVER, now=NOW)
    correct(report=report, kind="set-aside", value=True, reason="Practice.", by=SERVER, now=NOW)
    last = sequenced()
    for as_of in range(last + 2):
        change, found = live(mission.row, viewer=SERVER, as_of=as_of)
        assert change == min(as_of, last)
        keys = [key for of_app in shown(mission.row).values() for key in of_app]
        assert dict(found) == figures(mission.row, keys, as_of=change, viewer=SERVER)


def test_a_freeze_is_a_moment(mission: SmallMission, sequenced: Sequenced) -> None:
    change = sent(mission, sequenced)
    sent(mission, sequenced)
    snapshot(mission=mission.row, now=NOW)
    freeze(mission=mission.row, keys=[COUNTS], texts={}, as_of=change, by=SERVER, now=NOW + EVERY)
    freeze(mission=mission.row, keys=[COUNTS], texts={}, as_of=change, by=SERVER, now=NOW + EVERY)
    assert moments(mission.row, viewer=SERVER)[0] == (change, NOW + EVERY)
    assert live(mission.row, viewer=SERVER, as_of=change)[1][COUNTS].value == 1


def test_a_moment_holds_every_area(mission: SmallMission, sequenced: Sequenced) -> None:
    sent(mission, sequenced, "B1")
    snapshot(mission=mission.row, now=NOW)
    _, found = live(mission.row, viewer=SERVER)
    assert [found[COUNTS.within(area)].value for area in "AB"] == [0, 1]


def test_what_a_figure_is_called_is_stored_once(mission: SmallMission, sequenced: Sequenced) -> None:
    for n in range(3):
        sent(mission, sequenced)
        snapshot(mission=mission.row, now=NOW + n * EVERY)
    assert Legend.objects.count() == 1


def test_a_moment_cannot_be_rewritten(mission: SmallMission, sequenced: Sequenced) -> None:
    sent(mission, sequenced)
    for n in range(2):
        snapshot(mission=mission.row, now=NOW + n * EVERY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Moment.objects.update(cells=b"")
    with pytest.raises(DatabaseError), transaction.atomic():
        Legend.objects.update(data=b"")


def test_whoever_sees_no_figures_sees_no_moments(mission: SmallMission) -> None:
    observer = mission.viewer(Role.OBSERVER, team="T1")
    for ask in (lambda: moments(mission.row, viewer=observer), lambda: live(mission.row, viewer=observer, as_of=1)):
        with pytest.raises(NotAllowedError):
            ask()


def test_a_mission_without_a_snapshot_has_figures_as_of_any_change_all_the_same(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    change = sent(mission, sequenced)
    assert live(mission.row, viewer=SERVER) == (0, {})
    assert live(mission.row, viewer=SERVER, as_of=change)[1][COUNTS].value == 1
    assert Change.objects.count() == change
