"""Numbers as they stand printed in a reference: every digit given counts, and none that is not."""

from __future__ import annotations

from decimal import Decimal


def agrees(value: float, printed: str) -> bool:
    """Whether a value is the printed one to half a unit of its last digit (and a hundredth of one)."""
    said = Decimal(printed.replace(",", ""))
    unit = Decimal(1).scaleb(min(int(said.as_tuple().exponent), 0))
    return abs(Decimal(float(value)) - said) <= unit * Decimal("0.51")


def agree(estimate, printed: str, se: str) -> None:
    """Assert that an estimate and its standard error are the printed ones."""
    assert agrees(estimate.value, printed), (estimate.name, estimate.value, printed)
    assert agrees(estimate.se, se), (estimate.name, estimate.se, se)
