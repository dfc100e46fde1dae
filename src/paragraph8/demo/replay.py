"""The simulated day once more, at a pace at which it can be watched: an hour in a minute.

Its reports are posted in their order by simulated phones to the running server, into a fresh mission, each with the
time of day at which its phone sent it. What the rooms show then is what they would have shown on the day.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from paragraph8.audit.clock import HEADER
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from .facts import Reference, reference
from .mission import SERVER, SET_UP, Say, add_people, tell_sign_ins
from .preparation import prepare
from .sending import Sending
from .simulation import simulate

PATIENCE = 1.0
"""Seconds until a post that found no server is tried again."""
ACCEPTED = (200, 201, 202)


@dataclass(frozen=True)
class Replay:
    """A fresh mission, and everything that its phones will post."""

    slug: str
    zone: str
    sendings: Sequence[Sending]
    tokens: Mapping[str, str]

    def run(self, *, port: int, pace: float, say: Say, stop: threading.Event) -> int:
        """Post everything in the order and at the pace of the day until `stop` is set; how many posts were accepted.

        A post that finds no server is tried again, as a phone does; the day then waits for it.
        """
        posted, hour, begun = 0, -1, time.monotonic()
        for sending in self.sendings:
            due = (sending.at - self.sendings[0].at).total_seconds() / pace
            if stop.wait(max(0.0, begun + due - time.monotonic())):
                break
            asked = time.monotonic()
            while not self._post(sending, port, say):
                if stop.wait(PATIENCE):
                    return posted
                begun, asked = begun + time.monotonic() - asked, time.monotonic()
            posted += 1
            local = sending.at.astimezone(ZoneInfo(self.zone))
            if local.hour != hour:
                hour = local.hour
                say(f"    {local:%H:%M} of the simulated day; {posted} posts so far")
        return posted

    def _post(self, sending: Sending, port: int, say: Say) -> bool:
        """Whether the server took it, or answered that it never will."""
        headers = {
            "Authorization": f"Bearer {self.tokens[sending.device]}",
            "Content-Type": "application/json",
            HEADER: sending.at.isoformat(),
        }
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("POST", f"/api/missions/{self.slug}/reports", body=sending.body, headers=headers)
            response = connection.getresponse()
            answer = response.read()
        except OSError:
            return False
        finally:
            connection.close()
        if response.status in ACCEPTED:
            return True
        say(f"    the server answered {response.status}: {answer[:200]!r}")
        return response.status < 500


def prepare_replay(*, seed: int, say: Say) -> Replay:
    """A fresh mission of the simulated day, set up as some days before, with the sign-ins of the demonstration."""
    say("1/2 Simulating an election day.")
    simulation = simulate(seed)
    say("2/2 Setting a fresh mission up.")
    facts = _renamed(reference())
    before = facts.heard_until - SET_UP
    mission, tokens = prepare(facts=facts, simulation=simulation, by=SERVER, now=before)
    add_people(mission, before)
    _tell(mission, simulation.sendings[0].at, say)
    return Replay(mission.slug, mission.zone, simulation.sendings, tokens)


def _renamed(facts: Reference) -> Reference:
    """The facts under the next free name."""
    taken = set(Mission.objects.filter(slug__startswith=f"{facts.slug}-replay-").values_list("slug", flat=True))
    n = next(n for n in range(1, len(taken) + 2) if f"{facts.slug}-replay-{n}" not in taken)
    words = {"en": "replay", "kk": "қайта ойнату", "ru": "повтор"}
    title = {tag: f"{string} ({words.get(tag, words['en'])} {n})" for tag, string in facts.title.strings}
    return replace(facts, slug=f"{facts.slug}-replay-{n}", title=Text.of(title))


def _tell(mission: Mission, begins: datetime, say: Say) -> None:
    say("")
    say(f"Mission {mission.slug}: its day begins at {begins.astimezone(ZoneInfo(mission.zone)):%H:%M} local time.")
    say(f"Watch it at /m/{mission.slug}/election-day/ (on a wall: /m/{mission.slug}/election-day/?wall=yes).")
    tell_sign_ins(mission, say)
    say("Everything observed in it is simulated; its institutions are fictitious.")
