"""What a simulated team writes down: one clean set of answers per visit, before anybody makes a mistake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from random import Random
from typing import Any

from paragraph8.domain.forms import Form, Question

from .chance import bell, few
from .data import read_toml
from .facts import Area
from .places import Station
from .rota import Visit

ASSESSMENT = ("very-good", "good", "bad", "very-bad")
SERIES = (("B02", 10), ("B03", 12), ("B04", 14), ("B05", 17))
"""Questions on voters so far, with the hour of each."""
CANDIDATE_VOTES = tuple(f"C{n}" for n in range(26, 33))
COMMENTS = {"voting": "B42", "counting": "C44"}

_UNUSUAL = {"always": 0, "sometimes": 60, "rarely": 25, "never": 15}


@dataclass
class Draft:
    """A report in the making: the visit, its overall assessment (None where the team gives none), the answers."""

    visit: Visit
    overall: str | None
    answers: dict[str, Any]

    def negative(self) -> bool:
        """Whether the visit is assessed bad or very bad."""
        return self.overall in ASSESSMENT[2:]


def write_drafts(
    rng: Random,
    visits: Sequence[Visit],
    forms: Sequence[Form],
    stations: Mapping[str, Station],
    areas: Sequence[Area],
) -> list[Draft]:
    """One draft per visit, in the order of the visits."""
    rates = read_toml("rates.toml")
    overall = _assessments(rng, visits, rates)
    by_code = {form.code: form for form in forms}
    turnout = {area.code: area.turnout for area in areas}
    lively = {key: min(max(bell(rng, 1, 0.08), 0.7), 1.08) for key in stations}
    commissions = {key: _Commission.draw(rng) for key in stations}
    drafts = []
    for visit, assessment in zip(visits, overall, strict=True):
        draft = Draft(visit, assessment, {})
        station = stations[visit.station]
        share = _Turnout(turnout[station.area], lively[station.key])
        _NUMBERS[visit.form](rng, draft, station, share)
        draft.answers |= commissions[station.key].answers(visit.form)
        _choose(rng, draft, by_code[visit.form], rates[visit.form])
        _follow_up(rng, draft)
        _comment(rng, draft, rates["comments"])
        drafts.append(draft)
    return drafts


@dataclass(frozen=True)
class _Turnout:
    """Voters so far at a station: the announced curve of its unit, drawn through the hours that a source gives."""

    hours: tuple[tuple[str, str], ...]
    factor: float

    def voters(self, registered: int, minute: float) -> int:
        points = [(420.0, 0.0), *((int(hour[:2]) * 60.0, float(share) / 100) for hour, share in self.hours)]
        share = points[-1][1]
        for (before, low), (after, high) in pairwise(points):
            if minute <= after:
                share = low + (high - low) * max(minute - before, 0) / (after - before)
                break
        return round(registered * min(share * self.factor, 0.96))


@dataclass(frozen=True)
class _Commission:
    """Who sits there, the same for whoever visits."""

    members: int
    women: int
    chaired_by_woman: bool

    @classmethod
    def draw(cls, rng: Random) -> _Commission:
        members = rng.choice((5, 7, 7, 7, 9, 11))
        return cls(members, sum(rng.random() < 0.68 for _ in range(members)), rng.random() < 0.64)

    def answers(self, form: str) -> dict[str, Any]:
        chair = "yes" if self.chaired_by_woman else "no"
        said: dict[str, dict[str, Any]] = {
            "opening": {"A03": self.members, "A04": self.women, "A05": chair},
            "voting": {"B07": self.members, "B08": self.women, "B09": chair},
            "tabulation": {"D04": self.members, "D05": self.women},
        }
        return said.get(form, {})


def _assessments(rng: Random, visits: Sequence[Visit], rates: Mapping[str, Any]) -> list[str | None]:
    """As many of each assessment as the rates say; bad ones gather in some units and with some teams."""
    area_mood: dict[str, float] = defaultdict(lambda: bell(rng, 0, 0.4))
    team_mood: dict[str, float] = defaultdict(lambda: bell(rng, 0, 0.5))
    result: list[str | None] = [None] * len(visits)
    for form, rate in rates.items():
        if "counts" not in rate:
            continue
        at = [i for i, visit in enumerate(visits) if visit.form == form]
        mood = {i: bell(rng, 0, 1) + area_mood[visits[i].team.area] + team_mood[visits[i].team.code] for i in at}
        silent = set(rng.sample(at, len(at) - sum(rate["counts"].values())))
        ranked = sorted((i for i in at if i not in silent), key=lambda i: -mood[i])
        for assessment in ASSESSMENT:
            n = rate["counts"][assessment]
            for i in ranked[:n]:
                result[i] = assessment
            ranked = ranked[n:]
    return result


def _choose(rng: Random, draft: Draft, form: Form, rate: Mapping[str, Any]) -> None:
    """Answer the choice questions that the rates name, and the overall assessment."""
    for code, (well, ill, _) in rate["answers"].items():
        question = form.question(code)
        if question is None:
            raise KeyError(code)
        hit = rng.randrange(1000) < (ill if draft.negative() else well)
        draft.answers[code] = _answer(rng, question, draft, hit)
    if draft.overall:
        draft.answers[rate["overall"]] = draft.overall


def _answer(rng: Random, question: Question, draft: Draft, hit: bool) -> str:
    if question.scale == "yes-no":
        bad = question.negative[0] if question.negative else "yes"
        return bad if hit else ("no" if bad == "yes" else "yes")
    if question.scale == "frequency":
        return rng.choices(list(_UNUSUAL), list(_UNUSUAL.values()))[0] if hit else "always"
    place = ASSESSMENT.index(draft.overall or "good") + rng.choice((0, 0, 0, -1, 1))
    return ASSESSMENT[min(max(place, 0), 3)]


def _follow_up(rng: Random, draft: Draft) -> None:
    answers = draft.answers
    if answers.get("A18") == "yes":
        answers["A19"] = rng.choice(("materials", "commission", "premises", "other"))
    if answers.get("B10") == "yes":
        who = rng.sample(("police", "officials", "activists", "others"), rng.choice((1, 1, 2)))
        answers["B11"] = sorted(who)
    if answers.get("B24") == "yes":
        answers["B25"] = rng.randint(1, 9)
    if answers.get("C03") == "yes":
        answers["C04"] = "no" if rng.random() < 0.1 else "yes"
    if answers.get("D08") == "yes":
        answers["D09"] = "no" if rng.random() < 0.5 else "yes"


def _comment(rng: Random, draft: Draft, comments: Mapping[str, Sequence[str]]) -> None:
    if draft.visit.form in COMMENTS and rng.random() < 0.06:
        draft.answers[COMMENTS[draft.visit.form]] = rng.choice(comments[draft.visit.form])


def _opening(rng: Random, draft: Draft, station: Station, share: _Turnout) -> None:  # noqa: ARG001 - one signature
    list_size = _listed(rng, station)
    draft.answers |= {"A09": list_size, "A11": round(list_size * rng.uniform(1.0, 1.02)), "A12": rng.randint(3, 9)}
    draft.answers["A20"] = _clock(420 + max(0, round(bell(rng, 2, 5))))


def _voting(rng: Random, draft: Draft, station: Station, share: _Turnout) -> None:
    registered, left = station.registered or 0, draft.visit.left
    now = left.hour * 60 + left.minute
    draft.answers["B01"] = _listed(rng, station)
    for code, hour in SERIES:
        if now >= hour * 60:
            draft.answers[code] = share.voters(registered, hour * 60)
    draft.answers["B06"] = share.voters(registered, now)
    draft.answers |= {
        "B13": rng.choices(range(8), (10, 22, 26, 18, 11, 7, 4, 2))[0],
        "B26": min(few(rng, 6), draft.answers["B06"]),
        "B36": few(rng, 7),
    }


def _counting(rng: Random, draft: Draft, station: Station, share: _Turnout) -> None:
    """A protocol whose numbers agree. Votes fall evenly on all, so that nobody can take them for a result."""
    registered = station.registered or 0
    issued = share.voters(registered, 20 * 60)
    spoiled = rng.randint(0, 5)
    in_boxes = max(issued - rng.choice((0, 0, 0, 0, 1, 2)), 0)
    invalid = min(few(rng, 0.01 * in_boxes + 1), in_boxes)
    valid = in_boxes - invalid
    cuts = sorted(rng.random() + n for n in range(len(CANDIDATE_VOTES) - 1))
    bounds = [0, *(min(round(valid * (cut + 0.5) / len(CANDIDATE_VOTES)), valid) for cut in cuts), valid]
    draft.answers |= {
        code: after - before for code, (before, after) in zip(CANDIDATE_VOTES, pairwise(bounds), strict=True)
    }
    draft.answers |= {
        "C06": max(round(registered * 1.01) - issued - spoiled, 0),
        "C07": spoiled,
        "C08": _listed(rng, station),
        "C10": issued,
        "C11": min(few(rng, 14), issued),
        "C14": in_boxes,
        "C33": valid,
        "C34": invalid,
        "C01": _clock(1200 + rng.choice((0, 0, 0, 1, 3, 6))),
        "C41": _clock(_evening(draft.visit.left, draft.visit.arrived) - rng.randint(4, 15)),
    }


def _tabulation(rng: Random, draft: Draft, station: Station, share: _Turnout) -> None:  # noqa: ARG001 - one signature
    handed = rng.randint(4, 38)
    unclear = min(few(rng, 4 if draft.negative() else 1), handed)
    draft.answers |= {"D06": handed, "D07": unclear}


_NUMBERS = {"opening": _opening, "voting": _voting, "counting": _counting, "tabulation": _tabulation}


def _listed(rng: Random, station: Station) -> int:
    """The list as the team copies it: mostly the register's number, sometimes after late additions."""
    registered = station.registered or 0
    return registered if rng.random() < 0.85 else registered + rng.randint(1, 1 + registered // 100)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _evening(moment: datetime, evening: datetime) -> int:
    """Minutes since the midnight before election day's evening, so that 00:30 is 24:30."""
    return moment.hour * 60 + moment.minute + (1440 if moment.date() > evening.date() else 0)
