"""R with the package `survey`, as the second opinion on our numbers.

`python tests/analysis/survey.py` prints what the machine lacks for these tests, by its names in Debian; its exit code
is 1 when something is missing. Unlike a browser, R may be missing: its tests are skipped then, and say why.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

WITHOUT = "R with the package survey is not installed (Debian: apt-get install --no-install-recommends {missing})"
LONGEST = 300
"""Seconds that a script may take."""


def rscript() -> str | None:
    """The program's path, or None."""
    return shutil.which("Rscript")


def missing() -> list[str]:
    """Packages of Debian without which these tests cannot run here."""
    program = rscript()
    if program is None:
        return ["r-base-core", "r-cran-survey"]
    found = subprocess.run([program, "-e", "library(survey)"], capture_output=True, check=False, env=_environment())
    return [] if found.returncode == 0 else ["r-cran-survey"]


def reason() -> str:
    """Why the tests are skipped; empty where they can run."""
    lacking = missing()
    return WITHOUT.format(missing=" ".join(lacking)) if lacking else ""


def ran(script: str, folder: Path) -> str:
    """What a script prints, run in the folder. Raises `AssertionError` with R's own words when it fails."""
    program = rscript()
    assert program
    done = subprocess.run(
        [program, "--vanilla", "-e", script],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
        env=_environment(),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def table(script: str, folder: Path, *, value: str = "found") -> list[list[float]]:
    """The numbers of a matrix that a script leaves under a name, in seventeen digits."""
    written = folder / "found.by.r"
    closing = f'\nwrite.table(format({value}, digits = 17), "{written}", sep = ",", quote = FALSE, '
    ran(script + closing + "row.names = FALSE, col.names = FALSE)", folder)
    with written.open(newline="") as file:
        rows = [[float(cell) for cell in row] for row in csv.reader(file)]
    written.unlink()
    return rows


def _environment() -> dict[str, str]:
    """UTF-8 whatever the caller's locale, and no settings of R that a person has at home."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


if __name__ == "__main__":
    lacking = missing()
    print(*lacking)
    sys.exit(1 if lacking else 0)
