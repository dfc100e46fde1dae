"""A small simulated mission of our own invention: 200 reports on voting, 126 on the count, 60 on opening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from documents.texts import AREAS, ASSESSMENTS, edition_json, trilingual
from paragraph8.documents.edition import Edition, edition_from_json
from paragraph8.domain.figures import Audience, Basis, Figure, Key, Kind, Origin, Unit, rows_digest
from paragraph8.domain.text import Text
from paragraph8.statistics.methods import METHODS, compute

SECRET = b"the secret of one freeze, 32 byte"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


@dataclass(frozen=True)
class Sample:
    edition: Edition
    figures: tuple[Figure, ...]
    populations: Mapping[str, Sequence[Mapping[str, Any]]]


def sample() -> Sample:
    populations = {**{name: _reports(name, n) for name, n in FORMS.items()}, "observers": _observers()}
    return Sample(edition_from_json(edition_json()), tuple(_figures(populations)), populations)


FORMS = {"opening": 60, "voting": 200, "counting": 126}
SHARES_OF_100 = {"opening": (56, 94, 99), "voting": (55, 94, 99), "counting": (11, 42, 80)}


def _reports(form: str, n: int) -> list[dict[str, Any]]:
    return [_report(form, i, (i * 37) % 100) for i in range(n)]


def _report(form: str, i: int, chance: int) -> dict[str, Any]:
    first, second, third = SHARES_OF_100[form]
    overall: Any = ASSESSMENTS[(chance >= first) + (chance >= second) + (chance >= third)]
    if i % 25 == 24:
        overall = {"missing": "no-answer" if i % 2 else "not-observed"}
    area = AREAS[i % 5] if i % 40 else AREAS[5]
    shown: Any = "no" if (i * 53) % 100 < 36 else "yes"
    return {
        "row": f"{form}-{i:04}",
        "station": f"{area}-{i // 2 % 90}",
        "team": f"team-{i % 17}",
        "area": area,
        "answers": {
            "overall": overall,
            "shown": shown if i % 11 else {"missing": "not-observed"},
            "persons": i % 8 if i % 13 else {"missing": "not-known"},
        },
    }


def _observers() -> list[dict[str, Any]]:
    return [
        {"row": "office", "institution": "office", "n": 301},
        {"row": "assembly", "institution": "assembly", "n": 38},
    ]


def _figures(populations: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Figure]:
    figures = []
    for form in FORMS:
        figures.append(_figure(Key.of("eday", "observations", form=form), "observations@1", populations, form))
        for answer in (*ASSESSMENTS, "good+very-good", "bad+very-bad"):
            key = Key.of("eday", "answer", form=form, question="overall", answer=answer)
            figures.append(_figure(key, "answer@1", populations, form))
    for area in ("", *AREAS):
        where = {"area": area} if area else {}
        for answer in ("yes", "no"):
            key = Key.of("eday", "answer", form="counting", question="shown", answer=answer, **where)
            figures.append(_figure(key, "answer@1", populations, "counting"))
        if area:
            key = Key.of("eday", "observations", form="counting", **where)
            figures.append(_figure(key, "observations@1", populations, "counting"))
    spread = Key.of("eday", "spread", form="counting", question="persons")
    figures.append(_figure(spread, "spread@1", populations, "counting", audience=Audience.ROOM))
    figures.append(_register(Key.of("missions", "observers"), populations))
    return figures


def _figure(
    key: Key,
    method: str,
    populations: Mapping[str, Sequence[Mapping[str, Any]]],
    population: str,
    audience: Audience = Audience.PUBLIC,
) -> Figure:
    tally = compute(method, populations[population], key)
    form = key.dimension("form")
    about = {"opening": ("opening", "учаскені ашу", "открытие"), "voting": ("voting", "дауыс беру", "голосование")}
    names = about.get(form, ("the count", "дауыстарды санау", "подсчет голосов"))
    what = key.dimension("answer") or key.measure
    return Figure(
        key=key,
        kind=METHODS[method].kind,
        basis=Basis.OBSERVED,
        origin=Origin.SIMULATED,
        unit=Unit.OBSERVATION,
        title=Text.of(
            trilingual(
                f"observations of {names[0]}: {what}",
                f"байқаулар, {names[1]}: {what}",
                f"наблюдения, {names[2]}: {what}",
            )
        ),
        as_of=1234,
        method=method,
        audience=audience,
        rows=rows_digest(population, populations[population]),
        **vars(tally),
    )


def _register(key: Key, populations: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figure:
    tally = compute("register-sum@1", populations["observers"], key)
    return Figure(
        key=key,
        kind=Kind.COUNT,
        basis=Basis.REGISTER,
        origin=Origin.SIMULATED,
        unit=Unit.OBSERVER,
        title=Text.of(trilingual("observers of the mission", "миссия байқаушылары", "наблюдатели миссии")),
        as_of=1234,
        method="register-sum@1",
        source="roster of the mission",
        rows=rows_digest("observers", populations["observers"]),
        **vars(tally),
    )
