"""Estimates of a million reports, of an evening's, of a live state; each case in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from typing import Any

from .machine import Result, with_machine


def statistics() -> Result:
    """Seconds, memory and number of estimates of each case: 60 questions in 17 regions that cross 20 × 500 units."""
    from .estimates import CASES

    with tempfile.TemporaryDirectory(prefix="p8-bench-") as compiled:
        _measured("import", compiled)
        cases = {name: _measured(name, compiled) for name in CASES if name != "parquet" or find_spec("polars")}
    if "parquet" not in cases:
        cases["parquet"] = {"left_out": "the extra “big” is not installed"}
    return with_machine(
        {
            "bench": "statistics",
            **cases,
            "r_survey_cpu_s": 196,
            "svy_cpu_s": "35 to 42",
            "limits_kept": all(case.get("within_limit", True) for case in cases.values()),
        }
    )


def _measured(name: str, compiled: str) -> dict[str, Any]:
    """What a case found. Modules are compiled once, into a folder of their own, as in a package that is installed."""
    done = subprocess.run(
        [sys.executable, "-m", "paragraph8.bench.estimates", name],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""},
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
