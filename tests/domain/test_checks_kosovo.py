"""The checks find what is really in 1,143 forms of citizen observers (Kosovo, first round of 2013)."""

from __future__ import annotations

import csv
import os
import re
import uuid
from collections import defaultdict
from pathlib import Path

import pytest

from domain.checks_voting_day import asking
from paragraph8.domain.checks import Seen, check_report, check_station
from paragraph8.domain.forms import Block, Form, Kind, Question
from paragraph8.domain.reports import Sent
from paragraph8.domain.text import Text

pytestmark = pytest.mark.reference
HOURS = ("PV07-10", "PV07-13", "PV07-16", "PV07-19")
LIST = "P07VNL"
COLUMNS = (*HOURS, LIST)
FORM = Form(
    "whole-day",
    "1",
    "whole-day",
    Text.of("Whole day"),
    (),
    (Block("numbers", Text.of("Numbers"), tuple(Question(code, Text.of(code), Kind.INTEGER) for code in COLUMNS)),),
    (asking("series-decreases", *HOURS), asking("above", HOURS[-1], LIST)),
)


def read(row: dict[str, str]) -> Seen:
    """One form; zero stands for missing in these columns, and the station key is folded (case, leading zeros)."""
    raw = {code: int(row[code]) for code in COLUMNS if row[code].strip().isdigit() and int(row[code])}
    room = re.sub(r"^0+", "", row["NRVV"].strip().upper())
    station = f"{row['NrQV'].strip().upper()}/{room}"
    return Seen(
        row=row["ID"],
        station=station,
        station_known=True,
        team="",
        sent=Sent(id=uuid.uuid5(uuid.NAMESPACE_OID, row["ID"]), answers=raw),
        form=FORM,
        form_known=True,
        version_known=True,
        answers=FORM.read(raw),
        received=None,
        registered_voters=None,
    )


@pytest.fixture(scope="module")
def reports() -> list[Seen]:
    folder = os.environ.get("P8_REFERENCE_DATA")
    if not folder:
        pytest.skip("P8_REFERENCE_DATA is not set: the real forms are not there to be read")
    with (Path(folder) / "kosovo-2013-first-round.csv").open(encoding="utf-8-sig", newline="") as file:
        return [read(row) for row in csv.DictReader(file)]


def raising(reports: list[Seen], code: str) -> list[Seen]:
    return [seen for seen in reports if code in {problem.code for problem in check_report(seen)}]


def test_59_of_942_complete_series_decrease(reports):
    complete = [seen for seen in reports if all(seen.number(hour) for hour in HOURS)]
    assert (len(raising(reports, "series-decreases")), len(complete)) == (59, 942)


def test_28_of_914_forms_at_26_of_867_stations_have_more_voters_than_the_list(reports):
    both = [seen for seen in reports if seen.number(HOURS[-1]) and seen.number(LIST)]
    above = raising(reports, "above")
    assert (len(above), len(both)) == (28, 914)
    assert (len({seen.station for seen in above}), len({seen.station for seen in both})) == (26, 867)


def test_66_stations_have_more_than_one_form(reports):
    stations: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in reports:
        stations[seen.station].append(seen)
    several = [
        station
        for station, seen in stations.items()
        if any(problem.code == "several-forms" for found in check_station(seen).values() for problem in found)
    ]
    assert len(several) == 66
