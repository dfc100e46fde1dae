"""A desk beside a running server, in a process of its own: reads one command a line, answers with one line of JSON.

`python tests/jobs/desk.py` works under P8_HOME. It starts jobs as the pages do, and looks at what is in the database.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paragraph8.config.settings")
django.setup()

from conftest import NOW, SERVER, pytest_configure  # noqa: E402 - Django is set up first

LINES = 12_000


class Desk:
    """What can be asked of it."""

    def __init__(self) -> None:
        from deployment.conftest import planned_mission

        self.mission = planned_mission().row

    def stations(self) -> int:
        """Start reading a long station list that brings areas."""
        from paragraph8.places.uploads import keep_upload, start_check

        rows = "".join(f"{n},N{n % 50},{n % 900}\n" for n in range(LINES))
        upload = keep_upload(
            mission=self.mission,
            data=f"Number,Region,Voters\n{rows}".encode(),
            kind="stations",
            name="list.csv",
            source="The authority",
            by=SERVER,
            now=NOW,
        )
        mapping = {"columns": upload.mapping["columns"], "language": "en", "bring_areas": True}
        return start_check(upload=upload, mapping=mapping, by=SERVER, now=NOW).pk

    def plan(self) -> int:
        """Start working out a plan."""
        from paragraph8.deployment.models import Mode
        from paragraph8.deployment.operations import make_plan
        from paragraph8.deployment.parameters import Parameters

        modes = dict.fromkeys(("T1", "T2"), Mode.ROUTE)
        parameters = Parameters(visits=5, least=4)
        plan = make_plan(mission=self.mission, modes=modes, parameters=parameters, seed=1, by=SERVER, now=NOW)
        return int(plan.job_id)

    def accept(self) -> int:
        """Let the newest plan hold."""
        from paragraph8.deployment.operations import accept_plan

        return accept_plan(plan=self.mission.plans.order_by("-number").first(), by=SERVER, now=NOW)

    def packs(self) -> int:
        """Start making packs with codes."""
        from paragraph8.deployment.packs import order_packs

        plan = self.mission.plans.get(state="accepted")
        now = NOW + timedelta(minutes=1)
        return int(order_packs(plan=plan, language="en", teams=[], codes=True, by=SERVER, now=now).job_id)

    def job(self, pk: int) -> str:
        """How far a job is."""
        from paragraph8.jobs.models import Job

        return Job.objects.get(pk=pk).state

    def found(self) -> dict[str, Any]:
        """What is there."""
        from paragraph8.accounts.models import Enrolment
        from paragraph8.deployment.models import Assignment, PackSet
        from paragraph8.deployment.packs import folder_of_packs
        from paragraph8.missions.models import Area, Station, StationList

        return {
            "staged": Station.objects.filter(list__published_at=None).count(),
            "lists": StationList.objects.filter(published_at=None).values_list("n", flat=True).count(),
            "areas": Area.everything.exclude(draft_of=None).count(),
            "plans": list(self.mission.plans.order_by("number").values_list("state", "reason")),
            "stops": Assignment.objects.count(),
            "codes": Enrolment.objects.count(),
            "codes_that_count": list(Enrolment.objects.filter(withdrawn_at=None).values_list("number", flat=True)),
            "packs": PackSet.objects.exclude(sha256="").count(),
            "files": len(list(folder_of_packs().glob("*/*"))),
        }


def main() -> None:
    """Answer until the input ends."""
    from django.core.management import call_command

    pytest_configure()  # only the server, which is killed, waits for the disk
    call_command("migrate", verbosity=0)
    desk = Desk()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        name, *arguments = line.split()
        print(json.dumps(getattr(desk, name)(*map(int, arguments))), flush=True)


if __name__ == "__main__":
    main()
