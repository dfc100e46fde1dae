"""R's `survey` comes to our numbers: with the ten lines that README prints, and on schools that everybody knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.analysis.operations import export
from paragraph8.analysis.rscript import COUNTS, ESTIMATES
from paragraph8.statistics.sampling.design import Method

from .conftest import sampled_mission
from .survey import ran, reason, table
from .test_export import rows

AGREEMENT = 1e-8

pytestmark = pytest.mark.skipif(bool(reason()), reason=reason())


def ours(folder: Path, *columns: str) -> list[list[float]]:
    """What the lines select of `figures.csv`."""
    figures = rows(folder, "figures.csv")
    if "numerator" in columns:
        chosen = [row for row in figures if row["measure"] == "answer" and not row["per"]]
    else:
        chosen = [row for row in figures if row["kind"] == "estimate" and row["interval"] == "korn-graubard"]
    return [[float(row[column]) for column in columns] for row in chosen]


def worst(one: list[list[float]], other: list[list[float]]) -> float:
    assert [len(row) for row in one] == [len(row) for row in other]
    return max(abs(a - b) for mine, theirs in zip(one, other, strict=True) for a, b in zip(mine, theirs, strict=True))


@pytest.mark.parametrize("method", [Method.SIMPLE, Method.SYSTEMATIC, Method.PPS_SYSTEMATIC])
def test_ten_lines_of_r_come_to_our_estimates(
    mission: SmallMission, sequenced: Callable[[], int], tmp_path: Path, method: Method
) -> None:
    """Value, standard error and both ends of the interval, for the country and each region; one stratum has a single
    report."""
    sampled_mission(mission, sequenced, method)
    folder = export(mission=mission.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    mine = ours(folder, "value", "standard_error", "low", "high")
    assert len(mine) > 20
    assert worst(mine, table(ESTIMATES, folder)) < AGREEMENT


def test_ten_lines_of_r_come_to_our_counts(folder: Path) -> None:
    mine = ours(folder, "numerator", "denominator")
    assert len(mine) > 20
    assert table(COUNTS, folder) == mine


def test_the_script_runs_as_it_lies_there(folder: Path) -> None:
    said = ran('source("reproduce.R")', folder)
    assert "eday.estimate[answer=bad,form=counting,question=C02,sample=1]" in said


def test_the_counts_of_a_mission_without_a_sample_need_no_package(observed: SmallMission, tmp_path: Path) -> None:
    folder = export(mission=observed.row, target=tmp_path / "1", by=SERVER, now=NOW).folder
    assert table(COUNTS, folder) == ours(folder, "numerator", "denominator")
    assert "survey" not in ran('source("reproduce.R"); print(loadedNamespaces())', folder)
