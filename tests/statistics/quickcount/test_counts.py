"""Shares, lead and turnout agree with numbers of R, and say how surely."""

from __future__ import annotations

import numpy as np
import pytest

from paragraph8.statistics.quickcount.counts import estimate, limits, probability_above
from paragraph8.statistics.quickcount.plans import Adjustment
from paragraph8.statistics.quickcount.refusals import REFUSALS, RefusedCountError
from paragraph8.statistics.quickcount.returns import DrawnSample, Returns
from paragraph8.statistics.quickcount.weights import response_cells

# The folder is called like a module of the standard library, so that its neighbours have no absolute name.
from ..estimation.stations import N  # noqa: TID252
from ..estimation.stations import sample as stations  # noqa: TID252
from .nights import returns, sample


def invented(*, reported: bool = False) -> Returns:
    """PVT-A as a night: A, C and the others, of valid votes."""
    rows = stations()
    there = rows["rep"] if reported else np.ones(len(rows["h"]), dtype=bool)
    drawn = DrawnSample.of(
        [f"{n}" for n in range(len(rows["h"]))],
        strata=[f"{h}" for h in rows["h"]],
        populations={f"{h}": n for h, n in N.items()},
        kinds=["urban" if urban else "rural" for urban in rows["urb"]],
        kind_populations={"urban": 2100, "rural": sum(N.values()) - 2100},
        registered=rows["R"].tolist(),
    )
    votes = np.column_stack([rows["A"], rows["C"], rows["O"]]).astype(float)
    votes[~there] = np.nan
    base, ballots = (np.where(there, rows[name], np.nan) for name in ("V", "B"))
    return Returns.of(drawn, contestants=("a", "c", "o"), votes=votes, base=base, ballots=ballots)


def test_the_whole_sample_agrees_with_r():
    count = estimate(invented())
    assert count.share("a").value == pytest.approx(0.4038477125, abs=5e-11)
    assert count.share("a").se == pytest.approx(0.0059204949, abs=5e-11)
    assert count.margin("a", "c").value == pytest.approx(0.1361701396, abs=5e-11)
    assert count.margin("a", "c").se == pytest.approx(0.0090130852, abs=5e-11)
    found = limits(count.margin("a", "c"), level=0.95, least=-1)
    assert (found.low, found.high) == (pytest.approx(0.118371858088), pytest.approx(0.153968421151))
    assert count.turnout is not None
    assert count.turnout.value == pytest.approx(0.6342693765, abs=5e-11)
    assert count.turnout.se == pytest.approx(0.0086001813, abs=5e-11)


def test_returns_so_far_agree_with_r():
    count = estimate(invented(reported=True))
    assert count.returns.n == 127
    assert count.share("a").value == pytest.approx(0.3971930478, abs=5e-11)
    assert count.share("a").se == pytest.approx(0.0055309383, abs=5e-11)
    assert count.share("c").se == pytest.approx(0.0058178820, abs=5e-11)
    fitted = estimate(invented(reported=True), adjustment=Adjustment.KINDS)
    assert fitted.share("a").value == pytest.approx(0.3995959265, abs=5e-11)
    assert fitted.share("a").se == pytest.approx(0.0060108253, abs=5e-11)


def test_the_lead_is_one_ratio_and_not_two_intervals():
    count = estimate(returns())
    separate = np.hypot(count.shares[0].se, count.shares[1].se)
    assert count.lead.value == pytest.approx(count.shares.values[0] - count.shares.values[1])
    assert count.lead.se == pytest.approx(2 * count.shares[0].se)  # what one loses the other gets
    assert count.lead.se > separate


def test_the_probability_of_crossing():
    count = estimate(returns(ahead=0))
    share = count.shares[count.leader]
    assert probability_above(share, share.value) == pytest.approx(0.5)
    assert (probability_above(share, share.value - 10 * share.se) or 0) > 0.999
    assert (probability_above(share, share.value + 10 * share.se) or 1) < 0.001


def test_a_count_of_everything_is_known_for_certain():
    everything = DrawnSample.of([f"s{n}" for n in range(4)], strata=["a", "a", "b", "b"], populations={"a": 2, "b": 2})
    count = estimate(
        Returns.of(everything, contestants=("x", "y"), votes=[[10, 5], [20, 5], [1, 9], [4, 6]], base=[15, 25, 10, 10])
    )
    assert count.shares.values[0] == pytest.approx(35 / 60)
    assert count.shares[0].variance == 0
    assert probability_above(count.shares[0], 0.5) == 1.0


def test_empty_strata_are_left_out_and_single_ones_are_compared_with_all():
    alone = estimate(returns(out=[*range(10), *range(11, 20)]))
    assert alone.returns.returned.tolist() == [0, 1, 10]
    assert alone.lead.df == 9
    assert alone.shares[0].variance > 0


def test_well_answered_kinds_become_cells_of_their_own():
    drawn = sample()
    cells, there = response_cells(returns(of=drawn, out=[0, 1, 2]), least=3)
    assert len(there) == 6
    assert there.sum() == 120
    assert there[cells[0]] == 24  # urban stations of stratum a, as the frame counts them
    whole, populations = response_cells(returns(of=drawn), least=10)
    assert len(populations) == 3
    assert set(whole.tolist()) == {0, 1, 2}


def test_cells_repair_what_depends_on_the_kind():
    """Rural stations vote otherwise and hardly report: by stratum the estimate is far off, by cell it is not."""
    drawn = sample()
    rural = drawn.kind == drawn.kinds.index("rural")
    votes = np.where(rural[:, None], [[100.0, 400.0]], [[400.0, 100.0]])
    out = rural & (np.arange(30) % 10 >= 8)
    night = Returns.of(
        drawn,
        contestants=("anna", "berik"),
        votes=np.where(out[:, None], np.nan, votes),
        base=np.where(out, np.nan, 500.0),
    )
    truth = (24 * 0.8 + 16 * 0.2) / 40
    by_stratum = estimate(night).share("anna").value
    by_cell = estimate(night, adjustment=Adjustment.CELLS, least_cell=2)
    assert by_cell.weighted.applied is Adjustment.CELLS
    assert by_cell.share("anna").value == pytest.approx(truth)
    assert abs(by_stratum - truth) > 0.05


def test_what_the_plan_asks_is_said_where_it_cannot_be_done():
    count = estimate(returns(of=sample(kinds=[""] * 30, cell_populations=None)), adjustment=Adjustment.KINDS)
    assert count.weighted.asked is Adjustment.KINDS
    assert count.weighted.applied is Adjustment.STRATA


def test_nothing_is_estimated_from_next_to_nothing():
    with pytest.raises(RefusedCountError) as refused:
        estimate(returns(out=range(1, 30)))
    assert refused.value.code == "too-few-returns"
    with pytest.raises(RefusedCountError):
        estimate(returns(out=[n for n in range(30) if n % 10]))  # one station in each stratum


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"strata": ["a"] * 29}, "uneven"),
        ({"populations": {"a": 40, "b": 40}}, "no-population"),
        ({"populations": {"a": 40, "b": 40, "c": 9}}, "too-many-drawn"),
    ],
)
def test_a_sample_that_cannot_be_is_refused(changes, code):
    with pytest.raises(RefusedCountError) as refused:
        sample(**changes)
    assert refused.value.code == code
    assert {tag for tag, _ in refused.value.text().strings} == {"en", "kk", "ru"}


def test_returns_that_cannot_be_are_refused():
    drawn = sample()
    nothing = np.full((30, 2), np.nan)
    for votes, base in (([[-1.0, 2.0]], 5.0), ([[4.0, 2.0]], 5.0)):
        one = nothing.copy()
        one[0] = votes[0]
        with pytest.raises(RefusedCountError) as refused:
            Returns.of(drawn, contestants=("x", "y"), votes=one, base=[base] + [np.nan] * 29)
        assert refused.value.code == "not-counts"
    with pytest.raises(RefusedCountError) as refused:
        Returns.of(drawn, contestants=("x", "x"), votes=nothing, base=[np.nan] * 30)
    assert refused.value.code == "too-few-contestants"


def test_the_order_of_stations_means_nothing():
    rows = invented(reported=True)
    turned = np.random.default_rng(3).permutation(rows.sample.n)
    drawn = DrawnSample.of(
        [rows.sample.stations[n] for n in turned],
        strata=[rows.sample.strata[rows.sample.stratum[n]] for n in turned],
        populations={name: int(n) for name, n in zip(rows.sample.strata, rows.sample.populations, strict=True)},
    )
    other = Returns.of(drawn, contestants=rows.contestants, votes=rows.votes[turned], base=rows.base[turned])
    assert estimate(other).shares.values == pytest.approx(estimate(rows).shares.values, rel=1e-12)
    assert estimate(other).shares.ses == pytest.approx(estimate(rows).shares.ses, rel=1e-12)


def test_every_refusal_is_said_in_three_languages():
    assert all({tag for tag, _ in text.strings} == {"en", "kk", "ru"} for text in REFUSALS.values())
