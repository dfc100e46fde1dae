"""When a team is to be heard from, and how late it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraph8.domain.check_ins import Rhythm, State, due_after, standing

ALMATY = ZoneInfo("Asia/Almaty")  # UTC+6 in 2019
BEGUN = datetime(2019, 6, 1, tzinfo=UTC)
FIXED = Rhythm(times=(time(8), time(14), time(21)), begun=BEGUN)
HOURLY = Rhythm(every=timedelta(hours=2), opens=time(7), closes=time(22), begun=BEGUN)


def local(hour: int, minute: int = 0, day: int = 9) -> datetime:
    return datetime(2019, 6, day, hour, minute, tzinfo=ALMATY).astimezone(UTC)


@pytest.mark.parametrize(
    ("heard", "now", "state", "late"),
    [
        (local(7, 10), local(9), State.CALM, 0),  # fifty minutes early is early enough
        (local(6, 50), local(7, 20), State.CALM, 0),  # seventy is not: 08:00 is still to come
        (local(6, 50), local(7, 40), State.SOON, 0),
        (local(6, 50), local(8, 3), State.DUE, 3),
        (local(6, 50), local(8, 5), State.OVERDUE, 5),  # five minutes, and the co-ordinator is nervous
        (local(6, 50), local(15), State.OVERDUE, 420),  # late since the first that was missed
        (local(8, 4), local(13, 20), State.CALM, 0),
        (local(21, 3), local(7, 29, day=10), State.CALM, 0),  # the night over
        (local(21, 3), local(8, 6, day=10), State.OVERDUE, 6),
    ],
)
def test_a_team_is_late_five_minutes_after_a_fixed_time(heard, now, state, late) -> None:
    found = standing(FIXED, heard=heard, zone=ALMATY, now=now)
    assert (found.state, found.late) == (state, late)


@pytest.mark.parametrize(
    ("heard", "due"),
    [
        (local(9, 30), local(11, 30)),
        (local(21, 30), local(7, day=10)),  # 23:30 is after the day
        (local(4), local(7)),  # 06:00 is before it
        (local(20), local(22)),
    ],
)
def test_at_most_so_long_after_the_last_sign_within_the_day(heard, due) -> None:
    assert due_after(HOURLY, heard, ALMATY) == due


def test_times_are_those_of_the_place() -> None:
    oral = ZoneInfo("Asia/Oral")  # an hour behind in 2019
    assert due_after(FIXED, local(10), oral) == datetime(2019, 6, 9, 9, 0, tzinfo=UTC)
    assert due_after(FIXED, local(10), ALMATY) == datetime(2019, 6, 9, 8, 0, tzinfo=UTC)


def test_where_the_clocks_change_the_hour_is_the_one_that_clocks_show() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    rhythm = Rhythm(times=(time(8),), begun=BEGUN)
    before = datetime(2020, 3, 28, 8, tzinfo=berlin)
    due = due_after(rhythm, before.astimezone(UTC), berlin)
    assert due == datetime(2020, 3, 29, 6, tzinfo=UTC)
    assert due - before.astimezone(UTC) == timedelta(hours=23)


def test_nothing_is_due_before_the_schedule_or_outside_its_days() -> None:
    late = Rhythm(times=(time(8),), begun=local(12))
    assert due_after(late, None, ALMATY) == local(8, day=10)
    days = Rhythm(times=(time(8),), begun=BEGUN, first_day=date(2019, 6, 12), last_day=date(2019, 6, 12))
    assert due_after(days, None, ALMATY) == local(8, day=12)
    assert due_after(days, local(8, 30, day=12), ALMATY) is None
    assert standing(days, heard=local(8, 30, day=12), zone=ALMATY, now=local(9, day=13)).state is State.UNWATCHED
    hours = Rhythm(every=timedelta(hours=2), begun=BEGUN, first_day=date(2019, 6, 12))
    assert due_after(hours, local(9), ALMATY) == local(7, day=12)


def test_who_was_never_heard_from_is_late_too_and_without_a_schedule_nobody_is() -> None:
    assert standing(FIXED, heard=None, zone=ALMATY, now=local(9)).state is State.OVERDUE
    assert standing(None, heard=None, zone=ALMATY, now=local(9)).state is State.UNWATCHED


@given(st.integers(0, 60 * 72), st.integers(0, 60 * 72), st.sampled_from([FIXED, HOURLY]))
def test_a_later_sign_never_makes_anything_due_earlier(first: int, second: int, rhythm: Rhythm) -> None:
    one, other = sorted(BEGUN + timedelta(minutes=each) for each in (first, second))
    due, later = due_after(rhythm, one, ALMATY), due_after(rhythm, other, ALMATY)
    assert due is not None
    assert later is not None
    assert due <= later
    assert due > one or rhythm is FIXED
