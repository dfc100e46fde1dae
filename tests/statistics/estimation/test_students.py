"""Quantiles of t for many degrees of freedom at once are those of the tables."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from paragraph8.statistics.estimation.distributions import t_above, t_quantile


@pytest.mark.parametrize("tail", [0.001, 0.005, 0.025, 0.05, 0.3, 0.5])
def test_they_agree_with_another_library(tail):
    df = np.concatenate([np.arange(1, 60), np.geomspace(60, 1e9, 60), [162.5]]).astype(float)
    found = t_quantile(tail, df, upper=True)
    np.testing.assert_allclose(found, stats.t.isf(tail, df), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(t_quantile(tail, df), -found, rtol=1e-12, atol=1e-14)


def test_the_ways_of_few_and_of_many_degrees_meet():
    tails = np.array([0.000999999, 0.001000001])
    far, near = t_quantile(tails, 25.0, upper=True)
    assert near == pytest.approx(far, rel=1e-6)
    np.testing.assert_allclose(
        t_above(t_quantile(0.025, np.array([19.0, 20.0]), upper=True), np.array([19.0, 20.0])), 0.025
    )
