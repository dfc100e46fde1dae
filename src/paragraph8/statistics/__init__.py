"""What may be said, and how surely. Pure: numpy and `domain`.

The estimates are at hand from here: `from paragraph8.statistics import SampleDesign, proportion`. A name is looked up
when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .estimation.agreement import Agreement, cohen_kappa, gwet_ac1, krippendorff_alpha, percent
    from .estimation.calibration import Calibrated, Distance, greg, indicators, post_stratify, rake
    from .estimation.cells import Cells
    from .estimation.designs import SampleDesign
    from .estimation.estimates import Estimate, Estimates, Measure
    from .estimation.hypotheses import benjamini_hochberg, independence, two_domains
    from .estimation.intervals import Interval, limits
    from .estimation.live import Answered, LiveState
    from .estimation.moments import Proportions
    from .estimation.parquet import cells_of_parquet
    from .estimation.quantiles import Quantile, quantile
    from .estimation.refusals import RefusedEstimateError
    from .estimation.replication import ReplicateEstimates, ReplicateWeights
    from .estimation.stages import Single
    from .estimation.taylor import (
        Quantity,
        by_domain,
        covariance,
        difference,
        estimate,
        mean,
        proportion,
        ratio,
        scores,
        shares,
        total,
    )

__all__ = [
    "Agreement",
    "Answered",
    "Calibrated",
    "Cells",
    "Distance",
    "Estimate",
    "Estimates",
    "Interval",
    "LiveState",
    "Measure",
    "Proportions",
    "Quantile",
    "Quantity",
    "RefusedEstimateError",
    "ReplicateEstimates",
    "ReplicateWeights",
    "SampleDesign",
    "Single",
    "benjamini_hochberg",
    "by_domain",
    "cells_of_parquet",
    "cohen_kappa",
    "covariance",
    "difference",
    "estimate",
    "greg",
    "gwet_ac1",
    "independence",
    "indicators",
    "krippendorff_alpha",
    "limits",
    "mean",
    "percent",
    "post_stratify",
    "proportion",
    "quantile",
    "rake",
    "ratio",
    "scores",
    "shares",
    "total",
    "two_domains",
]

_MODULES = {
    "agreement": (
        "Agreement",
        "cohen_kappa",
        "gwet_ac1",
        "krippendorff_alpha",
        "percent",
    ),
    "calibration": (
        "Calibrated",
        "Distance",
        "greg",
        "indicators",
        "post_stratify",
        "rake",
    ),
    "cells": ("Cells",),
    "designs": ("SampleDesign",),
    "estimates": (
        "Estimate",
        "Estimates",
        "Measure",
    ),
    "hypotheses": (
        "benjamini_hochberg",
        "independence",
        "two_domains",
    ),
    "intervals": (
        "Interval",
        "limits",
    ),
    "live": (
        "Answered",
        "LiveState",
    ),
    "moments": ("Proportions",),
    "parquet": ("cells_of_parquet",),
    "quantiles": (
        "Quantile",
        "quantile",
    ),
    "refusals": ("RefusedEstimateError",),
    "replication": (
        "ReplicateEstimates",
        "ReplicateWeights",
    ),
    "stages": ("Single",),
    "taylor": (
        "Quantity",
        "by_domain",
        "covariance",
        "difference",
        "estimate",
        "mean",
        "proportion",
        "ratio",
        "scores",
        "shares",
        "total",
    ),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.estimation.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
