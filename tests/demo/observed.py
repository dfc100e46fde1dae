"""Figures of the simulated day, computed from its reports and the mission's registers as the rooms compute them."""

from __future__ import annotations

from functools import cache
from random import Random

from paragraph8.demo.data import read_toml
from paragraph8.demo.facts import forms, reference, sources, texts
from paragraph8.demo.people import draw_roster
from paragraph8.demo.simulation import simulate
from paragraph8.domain.answers import answer_to_json
from paragraph8.domain.figures import Basis, Figure, Key, Kind, Origin, Unit
from paragraph8.domain.people import Status
from paragraph8.domain.reports import read_body
from paragraph8.domain.text import Text
from paragraph8.statistics.methods import METHODS, compute
from paragraph8.wording.sentences import quoted_keys

_METHODS = {
    "answer": "answer@1",
    "part": "part@1",
    "observations": "observations@1",
    "voters": "register-sum@1",
    "stations": "register-sum@1",
    "observers": "register-sum@1",
    "countries": "register-sum@1",
}
_UNITS = {
    "voters": Unit.VOTER,
    "stations": Unit.STATION,
    "observers": Unit.OBSERVER,
    "countries": Unit.COUNTRY,
    "contestants": Unit.CONTESTANT,
    "record": Unit.CONTESTANT,
    "first": Unit.CONTESTANT,
    "part": Unit.PERSON,
}


def template_keys():
    """Every key that a sentence or a bar of the texts names."""
    for document in texts():
        for sentence in document.sentences():
            for _, template in sentence.texts.strings:
                yield from quoted_keys(template)
        for section in document.sections:
            for bars in section.bars:
                for row in bars.rows:
                    yield from row.keys


@cache
def figures():
    """Key → figure for everything the texts quote."""
    return {spelling: _figure(Key.parse(spelling)) for spelling in sorted(set(template_keys()))}


@cache
def observation_rows(form_code):
    """Rows of one form as an observation population holds them, each report once."""
    form = next(form for form in forms() if form.code == form_code)
    areas = {station.key: station.area for station in simulate().stations}
    rows = {}
    for sending in simulate().sendings:
        sent = read_body(sending.body)
        if sent.form == form_code and str(sent.id) not in rows:
            answers = {code: answer_to_json(answer) for code, answer in form.read(sent.answers).items()}
            known = sent.station in areas
            rows[str(sent.id)] = {
                "row": str(sent.id),
                "station": sent.station if known else None,
                "team": sending.team,
                "area": areas.get(sent.station),
                "answers": answers,
            }
    return list(rows.values())


@cache
def register_rows(register):
    """Rows of one register."""
    return [
        {"row": line.code, "institution": line.institution, "n": line.n, "source": str(sources()[line.source])}
        for line in reference().registers
        if line.register == register
    ]


def told(key):
    """What the contest and the roster of the demonstration come to, counted in their data and not by their rooms."""
    data = read_toml("series.toml")
    match key.app, key.measure:
        case "contest", "contestants" if key.dimension("ever") == "nominated":
            return len({code for step in data["steps"] for code in step["contestants"]})
        case "contest", "contestants":
            gender = key.dimension("gender")
            return sum(not gender or candidate.gender == gender for candidate in reference().contestants)
        case "contest", "voters":
            days = {str(row["day"]): row["n"] for row in data["voters"] if "category" not in row}
            return days[key.dimension("day") or max(days)]
        case "contest", "record":
            earlier = next(series["rows"] for series in data["series"] if series["measure"] == "candidates")
            return int(len(reference().contestants) > max(row["n"] for row in earlier))
        case "contest", "first":
            earlier = next(series["rows"] for series in data["series"] if series["measure"] == "women-candidates")
            return int(sum(row["n"] for row in earlier) == 0)
    there = present()
    return len(there) if key.measure == "observers" else len({person.facts.country for person in there} - {""})


@cache
def present():
    """The people of the simulated roster who arrived and did not leave."""
    simulation = simulate()
    roster = draw_roster(Random(f"{simulation.seed}/people"), simulation.teams, reference().election_date)  # noqa: S311
    return [
        person
        for place, person in enumerate(roster.people)
        if person.steps[-1][0] is Status.ARRIVED and place != roster.revoked
    ]


def _figure(key):
    if key.app in ("contest", "roster"):
        return Figure(
            key=key,
            kind=Kind.YES_NO if key.measure in ("record", "first") else Kind.COUNT,
            basis=Basis.REGISTER,
            origin=Origin.SIMULATED if key.app == "roster" else Origin.REAL,
            unit=_UNITS[key.measure],
            title=Text.of(str(key)),
            as_of=1,
            method="told@1",
            value=told(key),
        )
    method = METHODS[_METHODS[key.measure]]
    observed = key.app == "eday"
    rows = observation_rows(key.dimension("form")) if observed else register_rows(key.measure)
    tally = compute(str(method), rows, key)
    unit = Unit(key.dimension("unit")) if key.dimension("unit") else _UNITS.get(key.measure, Unit.OBSERVATION)
    return Figure(
        key=key,
        kind=Kind(method.kind),
        basis=Basis.OBSERVED if observed else Basis.REGISTER,
        origin=Origin.SIMULATED if observed else Origin.REAL,
        unit=unit,
        title=Text.of(str(key)),
        as_of=1,
        method=str(method),
        value=tally.value,
        numerator=tally.numerator,
        denominator=tally.denominator,
        left_out=tally.left_out,
        n_stations=tally.n_stations,
        n_teams=tally.n_teams,
        n_areas=tally.n_areas,
    )
