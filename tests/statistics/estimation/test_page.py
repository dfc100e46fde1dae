"""The page on estimates says what the software does."""

from __future__ import annotations

import ast
import re

import pytest

from manual import ROOT, page, rows, section
from paragraph8.statistics.estimation.refusals import REFUSALS

FOLDER = ROOT / "src" / "paragraph8" / "statistics" / "estimation"
MODULES = ("columns", "stages", "designs", "taylor", "estimates", "moments", "cells", "live", "parquet")


def raised() -> set[str]:
    """The codes that the modules of this page refuse with."""
    found = set()
    for module in MODULES:
        for node in ast.walk(ast.parse((FOLDER / f"{module}.py").read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "RefusedEstimateError":
                found.add(ast.literal_eval(node.args[0]))
    return found


def documented() -> set[str]:
    table = rows(section(page("docs/statistics.md"), "## What is refused"))
    return {code for cells in table for code in re.findall(r"[a-z]+(?:-[a-z]+)+", cells[0].replace("`", " "))}


def test_every_refusal_is_on_the_page_and_no_other():
    assert len(raised()) > 30
    assert raised() == documented()
    assert raised() <= set(REFUSALS)


def test_the_example_can_be_typed(capsys):
    (example,) = re.findall(r"```python\n(.*?)```", page("docs/statistics.md"), re.DOTALL)
    exec(compile(example, "docs/statistics.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.startswith("0.4397 ± 0.0095, 5 degrees of freedom")


@pytest.mark.parametrize("name", re.findall(r"`(test_\w+\.py)`", page("docs/statistics.md")))
def test_the_tests_that_the_page_names_are_there(name):
    assert (ROOT / "tests" / "statistics" / "estimation" / name).exists()
