"""The pages of the room: what is closed, what is said, what is refused how."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from conftest import NOW, SmallMission
from paragraph8.accounts.permissions import Role
from paragraph8.audit.operations import append
from paragraph8.contest.models import ResultLine, ResultVersion
from paragraph8.quickcount.models import GateStep, Plan
from web.conftest import in_language, sign_everybody_in, text_of

from .counting import PLAN, Counting, counting
from .test_plans import EASY, night

ROOM = "/m/small/quick-count/"


@pytest.fixture
def clients(mission: SmallMission) -> dict[str, Client]:
    return sign_everybody_in(mission)


def posted(count: Counting, **changes: object) -> dict[str, object]:
    """The plan form filled in."""
    return {
        "votes_anna": "P1",
        "votes_berik": "P2",
        "base_is": "valid",
        "base": ["P3"],
        "ballots": ["P4"],
        "registered": "",
        "adjustment": "strata",
        "threshold": "50",
        "overall": "80",
        "kind": "0",
        "empty": "0",
        "steady": "0",
        "final": "95",
        "interim": "99",
        "spending": "fixed",
        "minutes": "60",
        "arrival": "received",
        "first": "",
        "last": "",
        "opens_at": "",
        "reason": "",
        **changes,
    }


def test_without_a_plan_the_page_says_what_a_quick_count_needs(mission, clients):
    head = text_of(clients["head"].get(ROOM))
    assert "No quick count is planned." in head
    assert f'href="{ROOM}plan/"' in head
    assert clients["head"].get(ROOM + "trace.csv").status_code == 404
    plan = text_of(clients["head"].get(ROOM + "plan/"))
    assert "A plan needs a sample and a form." in plan


def test_the_plan_is_fixed_from_the_page(mission, clients):
    count = counting(mission)
    address = f"{ROOM}plan/?sample=draw-{count.draw.pk}&form=protocol"
    page = text_of(clients["statistician"].get(address))
    assert "Votes: Анна" in page
    response = clients["statistician"].post(address, posted(count))
    assert response.status_code == 302
    plan = Plan.objects.get().plan()
    assert plan.votes == PLAN.votes
    assert (plan.base, plan.ballots, plan.rule.overall) == (("P3",), ("P4",), 0.8)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"votes_berik": ""}, "at least two contestants"),
        ({"threshold": "0"}, "threshold"),
        ({"interim": "90"}, "narrower"),
        ({"first": "2019-06-09T20:00"}, "or neither"),
        ({"first": "tonight", "last": "later"}, "Write date and time"),
        ({"overall": "many"}, "whole number"),
        ({"votes_anna": "P9"}, "P9"),
        ({"first": "2019-06-09T22:00", "last": "2019-06-09T20:00"}, "first look comes after"),
    ],
)
def test_a_plan_that_cannot_be_comes_back_with_what_was_typed(mission, clients, changes, words):
    count = counting(mission)
    address = f"{ROOM}plan/?sample=draw-{count.draw.pk}&form=protocol"
    response = clients["head"].post(address, posted(count, reason="kept as typed", **changes))
    assert response.status_code == 422
    assert words in text_of(response)
    assert "kept as typed" in text_of(response)
    assert not Plan.objects.exists()


@pytest.mark.parametrize("address", ["plan/?sample=draw-999&form=protocol", "plan/?sample=x&form=%00", "plan/?form=y"])
def test_a_choice_that_does_not_exist_is_said(mission, clients, address):
    counting(mission)
    response = clients["head"].get(ROOM + address)
    assert response.status_code == 200
    assert "flag is-block" in text_of(response)
    assert clients["head"].post(ROOM + address, {}).status_code == 422


def test_estimates_are_closed_to_others_until_the_gate_is_open(mission, clients, sequenced):
    night(mission, sequenced)
    for role, sees in ((Role.STATISTICIAN, True), (Role.ANALYST, True), (Role.PRESS, False), (Role.READER, False)):
        page = text_of(clients[role.value].get(ROOM))
        assert ("60." in page) is sees, role
        assert ("The estimates are closed." in page) is not sees, role
        assert "20 of 20 stations of the sample" in page
    assert clients["press"].get(ROOM + "trace.csv").status_code == 403
    response = clients["head"].post(ROOM + "gate/", {"do": "open"}, follow=True)
    assert "The gate is open" in text_of(response)
    sequenced()
    assert "60." in text_of(clients["press"].get(ROOM))
    assert clients["press"].get(ROOM + "trace.csv").status_code == 200


def test_interim_figures_look_interim(mission, clients, sequenced):
    night(mission, sequenced, n=12)
    page = text_of(clients["head"].get(ROOM))
    assert "Interim: for the room only" in page
    assert "panel stack interim" in page
    assert "Limits at 99%" in page


def test_the_gate_tells_why_it_stays_shut(mission, clients, sequenced):
    night(mission, sequenced, n=12)
    page = text_of(clients["head"].get(ROOM))
    assert "It can be opened when every condition is met." in page
    response = clients["head"].post(ROOM + "gate/", {"do": "open"})
    assert response.status_code == 422
    assert "not every condition that was fixed in advance is met" in text_of(response)
    assert not GateStep.objects.exists()
    assert clients["analyst"].post(ROOM + "gate/", {"do": "open"}).status_code == 403
    assert clients["head"].post(ROOM + "gate/", {"do": "perhaps"}).status_code == 302
    assert clients["head"].get(ROOM + "gate/").status_code == 302


def test_shutting_needs_a_reason(mission, clients, sequenced):
    night(mission, sequenced)
    clients["head"].post(ROOM + "gate/", {"do": "open"})
    sequenced()
    response = clients["head"].post(ROOM + "gate/", {"do": "shut", "reason": ""})
    assert response.status_code == 422
    assert "Write why it is shut again" in text_of(response)
    assert clients["head"].post(ROOM + "gate/", {"do": "shut", "reason": "Forged"}).status_code == 302
    sequenced()
    assert "Interim: for the room only" in text_of(clients["head"].get(ROOM))


def test_the_page_shows_the_night_at_any_moment(mission, clients, sequenced):
    count = counting(mission)
    count.fix(EASY)
    sequenced()
    for hours, station in zip((1, 2, 3, 4), count.stations, strict=False):
        count.send(station, at=NOW + timedelta(hours=hours))
        sequenced()
    page = text_of(clients["head"].get(ROOM + "?at=2019-06-10T02:30"))  # 20:30 of universal time
    assert "20 stations of the sample" in page
    assert clients["head"].get(ROOM + "?at=").status_code == 200
    wrong = clients["head"].get(ROOM + "?at=yesterday")
    assert wrong.status_code == 422
    assert "Write date and time" in text_of(wrong)


def test_late_plans_and_late_kinds_are_said(mission, clients, sequenced):
    count = night(mission, sequenced, n=1)
    count.fix(EASY, reason="Late")
    sequenced()
    assert "fixed when returns had come in already" in text_of(clients["head"].get(ROOM))


def test_the_plan_stands_on_its_page_for_everybody(mission, clients, sequenced):
    counting(mission).fix()
    for role in ("head", "press"):
        page = text_of(clients[role].get(ROOM + "plan/"))
        assert "Анна: P1" in page
        assert "≥ 80%" in page
    assert "Fix the plan" not in text_of(clients["press"].get(ROOM + "plan/"))
    assert clients["press"].post(ROOM + "plan/", {}).status_code == 403


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_every_language_has_the_whole_page(mission, clients, sequenced, language):
    night(mission, sequenced, n=17)
    page = text_of(in_language(clients["head"], language).get(ROOM))
    assert '<svg width="100%"' in page
    assert {"en": "60.1%", "kk": "60,1%", "ru": "60,1\u00a0%"}[language] in page


def test_the_trace_is_a_table_for_machines(mission, clients, sequenced):
    night(mission, sequenced, n=17)
    response = clients["head"].get(ROOM + "trace.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert {row["contestant"] for row in rows} == {"anna", "berik"}
    last = rows[-1]
    assert (last["reports_in"], last["drawn"], last["level"]) == ("17", "20", "0.99")
    assert float(last["low"]) < float(last["share"]) < float(last["high"])


def official(mission: SmallMission, votes: dict[str, int]) -> None:
    """A version of the results that gives everybody's votes."""
    entry = append(mission_id=mission.row.pk, kind="results.added", subject="x", body={}, by="head", now=NOW)
    version = ResultVersion(
        mission=mission.row,
        code=f"final-{sum(votes.values())}",
        stage="final",
        author={"en": "Commission"},
        told_on=NOW.date(),
        source="example.org",
        batch="00000000-0000-4000-8000-" + f"{sum(votes.values()):012d}",
        n=len(votes),
        at=NOW,
        by="head",
        entry=entry,
    )
    for code, n in votes.items():
        ResultLine.objects.create(batch=version.batch, line="votes", contestant=code, n=n)
    version.save()


def test_an_official_result_is_consistent_or_not(mission, clients, sequenced):
    night(mission, sequenced, n=17)
    assert "No official result to compare with." in text_of(clients["head"].get(ROOM))
    official(mission, {"anna": 6006, "berik": 3994})
    page = text_of(clients["head"].get(ROOM))
    assert "The official result is consistent with the sample." in page
    assert "does not confirm it" in page
    assert "3 quantities are compared at once" in page
    official(mission, {"anna": 5000, "berik": 5001})
    assert "not consistent with the sample" in text_of(clients["head"].get(ROOM))


def test_a_number_of_queries_that_does_not_grow_with_the_night(
    mission, clients, sequenced, django_assert_max_num_queries
):
    night(mission, sequenced, n=20)
    clients["head"].get(ROOM)
    with django_assert_max_num_queries(45):
        clients["head"].get(ROOM)
