"""What may be shown of small numbers."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from paragraph8.documents import disclosure
from paragraph8.statistics.estimation import gates
from paragraph8.statistics.estimation.gates import (
    REASONS,
    CountRule,
    Reason,
    Showing,
    estimated,
    exposing,
    observed,
    of_proportion,
)
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.taylor import proportion
from paragraph8.wording import quantifiers

from . import stations


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("answers", "showing", "percentage"),
    [
        (0, "count-only", False),
        (8, "count-only", False),
        (9, "count-only", False),
        (10, "count-first", True),
        (29, "count-first", True),
        (30, "full", True),
        (412, "full", True),
    ],
)
def test_observed_counts(answers, showing, percentage):
    verdict = observed(answers)
    assert (verdict.showing, verdict.has_percentage, verdict.has_count) == (showing, percentage, True)


def test_counts_may_come_from_arrays():
    assert observed(np.int64(12)).showing is Showing.COUNT_FIRST
    assert exposing(teams=np.int64(2), stations=np.int32(9)).showing is Showing.FULL


def test_a_mission_may_set_its_rule_as_data():
    strict = CountRule(name="ours 2", least_for_percentage=20, least_for_share=50)
    assert observed(15, rule=strict).showing is Showing.COUNT_ONLY
    assert observed(15, rule=strict).rule == "ours 2"


@pytest.mark.parametrize(
    ("teams", "there", "hidden", "why"),
    [
        (1, 10, True, ["one-team"]),
        (2, 5, False, []),
        (2, 4, True, ["few-stations"]),
        (2, 2, True, ["few-stations"]),
        (1, 1, True, ["one-team", "few-stations"]),
        (0, 0, False, []),
    ],
)
def test_a_cell_of_one_team_or_few_stations_is_hidden_in_public(teams, there, hidden, why):
    verdict = exposing(teams=teams, stations=there)
    assert (verdict.showing is Showing.HIDDEN) == hidden
    assert codes(verdict) == why
    assert verdict.has_count is not hidden


def test_two_gates_are_as_strict_as_the_stricter():
    both = observed(12).and_(exposing(teams=1, stations=12))
    assert both.showing is Showing.HIDDEN
    assert codes(both) == ["few-answers", "one-team"]
    assert both.rule == "observed counts 1 + public cells 1"
    assert exposing(teams=3, stations=9).and_(observed(12)).showing is Showing.COUNT_FIRST


@pytest.mark.parametrize(
    ("p", "variance", "n", "df", "showing", "why"),
    [
        (0.2, 0.0004, 400, 40, "full", []),
        (0.2, 0.0004, 29, 28, "suppressed", ["few-answers"]),
        (0.2, 0.0004, 400, 0, "suppressed", ["no-degrees"]),
        (0.2, 0.2 * 0.8 / 25, 400, 40, "suppressed", ["few-effective"]),
        (0.5, 0.25 / 40, 60, 50, "suppressed", ["wide"]),
        (0.04, 0.04 * 0.96 / 100, 100, 90, "suppressed", ["wide-for-its-size"]),
        (0.01, 0.01 * 0.99 / 900, 900, 90, "full", []),
        (0.96, 0.04 * 0.96 / 100, 100, 90, "full", ["complement"]),
        (0.2, 0.0004, 400, 7, "review", ["few-degrees"]),
        (0.0, 0.0, 120, 40, "review", ["no-event"]),
        (1.0, 0.0, 120, 6, "review", ["few-degrees", "no-event"]),
    ],
)
def test_estimated_proportions(p, variance, n, df, showing, why):
    verdict = of_proportion(p, variance, n, df)
    assert verdict.showing == showing
    if p == 1.0:
        assert set(why) <= set(codes(verdict))
    else:
        assert codes(verdict) == why
    for reason in verdict.reasons:
        assert reason.text().languages() == {"en", "kk", "ru"}
        assert "{" not in str(reason.text())


def test_an_estimate_goes_through_its_gate():
    there, design = stations.sample(), stations.design()
    assert estimated(proportion(design, there["neg"])).showing is Showing.FULL
    urban_first = proportion(design, there["neg"], domain=there["urb"] & (there["h"] == 1))
    assert estimated(urban_first).showing is Showing.SUPPRESSED


def test_every_reason_can_be_said():
    details = {"n": "1", "least": "2", "width": "3", "most": "4", "df": "5"}
    for code in REASONS:
        text = Reason(code, tuple(details.items())).text()
        assert text.languages() == {"en", "kk", "ru"}


def test_words_tables_and_releases_have_one_threshold():
    assert gates.LEAST_STATIONS == disclosure.LEAST_STATIONS
    assert quantifiers.LEAST_FOR_SHARE is gates.LEAST_FOR_SHARE
    assert gates.OBSERVED.least_for_share == quantifiers.QUANTIFIERS["majority"].least


def test_the_words_of_a_statement_do_not_load_numpy():
    code = "import sys, paragraph8.wording.quantifiers; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("count", [-1, 2.5, True])
def test_what_is_no_count_is_refused(count):
    for gate in (lambda: observed(count), lambda: exposing(teams=count, stations=3)):
        with pytest.raises(RefusedEstimateError, match="not-a-count"):
            gate()
    with pytest.raises(RefusedEstimateError, match="not-a-share"):
        of_proportion(1.5, 0.01, 100, 20)
