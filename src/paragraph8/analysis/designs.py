"""The design as tables: what was drawn from what, and with which chances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paragraph8.statistics.sampling.design import Design

from .tables import Column, Holds, Table


@dataclass(frozen=True, kw_only=True)
class DrawnSample:
    """A recorded draw as the folder tells it. `replaced` says of a station that could not be reached which reserve
    stepped in."""

    number: int
    name: str
    purpose: str
    strata_by: str
    commitment: str
    design: Design
    replaced: tuple[tuple[str, str], ...]


def strata_table(draws: Sequence[DrawnSample], *, origin: str) -> Table:
    """`strata.csv`: one row a stratum of a draw, with N_h and n_h."""
    columns = [
        Column("sample", Holds.WHOLE),
        Column("name"),
        Column("purpose"),
        Column("method"),
        Column("allocation"),
        Column("strata_by"),
        Column("stratum"),
        Column("there", Holds.WHOLE),
        Column("drawn", Holds.WHOLE),
        Column("certain", Holds.WHOLE),
        Column("frame_sha256"),
        Column("seed_sha256"),
        Column("origin"),
    ]
    rows = [
        (
            draw.number,
            draw.name,
            draw.purpose,
            f"{draw.design.method.value}@{draw.design.version}",
            draw.design.allocation.value,
            draw.strata_by,
            stratum.code,
            stratum.there,
            stratum.drawn,
            stratum.certain,
            draw.design.frame,
            draw.commitment,
            origin,
        )
        for draw in draws
        for stratum in draw.design.strata
    ]
    return Table.of("strata", columns, rows)


def drawn_table(draws: Sequence[DrawnSample], *, origin: str) -> Table:
    """`drawn.csv`: one row a drawn station, in the order of the draw, with its probability as an exact fraction and its
    design weight, before anybody reported."""
    columns = [
        Column("sample", Holds.WHOLE),
        Column("station"),
        Column("stratum"),
        Column("probability"),
        Column("design_weight", Holds.NUMBER),
        Column("certain", Holds.WHOLE),
        Column("gave_way_to"),
        Column("origin"),
    ]
    rows = [
        (
            draw.number,
            unit.station,
            unit.stratum,
            f"{unit.probability.numerator}/{unit.probability.denominator}",
            repr(float(1 / unit.probability)),
            int(unit.certain),
            dict(draw.replaced).get(unit.station),
            origin,
        )
        for draw in draws
        for unit in draw.design.drawn
    ]
    return Table.of("drawn", columns, rows)
