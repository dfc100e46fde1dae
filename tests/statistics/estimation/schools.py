"""The three school samples that the field tests with, read from the folder of real data; they are not ours to ship."""

from __future__ import annotations

import csv
import gzip
import io
import os
from pathlib import Path

import numpy as np
import pytest

from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.stages import Single


class Schools:
    """One file: columns by name, numbers where they are numbers, and the design it was drawn with."""

    def __init__(self, name: str) -> None:
        folder = os.environ.get("P8_REFERENCE_DATA")
        if not folder:
            pytest.skip(f"real data: set P8_REFERENCE_DATA to the folder that holds {name}.csv.gz")
        data = gzip.decompress((Path(folder) / f"{name}.csv.gz").read_bytes()).decode()
        self.name = name
        self.rows = list(csv.DictReader(io.StringIO(data)))

    def __getitem__(self, column: str) -> np.ndarray:
        values = [row[column] for row in self.rows]
        try:
            return np.array([float(value) if value not in ("", "NA") else np.nan for value in values])
        except ValueError:
            return np.array(values)

    def yes(self, column: str) -> np.ndarray:
        return self[column] == "Yes"

    def design(self, *, finite: bool = True, singles: Single = Single.FAIL, weights: bool = True) -> SampleDesign:
        given = {"weights": self["pw"] if weights else None, "singles": singles}
        if self.name == "apistrat":
            return SampleDesign.declare(strata=self["stype"], populations=self["fpc"] if finite else None, **given)
        if self.name == "apiclus1":
            return SampleDesign.declare(units=self["dnum"], populations=self["fpc"] if finite else None, **given)
        populations = [self["fpc1"], self["fpc2"]] if finite else None
        return SampleDesign.declare(units=[self["dnum"], self["snum"]], populations=populations, **given)
