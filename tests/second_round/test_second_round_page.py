"""The second round is begun from a page by somebody who may make missions, and carried over by a job."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from conftest import NOW, SERVER, SmallMission
from contest.conftest import contested_mission
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import Role
from paragraph8.deployment import second_round as module
from paragraph8.jobs.models import Job, State
from paragraph8.missions.models import Mission

ADDRESS = "/m/small/settings/second-round/"
TYPED = {
    "title-en": "The second round",
    "title-kk": "Екінші тур",
    "slug": "small-2",
    "election_date": "2019-06-23",
    "one": "anna",
    "other": "boris",
}


@pytest.fixture
def head(mission: SmallMission, settings: Any) -> Client:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    contested_mission(mission)
    user = get_user_model().objects.create_user(username="head", founder=True)
    add_member(username="head", password="", mission_id=mission.row.pk, role=Role.HEAD, by=SERVER, now=NOW)
    client = Client()
    client.force_login(user)
    return client


def test_a_founder_begins_it_and_is_in_it(head: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = head.post(ADDRESS, TYPED)
    assert answer.status_code == 302
    made = Mission.objects.get(slug="small-2")
    assert Job.objects.get(kind="second-round").state == State.DONE
    assert made.stations.count() == 4
    assert b"/m/small-2/" in head.get(ADDRESS).content
    assert head.get("/m/small-2/").status_code == 200


def test_a_job_that_was_cut_off_goes_on_with_the_same_form(
    head: Client, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    def dies(*_args: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(module, "carry_stations", dies)
    with django_capture_on_commit_callbacks(execute=True):
        head.post(ADDRESS, TYPED)
    monkeypatch.undo()
    assert Job.objects.get(kind="second-round").state == State.BROKEN
    page = head.get(ADDRESS).content.decode()
    assert "goes on where it stopped" in page
    assert "/m/small-2/" not in page, "nobody meets a half mission"
    with django_capture_on_commit_callbacks(execute=True):
        head.post(ADDRESS, TYPED)
    assert Mission.objects.get(slug="small-2").stations.count() == 4


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"slug": "small"}, "short name already"),
        ({"election_date": "2019-06-09"}, "after the first"),
        ({"other": "anna"}, "two different contestants"),
        ({"other": "nobody"}, "nobody"),
        ({"slug": "Not A Slug"}, "small Latin letters"),
        ({"title-en": ""}, "required"),
    ],
)
def test_what_cannot_be_is_said_and_kept(head: Client, mission: SmallMission, typed: dict[str, str], said: str) -> None:
    mission.row.election_date = NOW.date().replace(month=6, day=9)
    mission.row.save(update_fields=["election_date"])
    answer = head.post(ADDRESS, {**TYPED, **typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "The second round" in answer.content.decode() or not typed.get("title-en", "x")
    assert not Mission.objects.filter(slug="small-2").exists()


def test_who_may_not_make_missions_is_told_whom_to_ask(head: Client) -> None:
    get_user_model().objects.filter(username="head").update(founder=False)
    assert "Ask somebody who may" in head.get(ADDRESS).content.decode()
    head.post(ADDRESS, TYPED)
    assert not Mission.objects.filter(slug="small-2").exists()
