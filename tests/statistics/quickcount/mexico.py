"""The real sample of the quick count of the presidential election of 1 July 2018 in Mexico, from the reference data."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from paragraph8.statistics.quickcount.returns import DrawnSample, Returns

CONTESTANTS = ("AMLO", "RAC", "JAMK", "JHRC")
KINDS = {"1": "urban", "2": "mixed", "3": "rural"}
ZONE = timezone(timedelta(hours=-5))
"""The clock of the file: Mexico City in summer."""


def folder() -> Path:
    """The folder of reference data; the test is skipped where there is none."""
    named = os.environ.get("P8_REFERENCE_DATA")
    if not named:
        pytest.skip("P8_REFERENCE_DATA is not set: the real files are not at hand")
    return Path(named)


def night() -> Returns:
    """The 7,787 stations drawn and the 6,307 reports with the second of their arrival, in Unix time."""
    drawn = _rows(_text(folder() / "mexico-2018-sample.csv.gz"), ",")
    text = _text(folder() / "mexico-2018-reports.txt.gz")
    reports = {_key(row): row for row in _rows(text.partition("\n")[2], "|") if int(row["TOTAL"]) > 0}
    cells = {
        (row["estrato"], KINDS[row["tipo_seccion"]]): int(row["stations"])
        for row in _rows((folder() / "mexico-2018-frame.csv").read_text(), ",")
    }
    strata: Counter[str] = Counter()
    for (stratum, _), n in cells.items():
        strata[stratum] += n
    sample = DrawnSample.of(
        [_key(row) for row in drawn],
        strata=[row["ID_ESTRATO_F"] for row in drawn],
        populations=strata,
        kinds=[KINDS[row["TIPO_SECCION"]] for row in drawn],
        cell_populations=cells,
        registered=[int(row["LISTA_NOMINAL"]) for row in drawn],
    )
    back = [reports.get(station) for station in sample.stations]
    return Returns.of(
        sample,
        contestants=CONTESTANTS,
        votes=np.array([[float(row[name]) if row else np.nan for name in CONTESTANTS] for row in back]),
        base=[float(row["TOTAL"]) if row else np.nan for row in back],
        ballots=[float(row["TOTAL"]) if row else np.nan for row in back],
        arrived=[_arrived(row) if row else np.nan for row in back],
    )


def at(hour: int, minute: int = 0) -> float:
    """A moment of that night on the file's clock, in Unix time."""
    return (datetime(2018, 7, 1, tzinfo=ZONE) + timedelta(hours=hour, minutes=minute)).astimezone(UTC).timestamp()


def _arrived(row: dict[str, str]) -> float:
    names = ("ANIO", "MES", "DIA", "HORA", "MINUTOS", "SEGUNDOS")
    return datetime(*(int(row[name]) for name in names), tzinfo=ZONE).timestamp()  # type: ignore[arg-type,misc]


def _key(row: dict[str, str]) -> str:
    numbers = [str(int(row[name])) for name in ("iD_ESTADO", "SECCION", "ID_CASILLA", "EXT_CONTIGUA")]
    return "-".join([numbers[0], numbers[1], row["TIPO_CASILLA"], *numbers[2:]])


def _rows(text: str, separator: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace")
