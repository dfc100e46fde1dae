"""Making the reference mission: facts in, simulated reports through the real address, statement out.

Everything goes the way a real mission's day goes: phones post to the web process, the sequencer numbers what came,
an analyst corrects, the head releases, and a stranger's command verifies. Only the clock is simulated.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from paragraph8.accounts.models import Membership, User
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import Role, Viewer, command
from paragraph8.accounts.queries import viewer_of
from paragraph8.audit.clock import HEADER
from paragraph8.audit.sequencer import sequence_all
from paragraph8.capture.models import Report
from paragraph8.documents.verify import verify
from paragraph8.evidence.operations import snapshot
from paragraph8.missions.models import Mission
from paragraph8.publishing.models import Release
from paragraph8.publishing.operations import release, store_document
from paragraph8.review.operations import correct
from paragraph8.serving import web_process

from .contest import write_down, write_results
from .facts import Reference, reference
from .ledger import write_ledger
from .preparation import prepare
from .simulation import Simulation, dirt, simulate
from .texts import texts

Say = Callable[[str], None]
SERVER = command("demo")
AFTER = timedelta(days=2)
"""The results that the authorities told until so long after the release are written down too."""
LEDGER = timedelta(days=14)
"""What was said in public until so long after the release is entered, on the day it was said."""
SET_UP = timedelta(days=7)
"""The mission is set up this long before election day."""


class DemoFailedError(RuntimeError):
    """The demonstration did not come out as it should; the message says where."""


def build(*, seed: int, say: Say) -> Mission:
    """Make the reference mission with its release unless it is there, verify the release, and say where things are."""
    facts = reference()
    mission = Mission.objects.filter(slug=facts.slug).first()
    made = Release.objects.filter(mission=mission).order_by("-version").first() if mission else None
    if mission is None or made is None:
        mission, made = _make(facts, seed, say)
    else:
        say(f"The reference mission is there (version {made.version}); nothing is made again.")
    _verify(made, say)
    _tell(mission, made, say)
    return mission


def _make(facts: Reference, seed: int, say: Say) -> tuple[Mission, Release]:
    if Mission.objects.filter(slug=facts.slug).exists():
        raise DemoFailedError(
            "An earlier start was stopped half-way. Remove var/ and out/ and start again: nothing in them is real."
        )
    say("1/6 Simulating an election day.")
    simulation = simulate(seed)
    _tell_dirt(simulation, say)
    say("2/6 Setting the mission up.")
    mission, tokens = prepare(facts=facts, simulation=simulation, by=SERVER, now=facts.heard_until - SET_UP)
    add_people(mission, facts.heard_until - SET_UP)
    say(f"3/6 Sending {len(simulation.sendings)} posts of simulated phones through the web address.")
    _send(mission, simulation, tokens, say)
    say("4/6 Numbering, reading and checking what came.")
    sequence_all(clock=lambda: facts.heard_until, progress=lambda n: _every(500, n, "changes", say))
    analyst = _viewer("analyst", mission)
    _correct(mission, analyst, facts)
    sequence_all(clock=lambda: facts.heard_until)
    write_down(mission=mission, facts=facts, by=SERVER, now=facts.heard_until, since=facts.heard_until - SET_UP)
    write_ledger(mission=mission, by=SERVER, until=facts.heard_until)
    say("5/6 Drafting the statement and the press release.")
    for document in texts():
        store_document(mission=mission, document=document.to_json(), by=analyst, now=facts.heard_until)
    sequence_all(clock=lambda: facts.heard_until)
    say("6/6 Releasing in three languages.")
    made = release(mission=mission, by=_viewer("head", mission), now=facts.released_at, progress=say)
    sequence_all(clock=lambda: facts.released_at)
    snapshot(mission=mission, now=facts.released_at)
    write_results(mission=mission, by=SERVER, until=facts.released_at + AFTER)
    sequence_all(clock=lambda: facts.released_at + AFTER)
    write_ledger(mission=mission, by=SERVER, until=facts.released_at + LEDGER, since=facts.heard_until)
    sequence_all(clock=lambda: facts.released_at + LEDGER)
    return mission, made


def add_people(mission: Mission, now: datetime) -> None:
    """One sign-in per role; passwords are drawn once and stand in a file that only the owner reads."""
    team = mission.teams.order_by("code").first()
    held = _passwords()
    passwords = {role.value: held.get(role.value) or secrets.token_urlsafe(12) for role in Role}
    for role in Role:
        add_member(
            username=role.value,
            password=passwords[role.value],
            mission_id=mission.pk,
            role=role,
            team_id=team.pk if team and role in (Role.OBSERVER, Role.LONG_TERM) else None,
            by=SERVER,
            now=now,
        )
        user = User.objects.get(username=role.value)
        user.set_password(passwords[role.value])
        user.save(update_fields=["password"])
    path = _sign_ins()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(passwords, file, indent=1)


def _send(mission: Mission, simulation: Simulation, tokens: Mapping[str, str], say: Say) -> None:
    """Post everything in the order of the day, each with the time at which its phone sent it."""
    answers: Counter[int] = Counter()
    with _web() as address:
        for n, sending in enumerate(simulation.sendings, start=1):
            headers = {
                "Authorization": f"Bearer {tokens[sending.device]}",
                "Content-Type": "application/json",
                HEADER: sending.at.isoformat(),
            }
            address.request("POST", f"/api/missions/{mission.slug}/reports", body=sending.body, headers=headers)
            response = address.getresponse()
            answer = response.read()
            answers[response.status] += 1
            if response.status not in (200, 201, 202):
                raise DemoFailedError(f"the web address answered {response.status}: {answer[:200]!r}")
            _every(250, n, "posts", say)
    kept = Report.objects.filter(mission=mission).count()
    say(f"    {answers[201]} new, {answers[200]} had before, {answers[202]} kept for somebody to look at; {kept} kept.")


@contextmanager
def _web() -> Iterator[http.client.HTTPConnection]:
    """A web process with a simulated clock on a free port, and a connection to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    connection.close()
    with web_process(host="127.0.0.1", port=port, environment={"P8_SIMULATED_CLOCK": "1"}) as process:
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise DemoFailedError("the web process did not start") from None
                time.sleep(0.1)
        address = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            yield address
        finally:
            address.close()


def _correct(mission: Mission, analyst: Viewer, facts: Reference) -> None:
    """What a desk does in the night: one answer corrected by telephone, one wrong station code set right."""
    lost = mission.readings.filter(station=None, form_code="voting").order_by("pk").first()
    if lost is None:
        raise DemoFailedError("no report names an unknown station")
    neighbour = mission.readings.filter(report__team=lost.report.team, station__isnull=False).order_by("pk").first()
    if neighbour is None or neighbour.station is None:
        raise DemoFailedError("the team of the lost report has no other report")
    correct(
        report=lost.report,
        kind="station",
        value=neighbour.station.key,
        reason="Simulated: the team named the station on the telephone.",
        by=analyst,
        now=facts.heard_until,
    )
    over = mission.readings.filter(form_code="voting", found__code="above").order_by("pk").first()
    if over is None:
        raise DemoFailedError("no report has more voters than its list")
    correct(
        report=over.report,
        kind="answer",
        question="B06",
        value={"missing": "not-known"},
        reason="Simulated: the team could not confirm the number.",
        by=analyst,
        now=facts.heard_until,
    )


def _verify(made: Release, say: Say) -> None:
    for part in ("sealed", "public"):
        verdict = verify(Path(made.folder) / part)
        if not verdict.ok:
            failed = [str(line) for line in verdict.lines][:5]
            raise DemoFailedError(f"the {part} release does not verify: {failed}")
        say(f"Verified: {made.folder}/{part}")


def _tell(mission: Mission, made: Release, say: Say) -> None:
    say("")
    say(f"Statement and press release: {made.folder}/public")
    say(f"The same with the rows behind every number: {made.folder}/sealed")
    say(f"Check it yourself: ./run p8 verify {made.folder}/public")
    tell_sign_ins(mission, say)
    say("Everything observed in it is simulated; its institutions are fictitious.")


def tell_sign_ins(mission: Mission, say: Say) -> None:
    """How to sign in as each role."""
    passwords = _passwords()
    for membership in Membership.objects.filter(mission=mission).select_related("user").order_by("pk"):
        name = membership.user.username
        if name in passwords:
            say(f"Sign in as {name:<14} password {passwords[name]}")


def _passwords() -> dict[str, str]:
    """The passwords that were drawn, by role."""
    path = _sign_ins()
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _tell_dirt(simulation: Simulation, say: Say) -> None:
    for name, rate in dirt(simulation).items():
        target = rate.target
        beside = f" (real file: {float(target.share()):.1%})" if target else ""
        say(f"    {name}: {rate.numerator} of {rate.denominator}, {float(rate.share()):.1%}{beside}")


def _viewer(username: str, mission: Mission) -> Viewer:
    return viewer_of(Membership.objects.get(user__username=username, mission=mission).user)


def _sign_ins() -> Path:
    return Path(settings.VAR) / "demo-sign-ins.json"


def _every(step: int, n: int, what: str, say: Say) -> None:
    if n % step == 0:
        say(f"    {n} {what}")
