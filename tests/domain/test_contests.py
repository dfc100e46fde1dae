"""What becomes of a deadline, and which step may follow which."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from paragraph8.domain import contests
from paragraph8.domain.contests import IMPLIED, NEXT, DeadlineState, Kept, Moment, Standing, kept

ALMATY = "Asia/Almaty"
NIGHT = datetime(2019, 5, 11, 17, 59, tzinfo=UTC)
"""One minute before midnight in Almaty on 11 May 2019, which was UTC+6."""


def on(day: int, clock: str = "") -> Moment:
    return Moment(date(2019, 5, day), time.fromisoformat(clock) if clock else None, ALMATY)


@pytest.mark.parametrize(
    ("due", "happened", "not_happened", "at", "state"),
    [
        (on(11), on(11), False, NIGHT, Kept(DeadlineState.MET)),
        (on(11), on(6), False, NIGHT, Kept(DeadlineState.MET)),
        (on(11), on(12), False, NIGHT, Kept(DeadlineState.LATE, 1)),
        (on(11), on(25), False, NIGHT, Kept(DeadlineState.LATE, 14)),
        (on(11, "18:00"), on(11, "18:00"), False, NIGHT, Kept(DeadlineState.MET)),
        (on(11, "18:00"), on(11, "18:30"), False, NIGHT, Kept(DeadlineState.LATE, 0)),
        (on(11, "18:00"), on(11), False, NIGHT, Kept(DeadlineState.NOT_KNOWN)),
        (on(11, "18:00"), on(12), False, NIGHT, Kept(DeadlineState.LATE, 1)),
        (on(11), None, False, NIGHT, Kept(DeadlineState.OPEN)),
        (on(10), None, False, NIGHT, Kept(DeadlineState.NOT_KNOWN)),
        (on(10), None, True, NIGHT, Kept(DeadlineState.MISSED)),
        (on(11), None, True, NIGHT, Kept(DeadlineState.OPEN)),
        (None, on(11), False, NIGHT, Kept(DeadlineState.NO_DEADLINE)),
    ],
)
def test_a_deadline_is_judged_where_it_holds(
    due: Moment | None, happened: Moment | None, not_happened: bool, at: datetime, state: Kept
) -> None:
    assert kept(due=due, happened=happened, did_not_happen=not_happened, at=at) == state


def test_a_day_lasts_until_midnight_of_its_place() -> None:
    assert kept(due=on(11), happened=None, did_not_happen=True, at=on(12).begins()) == Kept(DeadlineState.MISSED)


def test_every_step_has_words_and_followers() -> None:
    assert contests.STANDINGS.keys() == set(Standing) == IMPLIED.keys()
    assert NEXT.keys() == {None, *Standing}
    tables = (
        contests.ELECTIONS,
        contests.STANDINGS,
        contests.DEADLINE_STATES,
        contests.VOTERS,
        contests.MEASURES,
        contests.RESULT_STAGES,
        contests.COUNTS,
    )
    for table in tables:
        for code, text in table.items():
            assert text.languages() == {"en", "kk", "ru"}, code
            assert "ё" not in text.shown("ru").string


def test_whoever_was_registered_was_nominated() -> None:
    assert Standing.NOMINATED in IMPLIED[Standing.ELECTED]
    assert Standing.REGISTERED in IMPLIED[Standing.DEREGISTERED]
    assert Standing.REGISTERED not in IMPLIED[Standing.REFUSED]
