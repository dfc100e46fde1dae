"""The pages of the room: a seed, a design, a draw, all in the browser; what is closed stays closed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conftest import SmallMission
from paragraph8.accounts.models import User
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import TABLE, Action, Role
from paragraph8.samples.models import Commitment, Draw
from paragraph8.samples.queries import design_of

from conftest import NOW, SERVER  # isort: skip

from .drawing import drawn

DESIGN = {
    "name": "Quick count",
    "purpose": "citizen",
    "strata_by": "area",
    "method": "simple",
    "allocation": "proportional",
    "n": "2",
    "minimum": "1",
    "reserves": "1",
    "kinds": ["regular"],
}


@pytest.fixture(autouse=True)
def _at_once(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def signed_in(mission: SmallMission, role: Role, team: str = "") -> Client:
    user = User.objects.create_user(username=role.value)
    team_id = mission.teams[team].pk if team else None
    add_member(
        username=role.value,
        password="unused",
        mission_id=mission.row.pk,
        role=role,
        team_id=team_id,
        by=SERVER,
        now=NOW,
    )
    client = Client()
    client.force_login(user)
    return client


def close_in(**later: int) -> str:
    from zoneinfo import ZoneInfo

    return (timezone.now() + timedelta(**later)).astimezone(ZoneInfo("Asia/Almaty")).strftime("%Y-%m-%dT%H:%M")


def test_a_sample_is_made_in_the_browser_from_nothing(
    mission: SmallMission, django_capture_on_commit_callbacks
) -> None:
    client = signed_in(mission, Role.STATISTICIAN)
    assert client.post("/m/small/samples/", {"do": "commit"}).status_code == 302
    assert Commitment.objects.get().sha256 in client.get("/m/small/samples/").content.decode()
    design = {**DESIGN, "polls_close": close_in(days=1)}
    shown = client.post("/m/small/samples/new/", {**design, "do": "preview"})
    assert shown.status_code == 200
    assert not Draw.objects.exists()
    assert shown.context["preview"].n == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/m/small/samples/new/", {**design, "do": "draw"}).status_code == 302
    draw = Draw.objects.get()
    page = client.get(f"/m/small/samples/{draw.pk}/").content.decode()
    assert all(unit.station in page for unit in design_of(draw).drawn)
    told = client.get(f"/m/small/samples/{draw.pk}/disclosure.json")
    assert json.loads(told.content)["commitment"] == draw.commitment.sha256
    assert "attachment" in told.headers["Content-Disposition"]


def test_before_polls_close_no_page_tells_a_station_to_who_may_not_see_it(mission: SmallMission) -> None:
    draw = drawn(mission, polls_close=timezone.now() + timedelta(days=1))
    stations = [unit.station for unit in design_of(draw).drawn]
    for role in Role:
        client = signed_in(mission, role, team="T1" if role in (Role.OBSERVER, Role.LONG_TERM) else "")
        may, room = Action.SEE_SAMPLE in TABLE[role], Action.SEE_DEPLOYMENT in TABLE[role]
        page = client.get(f"/m/small/samples/{draw.pk}/")
        assert page.status_code == (200 if room else 403)
        assert all((f">{station}" in page.content.decode()) is may for station in stations), role
        for file in ("disclosure.json", "stations.csv"):
            assert client.get(f"/m/small/samples/{draw.pk}/{file}").status_code == (200 if may else 403), role


def test_the_number_of_stations_follows_from_a_margin(mission: SmallMission) -> None:
    from paragraph8.missions.operations import NewStation, add_stations

    stations = [NewStation(key=f"N{n}", area="A" if n % 3 else "B") for n in range(996)]
    add_stations(mission=mission.row, stations=stations, by=SERVER, now=NOW)
    client = signed_in(mission, Role.STATISTICIAN)
    for margin, n in (("5", 278), ("5.0", 278), ("10", 88)):
        typed = {**DESIGN, "n": "", "margin": margin, "do": "preview", "minimum": "2"}
        shown = client.post("/m/small/samples/new/", typed).context["preview"]
        assert shown.n == n
        assert shown.margin <= float(margin) * 10
    assert client.post("/m/small/samples/new/", {**DESIGN, "n": "", "margin": "0"}).status_code == 422


def test_bad_designs_come_back_with_what_was_typed_and_why(mission: SmallMission) -> None:
    client = signed_in(mission, Role.STATISTICIAN)
    client.post("/m/small/samples/", {"do": "commit"})
    for change in (
        {"n": "400"},
        {"n": ""},
        {"n": "-1"},
        {"n": "1e9"},
        {"method": "spatial"},
        {"method": "magic"},
        {"strata_by": "team", "per_team": ""},
        {"strata_by": "team", "per_team": "2"},
        {"allocation": "neyman", "spreads": "A 0.1"},
        {"allocation": "neyman", "spreads": "A 0.1 more"},
        {"polls_close": "tonight"},
        {"polls_close": ""},
        {"minimum": "0"},
        {"kinds": ["prison"]},
        {"name": ""},
    ):
        typed = {**DESIGN, "polls_close": close_in(days=1), "do": "draw", **change}
        answer = client.post("/m/small/samples/new/", typed)
        assert answer.status_code == 422, change
        assert 'class="flag is-block"' in answer.content.decode(), change
    assert not Draw.objects.exists()


def test_a_second_seed_and_an_early_contribution_are_refused_on_the_page(mission: SmallMission) -> None:
    client = signed_in(mission, Role.HEAD)
    assert client.post("/m/small/samples/", {"do": "commit", "source": "dice"}).status_code == 422
    due = close_in(hours=2)
    assert client.post("/m/small/samples/", {"do": "commit", "source": "dice", "due": due}).status_code == 302
    assert client.post("/m/small/samples/", {"do": "commit"}).status_code == 422
    early = client.post("/m/small/samples/", {"do": "contribute", "value": "3 5 1"})
    assert early.status_code == 422
    assert "3 5 1" in early.content.decode()


def test_who_may_not_draw_finds_no_form_and_no_way_around(mission: SmallMission) -> None:
    client = signed_in(mission, Role.COORDINATOR)
    assert "<form method" not in client.get("/m/small/samples/").content.decode().split("<main")[1]
    for address in ("samples/", "samples/new/"):
        assert client.post(f"/m/small/{address}", {"do": "commit", **DESIGN}).status_code == 403
    draw = drawn(mission)
    assert client.post(f"/m/small/samples/{draw.pk}/", {"do": "replace"}).status_code == 403


def test_an_observer_sees_the_own_stop_at_its_hour(mission: SmallMission) -> None:
    from paragraph8.samples.stops import plan_stops

    mission.row.teams.filter(code="T1").update(area=mission.row.areas.get(code="A"))
    draw = drawn(mission, polls_close=timezone.now() + timedelta(days=1))
    station = next(unit.station for unit in design_of(draw).drawn if unit.stratum == "A")
    client = signed_in(mission, Role.OBSERVER, team="T1")
    plan_stops(draw=draw, first=timezone.now() + timedelta(hours=1), minutes=0, by=SERVER, now=NOW)
    assert station not in client.get("/m/small/my-stops/").content.decode().split("<main")[1]
    plan_stops(draw=draw, first=timezone.now() - timedelta(hours=1), minutes=0, by=SERVER, now=NOW)
    page = client.get("/m/small/my-stops/").content.decode().split("<main")[1]
    assert f"<b>{station}</b>" in page
    assert 'class="panel noprint"' in page


def test_a_map_shows_the_drawn_stations_once_polls_have_closed_and_to_nobody_before(mission: SmallMission) -> None:
    from paragraph8.missions.models import Area, Station

    for place, code in (("1/1", "A"), ("2/1", "B")):
        Area.objects.filter(mission=mission.row, code=code).update(at=place)
    for n, station in enumerate(Station.objects.filter(mission=mission.row)):
        Station.objects.filter(pk=station.pk).update(latitude=48 + n / 10, longitude=67 + n / 10)
    waits = drawn(mission, polls_close=timezone.now() + timedelta(days=1))
    over = drawn(mission, polls_close=NOW + timedelta(hours=3))
    clients = {role: signed_in(mission, role) for role in (Role.HEAD, Role.STATISTICIAN, Role.COORDINATOR)}
    for role, client in clients.items():
        closed = client.get(f"/m/small/samples/{waits.pk}/")
        assert (closed.context["result"].map, closed.context["result"].dots) == (None, ()), role
        assert not {"circle", 'class="tiles"'} & set(closed.content.decode().split("<main")[1].split("<")), role
        result = client.get(f"/m/small/samples/{over.pk}/").context["result"]
        assert {place.area.code: place.cell.number for place in result.map.drawn()} == {"A": 1, "B": 1}
        assert {dot.station.key for dot in result.dots} == {unit.station for unit in design_of(over).drawn}
        page = client.get(f"/m/small/samples/{over.pk}/").content.decode()
        assert (page.count("<circle"), page.count('class="tiles"')) == (2, 1)


def test_a_map_counts_the_reserve_and_not_the_station_that_gave_way(mission: SmallMission) -> None:
    from paragraph8.samples.stops import replace

    draw = drawn(mission)
    out = design_of(draw).drawn[0].station
    replace(draw=draw, station=out, reason="flooded", by=SERVER, now=NOW + timedelta(minutes=3))
    result = signed_in(mission, Role.HEAD).get(f"/m/small/samples/{draw.pk}/").context["result"]
    assert sum(place.cell.number for place in result.map.places) == 2
    assert result.dots == ()


def test_a_draw_of_another_mission_is_not_there(mission: SmallMission) -> None:
    client = signed_in(mission, Role.HEAD)
    assert client.get("/m/small/samples/999/").status_code == 404
