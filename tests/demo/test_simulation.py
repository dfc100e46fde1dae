"""The simulated election day: the same for the same seed, as dirty as a real one, and never a forecast."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from paragraph8.demo.answering import CANDIDATE_VOTES
from paragraph8.demo.facts import forms, reference
from paragraph8.demo.sending import CUT_FROM, CUT_UNTIL, RESENT, Kind
from paragraph8.demo.simulation import SEED, dirt, simulate
from paragraph8.demo.soiling import KOSOVO, ZEROS
from paragraph8.domain.canonical import canonical
from paragraph8.domain.checks import Seen, check_report, check_station
from paragraph8.domain.reports import read_body

DIGEST = """
import hashlib
from paragraph8.demo.simulation import simulate
day = simulate({seed})
told = [(s.at.isoformat(), s.team, s.device, s.kind.value, s.body) for s in day.sendings]
print(hashlib.sha256(repr((day.stations, day.teams, told)).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def day():
    return simulate()


def sent_as(day, kind):
    return [sending for sending in day.sendings if sending.kind is kind]


def digest_elsewhere(seed, **environment):
    told = subprocess.run(
        [sys.executable, "-c", DIGEST.format(seed=seed)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return told.stdout.strip()


def test_two_processes_in_two_places_simulate_the_same_bytes():
    here = digest_elsewhere(SEED, PYTHONHASHSEED="1", TZ="Asia/Almaty", LC_ALL="C")
    there = digest_elsewhere(SEED, PYTHONHASHSEED="77", TZ="America/Lima", LC_ALL="C.UTF-8")
    assert here == there
    assert re.fullmatch(r"[0-9a-f]{64}", here)


def test_another_seed_is_another_day(day):
    assert [s.body for s in simulate(7).sendings] != [s.body for s in day.sendings]


def test_the_teams_send_about_what_such_a_mission_sends(day):
    counted = Counter(sending.form for sending in sent_as(day, Kind.REPORT))
    assert counted == {"opening": 130, "voting": 1400, "counting": 130, "tabulation": 90}
    polling = [station for station in day.stations if station.registered is not None]
    assert len(polling) == 1500
    assert {station.area for station in polling} == {area.code for area in reference().areas}
    assert len(day.teams) == 130


def test_teams_are_codes_and_stations_say_that_they_are_simulated(day):
    assert all(re.fullmatch(r"\d{3}", team.code) for team in day.teams)
    assert len({team.device for team in day.teams}) == len(day.teams)
    for station in day.stations:
        assert str(station.name).startswith("Simulated ")
        assert station.name.languages() == {"en", "kk", "ru"}


def test_every_body_is_a_report_in_canonical_json_except_the_one_cut_off(day):
    broken = []
    for sending in day.sendings:
        read = read_body(sending.body)
        if read.problems:
            broken.append(sending.kind)
            continue
        assert canonical(json.loads(sending.body)) == sending.body
        assert read.id.version == 7
        assert abs(read.id.int >> 80) / 1000 == pytest.approx(read.finished.timestamp(), abs=1)
    assert broken == [Kind.MALFORMED]


def test_a_resend_repeats_earlier_bytes_and_a_conflict_only_the_identifier(day):
    reports = {sending.body: sending for sending in sent_as(day, Kind.REPORT)}
    resends = sent_as(day, Kind.RESEND)
    assert len(resends) == RESENT
    assert all(reports[sending.body].at < sending.at for sending in resends)
    (conflict,) = sent_as(day, Kind.CONFLICT)
    first = next(s for s in reports.values() if read_body(s.body).id == read_body(conflict.body).id)
    assert first.body != conflict.body
    assert first.at < conflict.at


def test_one_report_names_a_station_nobody_knows(day):
    known = {station.key for station in day.stations}
    strange = [s.kind for s in day.sendings if (key := read_body(s.body).station) and key not in known]
    assert strange == [Kind.UNKNOWN_STATION]


def test_nothing_arrives_while_the_network_is_cut_and_much_right_after(day):
    times = [sending.at for sending in day.sendings]
    assert times == sorted(times)
    assert not [at for at in times if CUT_FROM <= at < CUT_UNTIL]
    quarter = timedelta(minutes=15)
    after = sum(CUT_UNTIL <= at < CUT_UNTIL + quarter for at in times)
    before = sum(CUT_FROM - quarter <= at < CUT_FROM for at in times)
    assert after > 2 * before


def test_everything_is_heard_before_the_figures_are_frozen(day):
    assert day.sendings[0].at > datetime(2019, 6, 9, 0, 0, tzinfo=UTC)
    assert day.sendings[-1].at < reference().heard_until


def test_visits_happen_at_the_local_hours_of_their_station(day):
    zones = {area.code: ZoneInfo(area.zone) for area in reference().areas}
    areas = {station.key: station.area for station in day.stations}
    for sending in sent_as(day, Kind.REPORT):
        read = read_body(sending.body)
        local = read.started.astimezone(zones[areas[read.station]])
        assert local.utcoffset() == read.started.utcoffset()
        assert read.started < read.finished
        hours = {"opening": (6, 7), "voting": (7, 20), "counting": (19, 20)}.get(sending.form)
        assert hours is None or hours[0] <= local.hour < hours[1], (sending.form, local)


def test_teams_work_in_their_own_unit_only(day):
    home = {team.code: team.area for team in day.teams}
    areas = {station.key: station.area for station in day.stations}
    assert all(home[s.team] == areas[read_body(s.body).station] for s in sent_as(day, Kind.REPORT))


@pytest.mark.parametrize("kind", sorted(KOSOVO))
def test_the_day_is_as_dirty_as_a_real_one(day, kind):
    rate = dirt(day)[kind]
    assert rate.target == KOSOVO[kind]
    assert abs(rate.deviation()) <= Fraction(1, 5), f"{rate.numerator} of {rate.denominator}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_seed_gives_a_day_of_that_dirt(seed):
    rates = dirt(simulate(seed))
    assert {name: rate for name, rate in rates.items() if abs(rate.deviation()) > Fraction(1, 5)} == {}


def test_no_protocol_looks_like_a_result(day):
    """Votes are spread evenly on purpose: no candidate is ahead of the others over all simulated protocols."""
    votes = Counter()
    for report in day.bodies("counting"):
        answers = report["answers"]
        votes.update({code: answers[code] for code in CANDIDATE_VOTES if isinstance(answers[code], int)})
    total = sum(votes.values())
    assert all(Fraction(12, 100) < Fraction(n, total) < Fraction(17, 100) for n in votes.values()), votes


def test_voting_is_assessed_well_and_the_count_badly(day):
    def negative(form, question):
        given = [r["answers"][question] for r in day.bodies(form) if isinstance(r["answers"][question], str)]
        return Fraction(sum(answer in ("bad", "very-bad") for answer in given), len(given))

    assert negative("opening", "A22") < Fraction(1, 10)
    assert negative("voting", "B41") < Fraction(1, 10)
    assert Fraction(1, 2) < negative("counting", "C43") < Fraction(2, 3)
    assert Fraction(45, 100) < negative("tabulation", "D15") < Fraction(1, 2)


@pytest.fixture(scope="module")
def found(day):
    """How often each check finds something, over all reports and stations."""
    by_code = {form.code: form for form in forms()}
    stations = {station.key: station for station in day.stations}
    codes: Counter[str] = Counter()
    at_station: dict[str, list[Seen]] = {}
    for sending in day.sendings:
        if sending.kind in (Kind.RESEND, Kind.CONFLICT):
            continue
        read = read_body(sending.body)
        form, station = by_code.get(read.form), stations.get(read.station)
        seen = Seen(
            row=str(read.id),
            station=read.station,
            station_known=station is not None,
            team=sending.team,
            sent=read,
            form=form,
            form_known=form is not None,
            version_known=form is not None,
            answers=form.read(read.answers) if form else {},
            received=sending.at,
            registered_voters=station.registered if station else None,
        )
        codes.update(problem.code for problem in check_report(seen))
        at_station.setdefault(read.station, []).append(seen)
    for reports in at_station.values():
        codes.update(problem.code for problems in check_station(reports).values() for problem in problems)
    return codes


@pytest.mark.parametrize(
    "check",
    [
        "above",
        "block-missing",
        "contradiction",
        "count-without-yes",
        "far-from-register",
        "follow-up-missing",
        "list-differs-between-forms",
        "not-a-number",
        "parts-exceed-whole",
        "range",
        "same-team-twice",
        "series-decreases",
        "series-decreases-between-visits",
        "several-forms",
        "sum-differs",
        "time-order",
        "unknown-station",
        "unreadable",
        "visit-too-short",
        "yes-without-count",
    ],
)
def test_the_checks_have_something_to_find(found, check):
    assert 0 < found[check] < 300


@pytest.mark.reference
def test_the_rates_of_the_real_file_are_what_the_simulation_says_they_are():
    folder = os.environ.get("P8_REFERENCE_DATA")
    if not folder:
        pytest.skip("P8_REFERENCE_DATA is not set: the real forms are not there to be counted")
    with Path(folder, "kosovo-2013-first-round.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    series = [[int(row[f"PV07-{hour}"]) for hour in (10, 13, 16, 19)] for row in rows]
    full = [points for points in series if all(points)]
    both = [(int(row["P07VNL"]), int(row["PV07-19"])) for row in rows]
    both = [(listed, voted) for listed, voted in both if listed and voted]
    keys = Counter(tuple(row[name].strip().casefold().lstrip("0") for name in ("NrQV", "NRVV")) for row in rows)
    answered = {"PO", "JO", "Gjithmonë"}
    columns = [c for c in rows[0] if c not in ("PAifPO", "PM03LVT", "VK02") and answered & {row[c] for row in rows}]
    counted = {
        "missing-answers": (sum(r[c].strip() in ("", "N/A") for r in rows for c in columns), len(columns) * len(rows)),
        "decreasing-series": (sum(points != sorted(points) for points in full), len(full)),
        "over-list": (sum(voted > listed for listed, voted in both), len(both)),
        "several-forms": (sum(n > 1 for n in keys.values()), len(keys)),
    }
    for place, name in enumerate(ZEROS):
        counted[name] = (sum(points[place] == 0 for points in series), len(series))
    assert counted == {name: (rate.numerator, rate.denominator) for name, rate in KOSOVO.items()}
