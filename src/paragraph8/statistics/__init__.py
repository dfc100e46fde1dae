"""What may be said, and how surely. Pure: numpy and `domain`.

The estimates are at hand from here: `from paragraph8.statistics import SampleDesign, proportion`. A name is looked up
when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .estimation.designs import SampleDesign
    from .estimation.estimates import Estimate, Estimates, Measure
    from .estimation.refusals import RefusedEstimateError
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
    "Estimate",
    "Estimates",
    "Measure",
    "Quantity",
    "RefusedEstimateError",
    "SampleDesign",
    "Single",
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
]

_MODULES = {
    "designs": ("SampleDesign",),
    "stages": ("Single",),
    "estimates": ("Estimate", "Estimates", "Measure"),
    "refusals": ("RefusedEstimateError",),
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
