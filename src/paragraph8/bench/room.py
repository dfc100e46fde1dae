"""`p8 bench room`: how quickly the election-day room answers, and how quickly the worker keeps it."""

from __future__ import annotations

import time
from statistics import median
from typing import Any

from .databases import database
from .figures import big_mission
from .machine import Result, now, timed, with_machine


def room() -> Result:
    """The election-day room of a mission with 100,000 reports: the page, the answer that nothing changed, the page of
    another hour, and what the worker does after 50 more reports."""
    reports, questions, areas = 100_000, 40, 17
    with database():
        from django.test import Client

        from paragraph8.audit.models import Change, Unsequenced
        from paragraph8.eday.operations import Keeper
        from paragraph8.evidence.operations import snapshot

        mission = big_mission(reports, questions, areas)
        Unsequenced.objects.all().delete()  # the changes of this mission were numbered by hand
        client, address, keeper = _head_of(mission, Client()), f"/m/{mission.slug}/election-day/", Keeper()
        last = Change.objects.order_by("-number").values_list("number", flat=True)[50]
        first, _ = timed(lambda: keeper.keep(mission=mission, as_of=last, now=now()))
        made = snapshot(mission=mission, now=now())
        more, _ = timed(lambda: keeper.keep(mission=mission, as_of=made.change_number, now=now()))

        def times(path: str, n: int = 15, **headers: str) -> float:
            client.get(path, headers=headers)
            return round(median(timed(lambda: client.get(path, headers=headers))[0] for _ in range(n)), 4)

        tag = client.get(address).headers["ETag"]
        page = times(address)
        began = time.process_time()
        client.get(address)
        cpu = round(time.process_time() - began, 4)
        unchanged = times(address, **{"HX-Request": "true", "If-None-Match": tag})
        then = times(f"{address}?as_of={made.change_number}")
    return with_machine(
        {
            "bench": "room",
            "reports": reports,
            "seconds": page,
            "limit_seconds": 0.1,
            "cpu_seconds": cpu,
            "unchanged_seconds": unchanged,
            "past_seconds": then,
            "board_from_scratch_seconds": first,
            "board_of_50_more_seconds": more,
        }
    )


def _head_of(mission: Any, client: Any) -> Any:
    """The client as the head of the mission, signed in."""
    from django.conf import settings

    from paragraph8.accounts.models import User
    from paragraph8.accounts.operations import add_member
    from paragraph8.accounts.permissions import Role, command

    settings.ALLOWED_HOSTS.append("testserver")
    user = User.objects.create_user(username="head")
    add_member(username="head", password="", mission_id=mission.pk, role=Role.HEAD, by=command("bench"), now=now())
    client.force_login(user)
    return client
