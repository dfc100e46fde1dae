"""How long something took, and on which machine."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from paragraph8 import __version__

Result = dict[str, Any]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    start = time.perf_counter()
    result = work()
    return round(time.perf_counter() - start, 3), result


def with_machine(result: Result) -> Result:
    """The result with the machine that it was measured on."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        **result,
        "within_limit": result["seconds"] <= result["limit_seconds"] if "limit_seconds" in result else None,
        "peak_mb": peak,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "version": __version__,
    }


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def quiet(_line: Any) -> None:
    """Progress that nobody reads."""
