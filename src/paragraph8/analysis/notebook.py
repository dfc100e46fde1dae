"""The example notebook: the same numbers in Python, with `paragraph8.statistics` and nothing else but numpy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

COUNTED = "## Shares of observations\n\nCounted again from the reports. No interval belongs to them."
DRAWN = (
    "## Estimates from the drawn sample\n\n"
    "The design stands in the columns `group`, `weight` and `population`; README says how the weights come about."
)

READING = '''\
import csv
from pathlib import Path


def plain(cell):
    """The cell without the apostrophe that keeps spreadsheets from running it; None where it is empty."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\\t") else cell or None


def read(name):
    """The rows of a table."""
    with Path(name).open(encoding="utf-8", newline="") as file:
        return [{column: plain(cell) for column, cell in row.items()} for row in csv.DictReader(file)]


figures = read("figures.csv")
print(len(figures), "figures, as of change", figures[0]["as_of"] if figures else "–")'''

SAYS = '''\
def says(cell, answer):
    """Whether one of the codes of the answer was given; several codes of one cell stand apart by a bar."""
    return bool(set(cell.split("|")) & set(answer.split("+")))'''

COUNTS = """\
tables, again = {}, []
for figure in figures:
    if figure["measure"] != "answer" or figure["per"] == "station" or figure["data"] is None:
        continue
    if figure["data"] not in tables:
        tables[figure["data"]] = read(figure["data"])
    cells = [
        row[figure["question"]]
        for row in tables[figure["data"]]
        if figure["area"] in (None, row["area"]) and row[figure["question"]] is not None
    ]
    x, y = sum(says(cell, figure["answer"]) for cell in cells), len(cells)
    assert (x, y) == (int(figure["numerator"]), int(figure["denominator"])), figure["key"]
    again.append((figure["key"], x, y))
print(len(again), "shares of observations come out the same")"""

ESTIMATES = '''\
from paragraph8.statistics import SampleDesign, Single, proportion


def design_of(rows):
    """The design of the stations that reported."""
    return SampleDesign.declare(
        weights=[float(row["weight"]) for row in rows],
        strata=[row["group"] for row in rows],
        populations=[float(row["population"]) for row in rows],
        singles=Single.ADJUST,
    )


def close(ours, theirs):
    """Whether two numbers are the same but for the last digits."""
    return abs(float(ours) - theirs) <= 1e-9 * max(1.0, abs(theirs))


samples, estimated = {}, 0
for figure in figures:
    if figure["kind"] != "estimate" or figure["standard_error"] is None or figure["data"] is None:
        continue
    if figure["data"] not in samples:
        reported = [row for row in read(figure["data"]) if row["missing"] is None]
        samples[figure["data"]] = (reported, design_of(reported))
    rows, design = samples[figure["data"]]
    cells = [row[figure["question"]] for row in rows]
    here = [cell is not None and figure["area"] in (None, row["area"]) for cell, row in zip(cells, rows)]
    yes = [cell is not None and says(cell, figure["answer"]) for cell in cells]
    found = proportion(design, yes, domain=here)
    assert close(figure["value"], found.value) and close(figure["standard_error"], found.se), figure["key"]
    if figure["interval"] == "korn-graubard":
        bounds = found.interval()
        assert close(figure["low"], bounds.low) and close(figure["high"], bounds.high), figure["key"]
    estimated += 1
print(estimated, "estimates come out the same, with their standard errors")'''


def notebook(*, title: str, notice: str, counts: bool, estimates: bool) -> bytes:
    """`reproduce.ipynb`: notebook format 4.5. Its code cells run in the folder, one after the other."""
    cells = [_words(f"# {title}\n\n{notice}\n\nRun in the folder of the data, where `paragraph8` is installed.")]
    cells.append(_code(READING))
    if counts:
        cells += [_words(COUNTED), _code(SAYS), _code(COUNTS)]
    if estimates:
        cells += [_words(DRAWN), *([] if counts else [_code(SAYS)]), _code(ESTIMATES)]
    body = {
        "cells": [{"id": f"cell-{place}", **cell} for place, cell in enumerate(cells, start=1)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(text: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": _lines(text)}


def _lines(text: str) -> Sequence[str]:
    return text.splitlines(keepends=True)
