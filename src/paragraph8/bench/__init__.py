"""Measurements: `p8 bench NAME` prints each with the machine it ran on, in a database of its own, thrown away."""

from __future__ import annotations

from collections.abc import Callable

from .deploy import deploy
from .figures import figures
from .kosovo import kosovo
from .live import live
from .machine import Result
from .receive import receive
from .release import release
from .stations import stations
from .statistics import statistics

BENCHES: dict[str, Callable[[], Result]] = {
    "figures": figures,
    "kosovo": kosovo,
    "release": release,
    "receive": receive,
    "stations": stations,
    "deploy": deploy,
    "live": live,
    "statistics": statistics,
}
