"""A mission with the longest texts, in a database of its own; prints what a test needs to know of it as JSON.

`python tests/browser/long_mission.py` makes it under P8_HOME. Kazakh decides the measures of a page: its texts here are
longer than any real form's.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

PASSWORD = "correct horse battery"
LONG = "Сайлау учаскесіндегі сайлаушылардың тізімдеріндегі қолтаңбалардың бірдей болып көрінуіне қатысты байқаушылардың"
UNBROKEN = "қайтақұрылғандықтарыңыздан" * 12
AREAS = {"AKM": "1/1", "AKT": "1/2", "ALA": "2/1", "ALM": "2/2", "ATY": "3/4", "EAS": ""}


def text(en: str, kk: str = "", ru: str = "") -> dict[str, str]:
    return {"en": en, "kk": f"{LONG} {kk or en}", "ru": ru or f"Наблюдатели о {en}"}


def question(code: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "title": text(f"question {code}"), **more}


FORM = {
    "code": "count",
    "version": "1",
    "process": "counting",
    "title": text("the count", "дауыстарды санау барысы"),
    "scales": [
        {
            "code": "overall",
            "ordered": True,
            "options": [
                {"code": "very-good", "title": text("very good", "өте жақсы")},
                {"code": "good", "title": text("good", "жақсы")},
                {"code": "bad", "title": text("bad", "нашар"), "negative": True},
                {"code": "very-bad", "title": text("very bad", "өте нашар"), "negative": True},
            ],
        },
        {
            "code": "who",
            "options": [{"code": code, "title": text(code)} for code in ("police", "officials", "others")],
        },
    ],
    "blocks": [
        {
            "code": "all",
            "title": text("all questions"),
            "questions": [
                question("Q1", "choice", scale="overall"),
                question("Q2", "integer", low=0, high=5000),
                question("Q3", "integer", use="reconciliation"),
                question("Q4", "choices", scale="who"),
                question("Q5", "time"),
                question("Q6", "text", use="comment"),
            ],
        }
    ],
    "rules": [{"check": "above", "questions": ["Q3", "Q2"], "name": "more-than-on-the-list"}],
}
COUNT = "{eday.observations[form=count]:x|unit}"
NEGATIVE = "{eday.answer[answer=bad+very-bad,form=count,question=Q1]:of}"
DOCUMENT = {
    "code": "statement",
    "kind": "statement",
    "title": text("Statement of preliminary findings", "алдын ала нәтижелер туралы мәлімдеме"),
    "sections": [
        {
            "code": "count",
            "title": text("The count", "дауыстарды санау"),
            "paragraphs": [
                {
                    "sentences": [
                        {
                            "id": "s1",
                            "texts": {
                                "en": f"The mission made {COUNT} of the count.",
                                "kk": f"{LONG} миссия санау кезінде {COUNT} жасады.",
                                "ru": f"Миссия провела {COUNT} подсчета.",
                            },
                            "commitments": [text("Copenhagen 1990, 7.4")],
                        },
                        {
                            "id": "s2",
                            "texts": {
                                "en": f"The count was assessed negatively in {NEGATIVE}.",
                                "kk": f"Санау {NEGATIVE} теріс бағаланды.",
                                "ru": f"Подсчет оценен отрицательно в {NEGATIVE}.",
                            },
                        },
                    ]
                }
            ],
        }
    ],
}


def make() -> dict[str, Any]:
    """Make the mission; tokens and identifiers for the tests."""
    from django.conf import settings
    from django.core.management import call_command

    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    from paragraph8.accounts.models import User
    from paragraph8.accounts.operations import add_device, add_member
    from paragraph8.accounts.permissions import Role, command
    from paragraph8.audit.sequencer import sequence_all
    from paragraph8.capture.operations import Sender, receive
    from paragraph8.domain.figures import Origin
    from paragraph8.domain.forms import form_from_json
    from paragraph8.domain.text import Text
    from paragraph8.evidence.operations import snapshot
    from paragraph8.missions.operations import (
        NewStation,
        add_areas,
        add_stations,
        add_teams,
        create_mission,
        store_form,
    )
    from paragraph8.publishing.operations import release, store_document, write
    from paragraph8.review.operations import correct

    by, now = command("test"), datetime.now(UTC)

    def clock() -> datetime:
        return datetime.now(UTC)

    mission = create_mission(
        slug="long",
        title=Text.of(text("A mission of long texts", "миссиясы")),
        by=by,
        now=now,
        origin=Origin.SIMULATED,
        zone="Asia/Almaty",
    )
    create_mission(slug="empty", title=Text.of(text("An empty mission")), by=by, now=now, origin=Origin.REAL)
    areas = [{"code": code, "name": text(f"region {code}"), "at": at} for code, at in AREAS.items()]
    add_areas(mission=mission, areas=areas, by=by, now=now)
    stations = [NewStation(key=f"{code}{n}", area=code, label=f"{LONG} № {n}") for code in AREAS for n in range(8)]
    add_stations(mission=mission, stations=stations, by=by, now=now)
    add_teams(mission=mission, codes=["001", "002"], by=by, now=now)
    store_form(mission=mission, form=form_from_json(FORM), by=by, now=now)
    team = mission.teams.get(code="001")
    device, token = add_device(mission_id=mission.pk, team_id=team.pk, name="phone-001", by=by, now=now)

    def person(name: str, role: Role, mission_id: int) -> None:
        team_id = team.pk if role is Role.OBSERVER else None
        add_member(username=name, password=PASSWORD, mission_id=mission_id, role=role, team_id=team_id, by=by, now=now)

    for role in Role:
        person(role.value, role, mission.pk)
    from paragraph8.missions.models import Mission

    person("head", Role.HEAD, Mission.objects.get(slug="empty").pk)
    User.objects.create_user(username="newcomer", password=PASSWORD)

    sender = Sender(name=f"device:{device.pk}", channel="http", device_id=device.pk, team_id=team.pk)
    uids = []
    for n in range(40):
        body = report(n, station=f"{list(AREAS)[n % 6]}{n % 8}")
        uids.append(str(receive(mission_id=mission.pk, body=body, sender=sender, now=now).sent.id))
    twice = json.loads(report(40, station="AKM0"))
    for station in ("AKM1", "AKM2"):
        receive(mission_id=mission.pk, body=json.dumps({**twice, "station": station}).encode(), sender=sender, now=now)
    unreadable = receive(mission_id=mission.pk, body=UNBROKEN.encode(), sender=sender, now=now)
    sequence_all(clock=clock)
    first = mission.reports.get(uid=uids[0])
    reason = f"{LONG} {UNBROKEN}"
    correct(report=first, kind="answer", question="Q1", value="very-bad", reason=reason, by=by, now=now)
    document = store_document(mission=mission, document=DOCUMENT, by=by, now=now)
    sequence_all(clock=clock)
    release(mission=mission, by=by, now=now)
    sentence = document.sections.get().sentences.get(code="s2")
    write(sentence=sentence, language="kk", template=f"Санау 12 рет {UNBROKEN}", by=by, now=now)
    sequence_all(clock=clock)
    snapshot(mission=mission, now=now)
    return {
        "sample": _sample(mission, by, now),
        "token": token,
        "corrected": uids[0],
        "conflicting": twice["id"],
        "unreadable": str(unreadable.sent.id),
        "sentence": sentence.pk,
    }


def _sample(mission: Any, by: Any, now: Any) -> int:
    """A closed sample with a long name and a reason, its stops planned, and a station that gave way to a reserve."""
    from datetime import timedelta

    from paragraph8.domain.selection import Purpose, StrataBy
    from paragraph8.samples.operations import ask, commit_seed, contribute, perform_draw
    from paragraph8.samples.queries import design_of
    from paragraph8.samples.stops import plan_stops, replace
    from paragraph8.statistics.sampling.design import Method, Request

    mission.teams.filter(code="001").update(area=mission.areas.first())
    seed = commit_seed(mission=mission, by=by, now=now, source=LONG[:200], due=now + timedelta(seconds=1))
    later = now + timedelta(seconds=2)
    contribute(commitment=seed, value=UNBROKEN[:150], by=by, now=later)
    asked = ask(
        mission=mission,
        name=UNBROKEN[:100],
        purpose=Purpose.CITIZEN,
        request=Request(method=Method.SIMPLE, n=24, reserves=2),
        strata_by=StrataBy.AREA,
        polls_close=now + timedelta(days=36_500),
        reason=f"{LONG} {UNBROKEN}",
        by=by,
        now=later,
    )
    draw = perform_draw(asked=asked, by=by, now=later)
    plan_stops(draw=draw, first=now, minutes=0, by=by, now=later)
    reason = f"{LONG} {UNBROKEN}"
    replace(draw=draw, station=design_of(draw).drawn[0].station, reason=reason, by=by, now=later)
    return draw.pk


def report(n: int, station: str) -> bytes:
    """The n-th report: assessments in turn, now and then something missing, a comment without a space to break at."""
    from paragraph8.domain.ids import new_id

    overall: Any = ("very-good", "good", "bad", "very-bad")[n % 4] if n % 9 else {"missing": "not-observed"}
    return json.dumps(
        {
            "report": 1,
            "id": str(new_id()),
            "form": "count",
            "version": "1",
            "station": station,
            "answers": {
                "Q1": overall,
                "Q2": 900,
                "Q3": 850 + 10 * n,
                "Q4": ["police", "others"] if n % 3 else [],
                "Q5": "25:10",
                "Q6": f"{LONG} {UNBROKEN}",
            },
        }
    ).encode()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paragraph8.config.settings")
    import django

    django.setup()
    json.dump(make(), sys.stdout)
