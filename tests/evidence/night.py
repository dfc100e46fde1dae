"""A night in a database of its own, for the test that kills the worker: `night.py make|send N|told`."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paragraph8.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from conftest import SERVER, small_mission  # noqa: E402
from paragraph8.audit.queries import latest_change, waiting  # noqa: E402
from paragraph8.capture.operations import Sender, receive  # noqa: E402
from paragraph8.domain.figures import Key  # noqa: E402
from paragraph8.domain.ids import new_id  # noqa: E402
from paragraph8.evidence.queries import figures, live, shown  # noqa: E402
from paragraph8.missions.models import Mission  # noqa: E402

PATIENCE = 60


def make() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    small_mission()


def send(n: int) -> None:
    mission = Mission.objects.get(slug="small")
    for number in range(n):
        answers = {"C01": "yes", "C02": ("good", "bad")[number % 2], "C03": 900 + number % 3}
        report = {"report": 1, "id": str(new_id()), "form": "counting", "version": "1", "station": "A1"}
        body = json.dumps({**report, "answers": answers}).encode()
        receive(mission_id=mission.pk, body=body, sender=Sender(name="x", channel="http"), now=datetime.now(UTC))


def told() -> None:
    """How many reports the figures that pages show know of, once they know of all, and whether they are right."""
    mission = Mission.objects.get(slug="small")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        change, found = live(mission, viewer=SERVER)
        if not waiting() and change >= latest_change(mission.pk):
            keys = [key for of_app in shown(mission).values() for key in of_app]
            computed = figures(mission, keys, as_of=change, viewer=SERVER)
            count = found[Key.of("eday", "observations", form="counting")].value
            print(json.dumps({"reports": count, "right": dict(found) == computed}))
            return
        time.sleep(0.1)
    raise TimeoutError("The figures did not catch up.")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make"]:
            make()
        case ["send", n]:
            send(int(n))
        case ["told"]:
            told()
