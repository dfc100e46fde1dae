"""The data files of a release: canonical JSON, and a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Figure, Kind
from paragraph8.domain.text import Text

from .labels import WITHHELD

COLUMNS = (
    "key",
    "title",
    "kind",
    "value",
    "numerator",
    "denominator",
    "left_out",
    "left_out_by_reason",
    "unit",
    "basis",
    "origin",
    "n_stations",
    "n_teams",
    "n_areas",
    "as_of",
    "method",
    "source",
    "notice",
)
"""The header of `figures.csv`. An empty cell is a quantity that the figure does not have."""

ESTIMATE_COLUMNS = (
    "estimate",
    "scale",
    "standard_error",
    "low",
    "high",
    "level",
    "interval_method",
    "df",
    "n",
    "reported",
    "drawn",
    "population",
)
"""More columns of a table that holds an estimate; a release without any has the columns that it always had."""

_FORMULA = ("=", "+", "-", "@", "\t")
"""A cell that begins so would be run as a formula by a spreadsheet."""


def figures_json(figures: Iterable[Figure]) -> bytes:
    """`figures.json`: the figures in the order of their keys."""
    return canonical([figure.to_json() for figure in sorted(figures, key=lambda figure: str(figure.key))])


NOTICE = "NOTICE.txt"
"""Says of the whole folder what files of rows and hashes have no room to say themselves."""


def notice_txt(notice: Text) -> bytes:
    """`NOTICE.txt`: the notice that holds for every file beside it and below it, in all its languages."""
    return "".join(f"{string}\n" for _, string in notice.strings if string).encode()


def withheld_json(withheld: Mapping[str, str]) -> bytes:
    """`withheld.json`: of each figure that stays inside, the key and the reason, as a code and in words."""
    return canonical(
        [{"key": key, "reason": reason, "text": WITHHELD[reason].to_json()} for key, reason in sorted(withheld.items())]
    )


def withheld_from_json(data: Any) -> dict[str, str]:
    """Key → reason, as `withheld_json` wrote it. Raises `KeyError`, `TypeError` or `ValueError` on anything else."""
    return {str(item["key"]): str(item["reason"]) for item in data}


def figures_csv(figures: Iterable[Figure], notice: Text) -> bytes:
    """`figures.csv`: UTF-8, comma, LF, header row; titles in English where there is one; the notice in every row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    ordered = sorted(figures, key=lambda figure: str(figure.key))
    more = ESTIMATE_COLUMNS if any(figure.estimate for figure in ordered) else ()
    writer.writerow((*COLUMNS, *more))
    for figure in ordered:
        writer.writerow([*_row(figure, str(notice)), *_estimated(figure, more)])
    return out.getvalue().encode()


def _row(figure: Figure, notice: str) -> Sequence[Any]:
    cells = {
        "key": str(figure.key),
        "title": _text(str(figure.title)),
        "kind": figure.kind.value,
        "value": _value(figure),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "left_out": figure.left_out_total(),
        "left_out_by_reason": "; ".join(f"{reason} {n}" for reason, n in figure.left_out),
        "unit": figure.unit.value,
        "basis": figure.basis.value,
        "origin": figure.origin.value,
        "n_stations": figure.n_stations,
        "n_teams": figure.n_teams,
        "n_areas": figure.n_areas,
        "as_of": figure.as_of,
        "method": figure.method,
        "source": _text(figure.source),
        "notice": _text(notice),
    }
    return [cells[column] for column in COLUMNS]


def _estimated(figure: Figure, columns: Sequence[str]) -> Sequence[Any]:
    """The cells of an estimate, numbers as they stand in the figure; empty for other figures."""
    estimate, interval = figure.estimate, figure.interval
    if estimate is None:
        return [None] * len(columns)
    cells = {**estimate.to_json(), "estimate": estimate.value}
    if interval is not None:
        cells |= {"low": interval.low, "high": interval.high, "level": interval.level}
        cells["interval_method"] = interval.method
    return [cells.get(column) for column in columns]


def _value(figure: Figure) -> int | str | None:
    """A whole number, or "yes" and "no" as words: a spreadsheet must not add them up."""
    if figure.kind is Kind.YES_NO:
        return "yes" if figure.value else "no"
    return figure.value


def _text(string: str) -> str:
    return f"'{string}" if string.startswith(_FORMULA) else string
