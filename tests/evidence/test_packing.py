"""Figures in few bytes: what is packed comes back, one figure at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paragraph8.domain.figures import Basis, Figure, Interval, Key, Kind, Origin, RowsDigest, Unit
from paragraph8.domain.text import Text
from paragraph8.evidence.packing import Figures, pack

WHOLE = Figure(
    key=Key.of("eday", "answer", form="f", question="Q", answer="yes"),
    kind=Kind.SHARE,
    basis=Basis.OBSERVED,
    origin=Origin.SIMULATED,
    unit=Unit.OBSERVATION,
    title=Text.of({"en": "Q", "kk": "С", "ru": "В"}),
    as_of=7,
    method="answer@1",
    numerator=2,
    denominator=4,
    left_out=(("not-asked", 1), ("refused", 3)),
    n_stations=3,
    n_teams=2,
    n_areas=1,
)
NORTH = replace(WHOLE, key=WHOLE.key.within("A"), numerator=0, denominator=0, left_out=(), n_areas=0)
SPREAD = replace(
    WHOLE,
    key=Key.of("eday", "spread", form="f", question="N"),
    kind=Kind.SPREAD,
    value=3,
    numerator=None,
    denominator=None,
    spread=(1, 2, 3, 4, 5),
)
ESTIMATE = Figure(
    key=Key.of("sample", "share", question="Q"),
    kind=Kind.SHARE,
    basis=Basis.PROBABILITY,
    origin=Origin.REAL,
    unit=Unit.STATION,
    title=Text.of("Estimated"),
    as_of=7,
    method="share@1",
    numerator=1,
    denominator=3,
    interval=Interval("0.1", "0.6", "0.95", "korn-graubard"),
    rows=RowsDigest("p", 3, "ab"),
    inputs=(WHOLE.key,),
    source="a source",
)


def test_every_figure_comes_back_as_it_was() -> None:
    figures = (WHOLE, NORTH, SPREAD, ESTIMATE)
    read = Figures(pack(figures), 7)
    assert dict(read) == {figure.key: figure for figure in figures}
    assert len(read) == 4


def test_figures_of_an_area_that_are_another_quantity_keep_their_own_title() -> None:
    other = replace(NORTH, title=Text.of("In the north alone"))
    assert dict(Figures(pack([WHOLE, other]), 7)) == {WHOLE.key: WHOLE, other.key: other}


def test_an_area_without_the_whole_is_no_figure_of_the_whole() -> None:
    read = Figures(pack([NORTH]), 7)
    assert NORTH.key in read
    assert WHOLE.key not in read
    with pytest.raises(KeyError):
        read[WHOLE.key.within("B")]


def test_nothing_packed_is_nothing_read() -> None:
    assert dict(Figures(pack([]), 7)) == {}


def test_the_legend_is_the_same_as_long_as_only_numbers_change() -> None:
    before, after = pack([WHOLE, NORTH]), pack([replace(WHOLE, numerator=3), replace(NORTH, denominator=1)])
    assert before.legend == after.legend
    assert before.cells != after.cells
