"""Election day as simulated: stations, teams, and everything the teams' phones send.

Nothing in it was observed. `simulate` gives the same bytes for the same seed, in every process and on every machine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

from paragraph8.domain.answers import Missing

from .answering import SERIES, write_drafts
from .facts import forms, reference
from .places import Station, Team, draw_stations, draw_teams
from .rota import draw_visits
from .sending import Kind, Sending, send
from .soiling import KOSOVO, ZEROS, Rate, counted_for_gaps, is_number, series, soil

SEED = 2019


@dataclass(frozen=True)
class Simulation:
    """A whole simulated election day; `sendings` stand in the order in which they reach the mission."""

    seed: int
    stations: tuple[Station, ...]
    teams: tuple[Team, ...]
    sendings: tuple[Sending, ...]

    def bodies(self, form: str) -> list[dict[str, Any]]:
        """The parsed reports of one form, each once, as first sent; without the one that cannot be read."""
        return [
            json.loads(sending.body)
            for sending in self.sendings
            if sending.form == form and sending.kind in (Kind.REPORT, Kind.UNKNOWN_STATION)
        ]


@cache
def simulate(seed: int = SEED) -> Simulation:
    """The simulated day of that seed."""
    # One generator per step: a change in one step leaves the draws of the others alone.
    steps = ("place", "visit", "answer", "slip", "network")
    place, visit, answer, slip, network = (Random(f"{seed}/{step}") for step in steps)  # noqa: S311 - no secrets
    mission = reference()
    stations = draw_stations(place, mission.areas)
    teams = draw_teams(mission.areas)
    by_key = {station.key: station for station in stations}
    visits = draw_visits(visit, mission.areas, stations, teams, mission.election_date)
    drafts = write_drafts(answer, visits, forms(), by_key, mission.areas)
    soil(slip, drafts, forms(), by_key)
    return Simulation(seed, stations, teams, send(network, drafts))


def dirt(simulation: Simulation) -> Mapping[str, Rate]:
    """How dirty the produced reports are, measured on their bytes, each rate beside the real one it should resemble."""
    voting = [report["answers"] for report in simulation.bodies("voting")]
    full = [points for answers in voting if (points := series(answers))]
    both = [(a["B01"], a["B06"]) for a in voting if _given(a, "B01") and _given(a, "B06")]
    known = {station.key for station in simulation.stations}
    visits = Counter(r["station"] for r in simulation.bodies("voting") if r["station"] in known)
    measured = {
        "missing-answers": _missing_answers(simulation),
        "decreasing-series": (sum(any(b < a for a, b in pairwise(p)) for p in full), len(full)),
        "over-list": (sum(now > listed for listed, now in both), len(both)),
        "several-forms": (sum(n > 1 for n in visits.values()), len(visits)),
    }
    for (code, _), name in zip(SERIES, ZEROS, strict=True):
        due = [answers[code] for answers in voting if code in answers]
        measured[name] = (sum(value == 0 for value in due), len(due))
    return {name: Rate(*measured[name], target=target) for name, target in KOSOVO.items()}


def _missing_answers(simulation: Simulation) -> tuple[int, int]:
    empty = cells = 0
    for form in forms():
        codes = counted_for_gaps(form)
        for report in simulation.bodies(form.code):
            answers = form.read(report["answers"])
            empty += sum(isinstance(answers[code], Missing) for code in codes)
            cells += len(codes)
    return empty, cells


def _given(answers: Mapping[str, Any], code: str) -> bool:
    return is_number(answers.get(code)) and answers[code] > 0
