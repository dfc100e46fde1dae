"""The cases of `p8 bench statistics`, each in a process of its own: `python -m paragraph8.bench.estimates CASE`."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from paragraph8.statistics.estimation.moments import Proportions

QUESTIONS, REGIONS, STRATA, UNITS = 60, 17, 20, 500


def invented(reports: int) -> dict[str, np.ndarray[Any, Any]]:
    """Reports of units in strata, in the order of chance: a tenth says yes, one answer in fifty is missing, and regions
    cross the units."""
    import numpy as np

    chance = np.random.default_rng(2019)
    place = chance.permutation(reports)
    answers = np.empty((reports, QUESTIONS), dtype=np.int8)
    for start in range(0, reports, 10_000):
        rows = answers[start : start + 10_000]
        said = chance.random(rows.shape, dtype=np.float32)
        rows[:] = (said < 0.1).astype(np.int8) - 2 * (said > 0.98)
    np.maximum(answers, -1, out=answers)
    strata = place * STRATA // reports
    return {
        "strata": strata,
        "units": place * STRATA * UNITS // reports % UNITS,
        "weights": 10.0 + 1.7 * strata,
        "populations": 5_000 + 100 * strata,
        "regions": chance.integers(0, REGIONS, reports),
        "answers": answers,
    }


def arrays(*, reports: int = 1_000_000) -> dict[str, Any]:
    """Every share of every region and of all, with standard error and Korn-Graubard interval, from arrays."""
    given = invented(reports)
    _ready()
    cpu, wall, found = _timed(lambda: _from_arrays(given))
    return _case(cpu, wall, found, limit_cpu_s=0.6, limit_mb=1000, reports=reports)


def parquet(*, reports: int = 1_000_000) -> dict[str, Any]:
    """The same from a Parquet file, written by another process."""
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory(prefix="p8-bench-") as folder:
        file = Path(folder) / "reports.parquet"
        subprocess.run([sys.executable, "-m", __spec__.name, "write", str(file), str(reports)], check=True)
        import polars  # noqa: F401 - part of the start, as numpy is

        _ready()
        cpu, wall, found = _timed(lambda: _from_parquet(file))
    return _case(cpu, wall, found, limit_cpu_s=1.2, limit_mb=1000, reports=reports)


def evening() -> dict[str, Any]:
    """20,000 reports, as many as a large mission has: the middle of nine runs after one."""
    given = invented(20_000)
    _ready()
    runs = [_timed(lambda: _from_arrays(given)) for _ in range(10)]
    cpu, wall, found = sorted(runs[1:], key=lambda run: run[0])[4]
    return {
        **_case(cpu, wall, found, limit_cpu_s=0.03, limit_mb=1000, reports=20_000),
        "first_cpu_s": round(runs[0][0], 4),
    }


def live() -> dict[str, Any]:
    """A night: each of 20,000 reports comes in, half are corrected, a tenth moves to another unit and is withdrawn;
    then one reading, and the check against counting everything again."""
    from paragraph8.statistics.estimation.designs import SampleDesign
    from paragraph8.statistics.estimation.live import Answered, LiveState

    given, reports = invented(20_000), 20_000
    design = SampleDesign.declare(
        strata=[unit // UNITS for unit in range(STRATA * UNITS)],
        units=range(STRATA * UNITS),
        populations=[5_000 + 100 * (unit // UNITS) for unit in range(STRATA * UNITS)],
    )
    state = LiveState(design, questions=[f"q{k}" for k in range(QUESTIONS)], domains=range(REGIONS))
    units = (given["strata"] * UNITS + given["units"]).tolist()
    regions = given["regions"].tolist()
    coming = [Answered(f"r{k}", units[k], regions[k], given["answers"][k]) for k in range(reports)]
    corrected = [Answered(f"r{k}", units[k], regions[k], given["answers"][-k]) for k in range(reports // 2)]
    moved = [Answered(f"r{k}", units[-k - 1], regions[k], given["answers"][k]) for k in range(reports // 10)]
    cpu, wall, _ = _timed(lambda: _each(state.update, coming))
    correcting, _, _ = _timed(lambda: _each(state.update, corrected))
    moving, _, _ = _timed(lambda: _each(state.update, moved))
    withdrawing, _, _ = _timed(lambda: _each(state.withdraw, [report.id for report in moved]))
    reading, _, found = _timed(state.proportions)
    checking, _, check = _timed(state.self_check)
    each = {
        "update_us": cpu / reports,
        "correction_us": correcting / len(corrected),
        "move_us": moving / len(moved),
        "withdrawal_us": withdrawing / len(moved),
    }
    if not check.agrees:
        raise AssertionError(f"the live state does not agree with counting again: {check}")
    return {
        **_case(cpu, wall, found, limit_cpu_s=reports * 50e-6, limit_mb=1000, reports=reports),
        **{name: round(seconds * 1e6, 1) for name, seconds in each.items()},
        "limit_us": 50,
        "read_ms": round(reading * 1e3, 1),
        "self_check_ms": round(checking * 1e3, 1),
        "self_check_difference": check.difference,
    }


def importing() -> dict[str, Any]:
    """The package with all that it offers, in a fresh process."""

    def load() -> None:
        from paragraph8 import statistics

        for name in statistics.__all__:
            getattr(statistics, name)

    cpu, wall, _ = _timed(load)
    return _case(cpu, wall, None, limit_cpu_s=0.3, limit_mb=1000)


def write(file: str, reports: str) -> None:
    """Write the reports as a Parquet file, regions as texts and missing answers empty."""
    import numpy as np
    import polars as pl

    given = invented(int(reports))
    names = np.array([f"Region {k:02}" for k in range(REGIONS)])
    columns = {name: given[name] for name in ("strata", "units", "weights", "populations")}
    answers = pl.DataFrame(given["answers"], schema=_names(), orient="row")
    answers = answers.with_columns(pl.when(pl.col(name) >= 0).then(pl.col(name)).alias(name) for name in _names())
    frame = pl.DataFrame({**columns, "region": names[given["regions"]]}).hstack(answers)
    frame.write_parquet(file)


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "arrays": arrays,
    "parquet": parquet,
    "evening": evening,
    "live": live,
    "import": importing,
}


def _names() -> list[str]:
    return [f"q{k + 1}" for k in range(QUESTIONS)]


def _ready() -> None:
    """Load what is measured, as a program that estimates has it loaded."""
    from paragraph8.statistics.estimation import cells, designs, intervals, moments, parquet

    del cells, designs, intervals, moments, parquet


def _from_arrays(given: dict[str, np.ndarray[Any, Any]]) -> Proportions:
    from paragraph8.statistics.estimation.cells import Cells
    from paragraph8.statistics.estimation.designs import SampleDesign

    design = SampleDesign.declare(
        weights=given["weights"], strata=given["strata"], units=given["units"], populations=given["populations"]
    )
    found = Cells.of(design, given["answers"], domains=given["regions"], questions=_names()).proportions()
    found.intervals()
    return found


def _from_parquet(file: Path) -> Proportions:
    from paragraph8.statistics.estimation.parquet import cells_of_parquet

    found = cells_of_parquet(
        file,
        questions=_names(),
        units="units",
        strata="strata",
        weights="weights",
        populations="populations",
        domains="region",
    ).proportions()
    found.intervals()
    return found


def _each(work: Callable[[Any], None], given: list[Any]) -> None:
    for one in given:
        work(one)


def _timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """CPU seconds of all threads, seconds of the clock, and what came of it."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    return time.process_time() - cpu, time.perf_counter() - wall, found


def _case(
    cpu: float, wall: float, found: Proportions | None, *, limit_cpu_s: float, limit_mb: int, **facts: Any
) -> dict[str, Any]:
    peak = _peak_mb()
    return {
        **facts,
        "cpu_s": round(cpu, 4),
        "wall_s": round(wall, 4),
        "peak_rss_mb": peak,
        "estimates": 0 if found is None else found.values.size - len(found.questions),
        "limit_cpu_s": limit_cpu_s,
        "within_limit": cpu <= limit_cpu_s and peak <= limit_mb,
    }


def _peak_mb() -> int:
    """The most memory that this process held; the kernel's other counter remembers the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(*sys.argv[2:])
    else:
        sys.stdout.write(json.dumps(CASES[sys.argv[1]]()))
