"""The real night of 1 July 2018 in Mexico: the numbers come out, and the screen warns where it had to."""

from __future__ import annotations

from functools import cache

import pytest

from paragraph8.statistics.quickcount import response
from paragraph8.statistics.quickcount.counts import estimate, limits
from paragraph8.statistics.quickcount.plans import Adjustment
from paragraph8.statistics.quickcount.returns import Returns

from .mexico import at, night

pytestmark = pytest.mark.reference

TABLE = (
    (20, 30, 1732, 51, 38, (52.0975, 23.3489, 16.4363, 5.4036), (0.4637, 0.4226, 0.2572, 0.0930)),
    (21, 0, 2750, 22, 20, (52.9352, 22.8916, 15.9952, 5.4239), (0.3243, 0.2632, 0.1839, 0.0750)),
    (21, 30, 3687, 6, 12, (53.3820, 22.3583, 16.0132, 5.4699), (0.2344, 0.2031, 0.1687, 0.0627)),
    (22, 30, 5275, 0, 3, (53.3513, 22.4651, 15.9654, 5.3784), (0.1759, 0.1528, 0.1258, 0.0441)),
    (24, 0, 6307, 0, 1, (53.4948, 22.3160, 16.0113, 5.3331), (0.1593, 0.1358, 0.1095, 0.0388)),
)
"""Time, reports, strata empty and single, shares and standard errors in per cent."""


@cache
def _night() -> Returns:
    return night()


@pytest.mark.parametrize(("hour", "minute", "n", "empty", "single", "shares", "errors"), TABLE)
def test_the_night_as_it_was_known_at_each_hour(hour, minute, n, empty, single, shares, errors):
    known = _night().until(at(hour, minute))
    count = estimate(known)
    assert known.n == n
    assert len(response.empty_strata(known)) == empty
    assert len(response.single_strata(known)) == single
    assert [round(100 * share.value, 4) for share in count.shares] == list(shares)
    assert [round(100 * share.se, 4) for share in count.shares] == list(errors)


@pytest.mark.parametrize(
    ("hour", "minute", "low", "high"), [(20, 30, 51.19, 53.01), (22, 30, 53.006, 53.696), (24, 0, 53.183, 53.807)]
)
def test_limits_are_those_of_t(hour, minute, low, high):
    count = estimate(_night().until(at(hour, minute)))
    found = limits(count.shares[0], level=0.95)
    places = 2 if hour == 20 else 3
    assert (round(100 * found.low, places), round(100 * found.high, places)) == (low, high)


def test_fitting_to_the_kinds_of_sections_takes_half_of_the_bias_away():
    count = estimate(_night().until(at(24)), adjustment=Adjustment.KINDS)
    assert count.weighted.applied is Adjustment.KINDS
    assert [round(100 * share.value, 4) for share in count.shares] == [53.3372, 22.3244, 16.1951, 5.2579]
    assert round(100 * count.shares[2].se, 4) == 0.1096
    assert round(100 * count.shares[3].se, 4) == 0.0383
    early = estimate(_night().until(at(20, 30)), adjustment=Adjustment.KINDS)
    assert round(100 * early.shares[0].value, 4) == 52.2287


def test_rural_sections_are_named_as_late_where_they_were():
    rates = {row.group: row.rate for row in response.by_kind(_night().until(at(24)))}
    assert {kind: round(100 * (rate or 0)) for kind, rate in rates.items()} == {"urban": 85, "mixed": 83, "rural": 66}
    warned = {hour: [row.kind for row in response.behind(_night().until(at(hour, 30)))] for hour in (20, 22, 23)}
    assert warned == {20: [], 22: ["rural"], 23: ["rural"]}


def test_the_announced_intervals_hold_ours():
    """The committee announced 53.0 to 53.8 at two thirds of the sample; ours is inside, to its own rounding."""
    count = estimate(_night().until(at(22, 30)))
    found = limits(count.shares[0], level=0.95)
    assert found.low >= 0.530
    assert found.high <= 0.538
