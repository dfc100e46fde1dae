"""The mistakes of a long day, put into clean reports at the rates of a real file of observers' forms.

The file is the first round of the local elections in Kosovo, 3 November 2013: 1,143 completed forms of Democracy in
Action. Only its rates are used (`KOSOVO`); a test recomputes them where the file is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from paragraph8.domain.forms import Form, Kind

from .answering import CANDIDATE_VOTES, SERIES, Draft
from .data import read_toml
from .places import Station


@dataclass(frozen=True)
class Rate:
    """So many of so many, and the rate it was meant to come near."""

    numerator: int
    denominator: int
    target: Rate | None = None

    def share(self) -> Fraction:
        """The rate as a fraction."""
        return Fraction(self.numerator, self.denominator)

    def deviation(self) -> Fraction:
        """How far from its target, relative to the target. Raises `ValueError` without a target."""
        if self.target is None:
            raise ValueError("a rate without a target")
        return self.share() / self.target.share() - 1


KOSOVO: Mapping[str, Rate] = {
    # "" or "N/A" in 42 yes-no and scale columns (not in PAifPO, PM03LVT and VK02, which follow up on an answer)
    "missing-answers": Rate(4824, 48006),
    # 0 in PV07-10, PV07-13, PV07-16, PV07-19
    "zero-for-missing-first": Rate(52, 1143),
    "zero-for-missing-second": Rate(60, 1143),
    "zero-for-missing-third": Rate(63, 1143),
    "zero-for-missing-last": Rate(186, 1143),
    # complete series of those four, zero not counted as a number
    "decreasing-series": Rate(59, 942),
    # PV07-19 above P07VNL, of the forms that give both
    "over-list": Rate(28, 914),
    # station keys (centre and room, letter case and leading zeros folded) with more than one form
    "several-forms": Rate(66, 1068),
}

ZEROS = ("zero-for-missing-first", "zero-for-missing-second", "zero-for-missing-third", "zero-for-missing-last")
FOLLOW_UPS = frozenset({"A19", "B11", "B25", "C04", "D09"})
"""Questions that are put only after a certain answer; they do not count as missing where they were not put."""

_REASONS = (("no-answer", 45), ("not-observed", 40), ("not-known", 10), ("not-applicable", 5))
_LEFT_OUT_BLOCKS = (("voting", "commission", 6), ("counting", "figures", 5), ("opening", "materials", 2))
_FURTHER_GAPS = {
    "A05": 20,
    "B09": 30,
    "B01": 45,
    "B02": 30,
    "B06": 35,
    "B13": 20,
    "B26": 90,
    "B36": 110,
    "C08": 50,
    "C11": 70,
    "D06": 60,
}
"""Per mille of reports without an answer, for questions that `rates.toml` does not draw."""


def soil(rng: Random, drafts: Sequence[Draft], forms: Sequence[Form], stations: Mapping[str, Station]) -> None:
    """Put the mistakes into the drafts, in place."""
    of_form = {form.code: [draft for draft in drafts if draft.visit.form == form.code] for form in forms}
    _leave_gaps(rng, of_form)
    _leave_blocks(rng, of_form, {form.code: form for form in forms})
    _write_zero(rng, of_form["voting"])
    _decrease(rng, of_form["voting"])
    _exceed_list(rng, of_form["voting"], stations)
    _go_back_between_visits(rng, of_form["voting"])
    _slip(rng, of_form, stations)


def _leave_gaps(rng: Random, of_form: Mapping[str, Sequence[Draft]]) -> None:
    rates = read_toml("rates.toml")
    for form, drafts in of_form.items():
        gaps = {code: gap for code, (_, _, gap) in rates[form]["answers"].items()}
        gaps |= {code: gap for code, gap in _FURTHER_GAPS.items() if any(code in draft.answers for draft in drafts)}
        for code, gap in gaps.items():
            holders = [draft for draft in drafts if code in draft.answers]
            for draft in rng.sample(holders, round(len(holders) * gap / 1000)):
                draft.answers[code] = _missing(rng)
                _drop_follow_up(draft, code)
        overall = rates[form]["overall"]
        for draft in drafts:
            draft.answers.setdefault(overall, _missing(rng))


def _leave_blocks(rng: Random, of_form: Mapping[str, Sequence[Draft]], forms: Mapping[str, Form]) -> None:
    for form, name, n in _LEFT_OUT_BLOCKS:
        block = next(block for block in forms[form].blocks if block.code == name)
        for draft in rng.sample(of_form[form], n):
            for question in block.questions:
                draft.answers[question.code] = {"missing": "no-answer"}


def _write_zero(rng: Random, drafts: Sequence[Draft]) -> None:
    for (code, _), name in zip(SERIES, ZEROS, strict=True):
        due = [draft for draft in drafts if code in draft.answers]
        for draft in rng.sample([draft for draft in due if is_number(draft.answers[code])], _quota(name, due)):
            draft.answers[code] = 0


def _decrease(rng: Random, drafts: Sequence[Draft]) -> None:
    complete = [draft for draft in drafts if series(draft.answers)]
    for draft in rng.sample(complete, _quota("decreasing-series", complete)):
        place = rng.randrange(1, len(SERIES))
        before = draft.answers[SERIES[place - 1][0]]
        draft.answers[SERIES[place][0]] = max(before - rng.randint(1, 1 + before // 3), 1) if before > 1 else 1
        if before == 1:
            draft.answers[SERIES[place - 1][0]] = 2


def _exceed_list(rng: Random, drafts: Sequence[Draft], stations: Mapping[str, Station]) -> None:
    """A list copied too small, late in the day when turnout comes near it."""
    both = [draft for draft in drafts if is_number(draft.answers["B01"]) and is_number(draft.answers["B06"])]
    late = [
        draft
        for draft in both
        if draft.visit.left.hour >= 15 and draft.answers["B06"] > 0.6 * (stations[draft.visit.station].registered or 0)
    ]
    for draft in rng.sample(late, _quota("over-list", both)):
        draft.answers["B01"] = max(draft.answers["B06"] - rng.randint(2, 40), 1)


def _go_back_between_visits(rng: Random, drafts: Sequence[Draft]) -> None:
    """At some stations visited twice, the later report gives fewer voters than the earlier one."""
    visits: dict[str, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda draft: draft.visit.left):
        if is_number(draft.answers["B06"]):
            visits.setdefault(draft.visit.station, []).append(draft)
    twice = [drafts for drafts in visits.values() if len(drafts) > 1 and drafts[-2].answers["B06"] > 30]
    for *_, before, after in rng.sample(twice, 5):
        after.answers["B06"] = before.answers["B06"] - rng.randint(5, 30)


def _slip(rng: Random, of_form: Mapping[str, Sequence[Draft]], stations: Mapping[str, Station]) -> None:
    """Single slips: what the checks of the forms are there to find."""
    voting, counting = of_form["voting"], of_form["counting"]
    for draft in _some(rng, voting, 7, "B07", "B08"):
        draft.answers["B08"] = draft.answers["B07"] + rng.randint(1, 3)
    for draft in _some(rng, voting, 6, "B01"):
        draft.answers["B01"] = min(2 * (stations[draft.visit.station].registered or 0), 6000)
    for draft in rng.sample([draft for draft in voting if draft.answers.get("B24") == "no"], 6):
        draft.answers["B25"] = rng.randint(1, 4)
    for draft in rng.sample([draft for draft in voting if draft.answers.get("B24") == "yes"], 5):
        draft.answers["B25"] = 0
    for draft in rng.sample([draft for draft in voting if draft.answers.get("B10") == "yes"], 4):
        del draft.answers["B11"]
    for draft in rng.sample([draft for draft in voting if draft.answers.get("B35") == "yes"], 2):
        draft.answers["B41"] = "very-good"
    for draft in rng.sample(voting, 3):
        draft.answers["B36"] = rng.choice(("about 5", "5-6", "?"))
    for draft in _some(rng, counting, 9, *CANDIDATE_VOTES, "C33"):
        code = rng.choice(CANDIDATE_VOTES)
        draft.answers[code] = draft.answers[code] + rng.choice((1, 2, 9, 10))
    for draft in _some(rng, counting, 4, "C14", "C10"):
        draft.answers["C14"] = draft.answers["C10"] + rng.randint(1, 7)
    for draft in _some(rng, counting, 2, "C08"):
        draft.answers["C01"], draft.answers["C41"] = draft.answers["C41"], draft.answers["C01"]


def series(answers: Mapping[str, Any]) -> list[int]:
    """The four turnout points where all are given and none is zero, else nothing."""
    points = [answers[code] for code, _ in SERIES if is_number(answers.get(code))]
    return points if len(points) == len(SERIES) and all(points) else []


def is_number(value: Any) -> bool:
    """Whether an answer as sent is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def counted_for_gaps(form: Form) -> list[str]:
    """Questions whose empty answers count as missing: every choice of one answer that is always put."""
    return [q.code for q in form.questions() if q.kind is Kind.CHOICE and q.code not in FOLLOW_UPS]


def _quota(name: str, of: Sequence[Draft]) -> int:
    return round(len(of) * KOSOVO[name].share())


def _some(rng: Random, drafts: Iterable[Draft], n: int, *codes: str) -> list[Draft]:
    """Some drafts that give whole numbers for all these questions."""
    return rng.sample([d for d in drafts if all(is_number(d.answers.get(code)) for code in codes)], n)


def _drop_follow_up(draft: Draft, code: str) -> None:
    after = {"A18": "A19", "B10": "B11", "B24": "B25", "C03": "C04", "D08": "D09"}.get(code)
    if after:
        draft.answers.pop(after, None)


def _missing(rng: Random) -> dict[str, str]:
    return {"missing": rng.choices([reason for reason, _ in _REASONS], [weight for _, weight in _REASONS])[0]}
