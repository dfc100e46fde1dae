"""Small nights for tests: three strata of forty stations, ten drawn in each, two who stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from paragraph8.statistics.quickcount.returns import DrawnSample, Returns

STRATA = ("a", "b", "c")


def sample(*, kinds: Sequence[str] | None = None, **more: Any) -> DrawnSample:
    """Thirty stations; the first six of each stratum urban, the other four rural."""
    strata = [stratum for stratum in STRATA for _ in range(10)]
    default = ["urban" if n % 10 < 6 else "rural" for n in range(30)]
    facts: dict[str, Any] = {
        "strata": strata,
        "populations": dict.fromkeys(STRATA, 40),
        "kinds": default if kinds is None else kinds,
        "cell_populations": {(h, kind): n for h in STRATA for kind, n in (("urban", 24), ("rural", 16))},
        "registered": [800] * 30,
        **more,
    }
    return DrawnSample.of([f"s{n:02d}" for n in range(30)], **facts)


def returns(
    *, out: Sequence[int] = (), apart: Sequence[int] = (), ahead: float = 40, of: DrawnSample | None = None
) -> Returns:
    """Every station has 500 votes and a little chance; the first leads by `ahead` each. Stations `out` are still out,
    those `apart` are in and kept apart. Station n arrives at second 60·n."""
    drawn = of or sample()
    chance = np.random.default_rng(7).integers(-20, 21, drawn.n).astype(float)
    votes = np.column_stack([250 + ahead / 2 + chance, 250 - ahead / 2 - chance])
    missing = np.isin(np.arange(drawn.n), list(out))
    votes[missing] = np.nan
    base = np.where(missing, np.nan, 500.0)
    return Returns.of(
        drawn,
        contestants=("anna", "berik"),
        votes=votes,
        base=base,
        ballots=base + 10,
        arrived=np.where(missing, np.nan, 60.0 * np.arange(drawn.n)),
        doubtful=np.isin(np.arange(drawn.n), list(apart)),
    )
