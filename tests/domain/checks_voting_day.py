"""One polling station on one voting day, small enough to know by heart, for the tests of the checks."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from paragraph8.domain.checks import Seen
from paragraph8.domain.forms import Block, Form, Kind, Option, Question, Scale, Use
from paragraph8.domain.problems import Rule
from paragraph8.domain.reports import Sent
from paragraph8.domain.text import Text

NOON = datetime(2019, 6, 9, 12, 0, tzinfo=UTC)
REGISTERED = 1000


def _named(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


YES_NO = Scale(
    "yes-no", (Option("yes", _named("Yes", "Иә", "Да")), Option("no", _named("No", "Жоқ", "Нет"), negative=True))
)
HOURS = Scale(
    "hours",
    tuple(Option(code, Text.of(code)) for code in ("before-7", "7-to-8", "8-to-19", "after-19")),
    ordered=True,
)
GRADES = Scale("grades", tuple(Option(code, Text.of(code)) for code in ("very-good", "good", "bad", "very-bad")))
PRESENT = Scale("present", tuple(Option(code, Text.of(code)) for code in ("agents", "media", "nobody")))


def _question(code: str, title: str, kind: Kind, scale: str = "", **more: Any) -> Question:
    return Question(code, Text.of(title), kind, scale, **more)


STATION_BLOCK = Block(
    "station",
    _named("The polling station", "Сайлау учаскесі", "Избирательный участок"),
    (
        Question(
            "listed",
            _named("Voters on the list", "Тізімдегі сайлаушылар", "Избирателей в списке"),
            Kind.INTEGER,
            low=0,
            high=5000,
        ),
        _question("members", "Commission members", Kind.INTEGER, low=3, high=15),
        _question("women", "Women among them", Kind.INTEGER),
        _question("men", "Men among them", Kind.INTEGER),
        _question("present", "Who was present", Kind.CHOICES, "present"),
        _question("opened", "Opened", Kind.CHOICE, "hours"),
        _question("closed", "Closed", Kind.CHOICE, "hours"),
        _question("arrived", "Voting began", Kind.TIME),
        _question("left", "Voting ended", Kind.TIME),
    ),
)
VOTING_BLOCK = Block(
    "voting",
    _named("Voting", "Дауыс беру", "Голосование"),
    (
        *(_question(f"at{hour}", f"Voters by {hour}:00", Kind.INTEGER) for hour in (10, 13, 16, 19)),
        Question(
            "refused",
            _named("Anyone refused a ballot", "Біреуге бюллетень берілмеді ме", "Кому-либо отказали в бюллетене"),
            Kind.CHOICE,
            "yes-no",
        ),
        _question("refusals", "How many", Kind.INTEGER),
        _question("reason", "Why", Kind.TEXT, use=Use.COMMENT),
        _question("crowded", "Overcrowded", Kind.CHOICE, "yes-no"),
    ),
)
GRADES_BLOCK = Block(
    "grades",
    _named("Assessment", "Бағалау", "Оценка"),
    tuple(_question(f"grade{place}", f"Grade {place}", Kind.CHOICE, "grades") for place in (1, 2, 3)),
)
FORM = Form(
    "voting",
    "1",
    "voting",
    _named("Voting form", "Дауыс беру нысаны", "Форма голосования"),
    (YES_NO, HOURS, GRADES, PRESENT),
    (STATION_BLOCK, VOTING_BLOCK, GRADES_BLOCK),
)
FULL = {
    "listed": 1000,
    "members": 7,
    "women": 5,
    "men": 2,
    "present": ["agents"],
    "opened": "before-7",
    "closed": "after-19",
    "arrived": "07:00",
    "left": "20:00",
    "at10": 121,
    "at13": 342,
    "at16": 561,
    "at19": 703,
    "refused": "yes",
    "refusals": 2,
    "reason": "not on the list",
    "crowded": "no",
    "grade1": "good",
    "grade2": "very-good",
    "grade3": "good",
}
"""A report in which every question has an answer and nothing is odd."""


def asking(check: str, *questions: str, tolerance: int = 0, **params: Any) -> Rule:
    """A rule of the form."""
    return Rule(check, questions, tolerance=tolerance, params=tuple(sorted(params.items())))


def form_with(*rules: Rule) -> Form:
    """The voting form with these rules."""
    return replace(FORM, rules=rules)


def seen(*rules: Rule, answers: dict[str, Any] | None = None, row: str = "r1", **changes: Any) -> Seen:
    """The full report, with some answers changed, as the server sees it under a form with these rules."""
    form = form_with(*rules)
    raw = {**FULL, **(answers or {})}
    sent = Sent(
        id=uuid.UUID(int=1),
        form="voting",
        version="1",
        station="010203",
        started=changes.pop("started", NOON - timedelta(minutes=40)),
        finished=changes.pop("finished", NOON),
        answers=raw,
        problems=changes.pop("problems", ()),
    )
    facts = {
        "row": row,
        "station": "010203",
        "station_known": True,
        "team": "",
        "sent": sent,
        "form": form,
        "form_known": True,
        "version_known": True,
        "answers": form.read(raw),
        "received": NOON + timedelta(minutes=2),
        "registered_voters": REGISTERED,
    }
    return Seen(**{**facts, **changes})


def blank(*rules: Rule, **answers: Any) -> Seen:
    """A report that answers these questions and no other."""
    return seen(*rules, answers={**dict.fromkeys(FULL), **answers})


NO_FORM: dict[str, Any] = {"form": None, "form_known": False, "version_known": False, "answers": {}}
