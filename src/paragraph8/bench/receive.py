"""Receiving reports one after another."""

from __future__ import annotations

from .databases import database, empty_mission
from .machine import Result, now, timed, with_machine


def receive() -> Result:
    """Receive 1,000 reports one after another, each in its own durable transaction, then number and read them."""
    n = 1000
    with database():
        import json

        from paragraph8.audit.sequencer import sequence_all
        from paragraph8.capture.operations import Sender
        from paragraph8.capture.operations import receive as keep
        from paragraph8.domain.ids import new_id

        mission = empty_mission(60, 17)
        sender = Sender(name="bench", channel="bench")
        bodies = [
            json.dumps(
                {"report": 1, "id": str(new_id()), "form": "f", "version": "1", "station": f"S{i % 500}", "answers": {}}
            ).encode()
            for i in range(n)
        ]
        seconds, _ = timed(
            lambda: [keep(mission_id=mission.pk, body=body, sender=sender, now=now()) for body in bodies]
        )
        reading, _ = timed(lambda: sequence_all(clock=now))
    return with_machine(
        {
            "bench": "receive",
            "reports": n,
            "seconds": seconds,
            "per_second": round(n / seconds),
            "sequence_and_check_seconds": reading,
        }
    )
