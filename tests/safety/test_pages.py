"""The pages of safety, as the security officer and observers use them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.models import User
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import Role
from paragraph8.domain.check_ins import How
from paragraph8.domain.figures import Key
from paragraph8.evidence.operations import freeze
from paragraph8.missions.models import Team
from paragraph8.safety.models import Acknowledgement, CheckIn, Recall, Schedule
from paragraph8.safety.operations import acknowledge, check_in, set_schedule

PLACE = "guest house by the river"


@pytest.fixture
def desk(mission: SmallMission) -> Client:
    return signed_in(mission, Role.SECURITY)


def signed_in(mission: SmallMission, role: Role, team: str = "") -> Client:
    user = User.objects.create_user(username=f"person-{role.value}")
    add_member(
        username=user.username,
        password="unused",
        mission_id=mission.row.pk,
        role=role,
        team_id=mission.teams[team].pk if team else None,
        by=SERVER,
        now=NOW,
    )
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    return response.content.decode()


def late(mission: SmallMission) -> Schedule:
    """Every team is to be heard from each ten minutes, since an hour ago, day and night."""
    schedule = set_schedule(mission=mission.row, every=10, by=SERVER, now=timezone.now() - timedelta(hours=1))
    Schedule.objects.filter(pk=schedule.pk).update(opens="00:00", closes="23:59:59")
    return schedule


def test_a_room_without_a_schedule_says_so(mission: SmallMission, desk: Client) -> None:
    assert "Nothing is due: there is no schedule." in text(desk.get("/m/small/safety/"))
    Team.objects.all().update(dissolved_at=NOW)
    assert "There is no team yet." in text(desk.get("/m/small/safety/"))
    for page in ("desk", "recalls"):
        assert "There is no team yet." in text(desk.get(f"/m/small/safety/{page}/"))


def test_the_list_follows_by_itself_and_is_kept_by_nothing(mission: SmallMission, desk: Client) -> None:
    late(mission)
    page = desk.get("/m/small/safety/")
    assert 'hx-trigger="every 7s"' in text(page)
    assert "no-store" in page.headers["Cache-Control"]
    part = text(desk.get("/m/small/safety/", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "Overdue or asking for help: 2" in part
    assert "overdue by" in part


def test_a_telephone_call_is_noted_and_takes_the_team_off_the_alarms(mission: SmallMission, desk: Client) -> None:
    late(mission)
    team = mission.teams["T1"]
    desk.post("/m/small/safety/desk/", {"team": team.pk, "place": "a1", "how": "call", "when": ""})
    row = CheckIn.objects.get()
    assert (row.station.key, row.how, row.needs_help) == ("A1", "call", False)
    assert "Overdue or asking for help: 1" in text(desk.get("/m/small/safety/"))
    assert "station A1, North" in text(desk.get("/m/small/safety/"))
    assert "station A1" in text(desk.get("/m/small/safety/desk/"))


def test_a_time_that_is_still_to_come_was_yesterdays(mission: SmallMission, desk: Client) -> None:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Asia/Almaty")
    ahead = timezone.now().astimezone(zone) + timedelta(minutes=30)
    typed = {"team": mission.teams["T1"].pk, "place": PLACE, "how": "call", "when": f"{ahead:%H:%M}"}
    desk.post("/m/small/safety/desk/", typed)
    at = CheckIn.objects.get().at
    assert timedelta(hours=23) < timezone.now() - at < timedelta(hours=24)
    assert f"{at.astimezone(zone):%H:%M}" == f"{ahead:%H:%M}"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"how": "call", "when": ""}, "Choose one of those offered."),
        ({"team": "4711", "how": "call"}, "Choose one of those offered."),
        ({"how": "call", "when": "25:00"}, "Not understood: 25:00"),
        ({"how": "call", "when": "soon", "place": "x" * 130}, "Not understood: soon"),
    ],
)
def test_a_call_that_is_mistyped_is_refused_and_kept(
    mission: SmallMission, desk: Client, typed: dict, words: str
) -> None:
    response = desk.post("/m/small/safety/desk/", typed)
    assert response.status_code == 422
    assert words in text(response)
    assert not CheckIn.objects.exists()


def test_who_looks_after_a_late_team_is_named_on_the_list(mission: SmallMission, desk: Client) -> None:
    late(mission)
    at = f"/m/small/safety/teams/{mission.teams['T1'].pk}/"
    assert desk.post(at, {"do": "acknowledge", "note": ""}).status_code == 422
    desk.post(at, {"do": "acknowledge", "note": "driver called"})
    assert Acknowledgement.objects.get().note == "driver called"
    assert "looked after by person-security" in text(desk.get("/m/small/safety/"))
    assert "driver called" in text(desk.get(at))
    desk.post(at, {"do": "call", "how": "sms", "place": PLACE})
    assert PLACE in text(desk.get(at))
    assert "looked after by" not in text(desk.get("/m/small/safety/"))


def test_schedules_are_set_and_ended(mission: SmallMission, desk: Client) -> None:
    typed = {"do": "set", "area": "", "kind": "sto", "times": "08:00, 21:00", "grace": "5", "early": "60"}
    desk.post("/m/small/safety/schedule/", typed)
    row = Schedule.objects.get()
    assert (row.times, row.kind, row.grace) == (["08:00", "21:00"], "sto", 5)
    assert "08:00 · 21:00" in text(desk.get("/m/small/safety/schedule/"))
    for wrong in ({"times": ""}, {"every": "30"}, {"times": "8 o'clock"}, {"grace": "x"}, {"first_day": "soon"}):
        assert desk.post("/m/small/safety/schedule/", {**typed, **wrong}).status_code == 422, wrong
    desk.post("/m/small/safety/schedule/", {"do": "end", "schedule": row.pk})
    assert not Schedule.objects.exists()


def test_a_recall_is_drafted_worded_and_noted_as_sent(mission: SmallMission, desk: Client) -> None:
    Team.objects.filter(code="T1").update(phone="+7 700 000 00 01", area=mission.row.areas.get(code="A"))
    nobody = desk.post("/m/small/safety/recalls/", {"call": "return"})
    assert nobody.status_code == 422
    area = mission.row.areas.get(code="A")
    shown = desk.post("/m/small/safety/recalls/", {"call": "return", "areas": [area.pk]}, follow=True)
    page, at = text(shown), shown.redirect_chain[-1][0]
    assert "77 of 160 characters, messages: 1" in page
    assert "+7 700 000 00 01" in page
    assert "0 of 1" in page
    words = {f"{which}_{tag}": "Жүр!" * 20 for which in ("short", "long") for tag in ("en", "kk", "ru")}
    page = text(desk.post(at, {"do": "word", **words}, follow=True))
    assert "80 of 70 characters, messages: 2" in page
    assert "More than one message" in page
    assert desk.post(at, {"do": "word", **words, "short_kk": " "}).status_code == 422
    desk.post(at, {"do": "sent", "channel": "sms"})
    assert desk.post(at, {"do": "sent", "channel": "pigeon"}).status_code == 422
    assert Recall.objects.get().sent.get().channel == "sms"
    assert desk.post(at, {"do": "word", **words}).status_code == 422


def test_erasing_asks_twice(mission: SmallMission, desk: Client) -> None:
    check_in(team=mission.teams["T1"], at=NOW, how=How.CALL, place=PLACE, by=SERVER, now=NOW)
    for typed in ({"days": "0"}, {"sure": "on"}, {"days": "-1", "sure": "on"}):
        assert desk.post("/m/small/safety/erase/", typed).status_code == 422
    assert CheckIn.objects.count() == 1
    page = text(desk.post("/m/small/safety/erase/", {"days": "0", "sure": "on"}, follow=True))
    assert "Erased: 1." in page
    assert not CheckIn.objects.exists()


def test_an_observer_checks_in_the_own_team_with_one_button(mission: SmallMission) -> None:
    client = signed_in(mission, Role.OBSERVER, "T1")
    page = text(client.get("/m/small/check-in/"))
    assert "All is well" in page
    assert 'name="team"' not in page
    done = text(client.post("/m/small/check-in/", {"well": "yes"}, follow=True))
    assert "Thank you. You were heard." in done
    row = CheckIn.objects.get()
    assert (row.team, row.how, row.needs_help) == (mission.teams["T1"], "page", False)
    client.post("/m/small/check-in/", {"well": "help", "team": mission.teams["T2"].pk, "place": PLACE})
    row = CheckIn.objects.latest("pk")
    assert (row.team, row.needs_help) == (mission.teams["T1"], True)
    assert PLACE not in text(client.get("/m/small/check-in/"))


def test_an_observer_without_a_team_is_told_what_to_do(mission: SmallMission) -> None:
    client = signed_in(mission, Role.LONG_TERM)
    assert "You belong to no team." in text(client.get("/m/small/check-in/"))
    assert client.post("/m/small/check-in/", {"well": "yes"}).status_code == 422
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECURITY])
def test_nothing_of_it_stands_on_any_page_of_anybody_else(mission: SmallMission, sequenced, role: Role) -> None:
    check_in(team=mission.teams["T1"], at=NOW, how=How.CALL, place=PLACE, by=SERVER, now=NOW)
    acknowledge(team=mission.teams["T1"], due=NOW, note="driver called", by=SERVER, now=NOW)
    sequenced()
    client = signed_in(mission, role, "T1")
    team = mission.teams["T1"].pk
    for rest in (
        "",
        "log/",
        "teams/",
        f"teams/{team}/",
        "deployment/",
        "reports/",
        "check-in/",
        "settings/",
        "people/",
    ):
        page = text(client.get(f"/m/small/{rest}"))
        assert PLACE not in page, rest
        assert "driver called" not in page, rest
    for rest in ("", "desk/", f"teams/{team}/", "schedule/", "recalls/", "erase/"):
        assert client.get(f"/m/small/safety/{rest}").status_code == 403, rest
        assert client.post(f"/m/small/safety/{rest}", {}).status_code in (403, 405), rest


def test_what_a_mission_freezes_for_a_release_holds_nothing_of_it(mission: SmallMission, sequenced) -> None:
    mission.send(mission.body())
    check_in(team=mission.teams["T1"], at=NOW, how=How.CALL, place=PLACE, by=SERVER, now=NOW)
    acknowledge(team=mission.teams["T1"], due=NOW, note="driver called", by=SERVER, now=NOW)
    key = Key.parse("eday.observations[form=counting]")
    frozen = freeze(mission=mission.row, keys=[key], texts={}, as_of=sequenced(), by=SERVER, now=NOW)
    frozen.refresh_from_db()
    written = repr(vars(frozen))
    assert "observations" in written
    assert PLACE not in written
    assert "driver called" not in written
