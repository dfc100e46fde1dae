"""What the room writes down, what it refuses, and that nothing is overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conftest import NOW, SERVER, SmallMission
from contest.conftest import earlier
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.contest import models
from paragraph8.contest.operations import add_contest, add_contestant, change_contest, take_step
from paragraph8.contest.queries import calendar_of, calendar_versions, current_series
from paragraph8.contest.refusals import REASONS, RefusedEntryError
from paragraph8.contest.registers import add_voters, claim_span, write_calendar, write_series
from paragraph8.domain.contests import DeadlineState, Election, Measure, Standing
from paragraph8.domain.text import Text

STEP = {"status": Standing.WITHDRAWN, "day": date(2019, 5, 20), "reason": "Own wish.", "source": "Commission"}


def anna(mission: SmallMission) -> Any:
    return mission.row.contestants.get(code="anna")


def refused(run: Callable[[], Any]) -> str:
    before = LogEntry.objects.count()
    with pytest.raises(RefusedEntryError) as error:
        run()
    assert LogEntry.objects.count() == before, "what is refused is not logged as done"
    assert error.value.text().languages() == {"en", "kk", "ru"}
    return error.value.reason


def test_a_history_grows_and_the_contestant_has_its_newest_step(contested: SmallMission) -> None:
    take_step(contestant=anna(contested), **STEP, by=SERVER, now=NOW)
    assert [step.status for step in anna(contested).steps.all()] == ["nominated", "registered", "withdrawn"]
    assert anna(contested).status == "withdrawn"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"source": " "}, "no-source"),
        ({"reason": ""}, "no-reason"),
        ({"status": Standing.NOMINATED}, "cannot-follow"),
        ({"day": date(2019, 5, 1)}, "before-last"),
        ({"day": date(2019, 6, 11)}, "day-ahead"),
    ],
)
def test_a_step_that_cannot_be_is_refused(contested: SmallMission, changes: dict[str, Any], reason: str) -> None:
    assert refused(lambda: take_step(contestant=anna(contested), **{**STEP, **changes}, by=SERVER, now=NOW)) == reason
    assert anna(contested).status == "registered"


def test_today_is_today_where_the_mission_is(contested: SmallMission) -> None:
    """At 18:00 in Greenwich it is past midnight in Almaty: the 10th has begun there."""
    late = datetime.fromisoformat("2019-06-09T18:30:00+00:00")
    take_step(contestant=anna(contested), **{**STEP, "day": date(2019, 6, 10)}, by=SERVER, now=late)


def test_who_was_registered_without_a_history_may_get_one_from_the_beginning(mission: SmallMission) -> None:
    from paragraph8.missions.models import Contestant

    old = Contestant.objects.create(mission=mission.row, code="old", name={"en": "Old"})
    for status in (Standing.NOMINATED, Standing.REGISTERED, Standing.ELECTED):
        take_step(contestant=old, status=status, source="Commission", by=SERVER, now=NOW)
    assert old.steps.count() == 3


def test_a_contestant_needs_a_code_that_is_free_and_a_name(contested: SmallMission) -> None:
    def add(code: str, name: Any) -> Any:
        return add_contestant(
            mission=contested.row,
            code=code,
            name=Text.of(name),
            status=Standing.NOMINATED,
            source="List",
            by=SERVER,
            now=NOW,
        )

    assert refused(lambda: add("anna", "Anna")) == "code-taken"
    assert refused(lambda: add("Анна", "Anna")) == "bad-code"
    assert refused(lambda: add("dora", {"en": " "})) == "no-name"


def test_a_contest_is_described_anew_and_keeps_its_code(contested: SmallMission) -> None:
    contest = contested.row.contests.get()
    change_contest(
        contest=contest, name=Text.of("The presidency"), kind=Election.BY_ELECTION, round=2, by=SERVER, now=NOW
    )
    contest.refresh_from_db()
    assert (contest.code, contest.round, contest.kind) == ("president", 2, "by-election")
    assert contest.day == date(2019, 6, 9)


LINE: dict[str, Any] = {
    "code": "lists-displayed",
    "title": Text.of("Voter lists are displayed"),
    "legal_basis": "Article 26",
    "due_on": date(2019, 5, 25),
    "source": "Law",
}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"due_on": None}, "no-day"),
        ({"legal_basis": ""}, "no-basis"),
        ({"source": ""}, "no-source"),
        ({"happened_on": date(2019, 6, 11)}, "day-ahead"),
        ({"happened_on": date(2019, 5, 25), "did_not_happen": True}, "happened-and-not"),
        ({"happened_time": time(9)}, "time-without-day"),
        ({"due_on": None, "due_time": time(9), "happened_on": date(2019, 5, 25)}, "time-without-day"),
        ({"code": "Lists displayed"}, "bad-code"),
        ({"title": Text.of("")}, "no-name"),
    ],
)
def test_a_line_of_the_calendar_that_says_nothing_is_refused(
    contested: SmallMission, changes: dict[str, Any], reason: str
) -> None:
    assert refused(lambda: write_calendar(mission=contested.row, **{**LINE, **changes}, by=SERVER, now=NOW)) == reason


def test_a_line_said_anew_stands_beside_what_was_said_before(contested: SmallMission) -> None:
    def state() -> DeadlineState:
        lines = calendar_of(contested.row, viewer=SERVER, at=NOW)
        return next(line.kept.state for line in lines if line.entry.code == "lists-displayed")

    assert state() is DeadlineState.NOT_KNOWN
    write_calendar(mission=contested.row, **LINE, did_not_happen=True, by=SERVER, now=NOW)
    assert state() is DeadlineState.MISSED
    write_calendar(mission=contested.row, **LINE, happened_on=date(2019, 5, 27), by=SERVER, now=NOW)
    assert state() is DeadlineState.LATE
    assert len(calendar_versions(contested.row, "lists-displayed", viewer=SERVER)) == 3
    write_calendar(mission=contested.row, **LINE, removed=True, by=SERVER, now=NOW)
    assert [line.entry.code for line in calendar_of(contested.row, viewer=SERVER, at=NOW)] == ["registration-ends"]


def test_a_series_holds_earlier_elections_only_and_is_not_complete_with_a_gap(contested: SmallMission) -> None:
    def write(**facts: Any) -> Any:
        return write_series(
            **{
                "mission": contested.row,
                "measure": Measure.CANDIDATES,
                "source": "Archive",
                "by": SERVER,
                "now": NOW,
                **facts,
            }
        )

    assert refused(lambda: write(election=date(2019, 6, 9), n=3)) == "not-earlier"
    claim = {"mission": contested.row, "measure": Measure.CANDIDATES, "source": "A", "by": SERVER, "now": NOW}
    assert refused(lambda: claim_span(since=date(2005, 1, 1), complete=True, **claim)) == "unknown-elections"
    write(election=date(2005, 12, 4), n=None)
    assert refused(lambda: claim_span(since=date(2005, 1, 1), complete=True, **claim)) == "unknown-elections"
    claim_span(since=date(2005, 1, 1), complete=False, **claim)
    write(election=date(2005, 12, 4), n=5)
    claim_span(since=date(2005, 1, 1), complete=True, **claim)
    assert [row.n for row in current_series(contested.row, Measure.CANDIDATES)] == [5]
    write(election=date(2005, 12, 4), n=5, removed=True)
    assert current_series(contested.row, Measure.CANDIDATES) == []


def test_without_an_election_day_nothing_is_earlier(mission: SmallMission) -> None:
    def write() -> Any:
        return write_series(
            mission=mission.row, measure=Measure.WOMEN, election=date(2005, 1, 1), n=0, source="A", by=SERVER, now=NOW
        )

    assert refused(write) == "no-election-day"


def test_only_who_manages_the_contest_writes(contested: SmallMission) -> None:
    row = contested.row
    for role in (Role.PRESS, Role.OPERATIONS, Role.OBSERVER, Role.LONG_TERM, Role.READER):
        by = contested.viewer(role, team="T1")
        for write in (
            lambda by=by: add_contest(mission=row, code="x", name=Text.of("X"), kind=Election.LOCAL, by=by, now=NOW),
            lambda by=by: take_step(contestant=anna(contested), **STEP, by=by, now=NOW),
            lambda by=by: write_calendar(mission=row, **LINE, by=by, now=NOW),
            lambda by=by: add_voters(mission=row, n=1, day=date(2019, 5, 1), source="A", by=by, now=NOW),
        ):
            with pytest.raises(NotAllowedError):
                write()


def test_the_log_holds_codes_and_numbers_and_nobodys_name(contested: SmallMission) -> None:
    earlier(contested, Measure.CANDIDATES, 5)
    entries = LogEntry.objects.filter(mission_id=contested.row.pk)
    kinds = set(entries.values_list("kind", flat=True))
    assert {"contest.added", "contestant.added", "contestant.stepped", "calendar.written", "voters.added"} <= kinds
    assert {"series.written", "series.spanned"} <= kinds
    for entry in entries.filter(kind__startswith="contest"):
        assert "Clara" not in entry.body
        assert "Documents" not in entry.body
        json.loads(entry.body)


def test_the_database_refuses_to_change_what_was_written(contested: SmallMission) -> None:
    earlier(contested, Measure.CANDIDATES, 5)
    for model in (models.StandingStep, models.CalendarEntry, models.VoterSnapshot, models.SeriesRow, models.SeriesSpan):
        rows = model.objects.all()  # type: ignore[attr-defined]
        assert rows
        for change in (lambda rows=rows: rows.update(by="x"), lambda rows=rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_a_total_of_voters_of_a_day_ahead_is_refused(contested: SmallMission) -> None:
    day = (NOW + timedelta(days=2)).date()
    assert (
        refused(lambda: add_voters(mission=contested.row, n=1, day=day, source="A", by=SERVER, now=NOW)) == "day-ahead"
    )


def test_every_reason_has_the_same_places_in_three_languages() -> None:
    for code, sentences in REASONS.items():
        places = {tuple(sorted(part.partition("}")[0] for part in text.split("{")[1:])) for text in sentences.values()}
        assert sentences.keys() == {"en", "kk", "ru"}
        assert len(places) == 1, code
        assert "ё" not in sentences["ru"]
