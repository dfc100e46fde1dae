"""What `p8 bench statistics` measures is what it says; small, as the size is not what is tested."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from paragraph8.bench import estimates, statistics


@pytest.fixture
def given():
    return estimates.invented(15_000)


def test_the_invented_reports_cross_regions_and_units(given):
    units = given["strata"] * estimates.UNITS + given["units"]
    assert sorted(set(given["strata"].tolist())) == list(range(20))
    assert set(np.unique(given["answers"])) == {-1, 0, 1}
    assert given["answers"].shape == (15_000, 60)
    assert len({*zip(units.tolist(), given["regions"].tolist(), strict=True)}) > len(set(units.tolist()))
    assert not (np.diff(units) >= 0).all()


def test_arrays_and_file_give_the_same_estimates(given, tmp_path):
    estimates.write(str(tmp_path / "reports.parquet"), "15000")
    one = estimates._from_arrays(given)
    other = estimates._from_parquet(tmp_path / "reports.parquet")
    assert one.values.shape == other.values.shape == (18, 60)
    order = [0, *(1 + int(name.split()[1]) for name in other.domains[1:])]
    np.testing.assert_array_equal(one.n[order], other.n)
    np.testing.assert_allclose(one.values[order], other.values, rtol=1e-12)
    np.testing.assert_allclose(one.variances[order], other.variances, rtol=1e-12)


def test_a_case_runs_in_a_process_of_its_own_and_tells_what_it_took(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "paragraph8.bench.estimates", "evening"], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    assert {"cpu_s", "wall_s", "peak_rss_mb", "estimates"} <= set(found)
    assert found["estimates"] == 1020
    assert found["cpu_s"] > 0


def test_every_case_is_measured_and_a_missing_extra_is_said(monkeypatch):
    told = []

    def measured(name, compiled):
        told.append(name)
        return {"within_limit": name != "live"}

    monkeypatch.setattr(sys.modules["paragraph8.bench.statistics"], "_measured", measured)
    monkeypatch.setattr(sys.modules["paragraph8.bench.statistics"], "find_spec", lambda _: None)
    found = statistics()
    assert told == ["import", "arrays", "evening", "live", "import"]
    assert "big" in found["parquet"]["left_out"]
    assert found["limits_kept"] is False
