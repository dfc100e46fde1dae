"""Committing to a seed, asking for a draw, drawing. The order of these times is what makes a sample believable."""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import canonical, digest
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import JobRefusedError, Progress, start
from paragraph8.missions.models import Mission, StationList
from paragraph8.statistics.sampling import drawing
from paragraph8.statistics.sampling.allocation import Allocation
from paragraph8.statistics.sampling.design import Request
from paragraph8.statistics.sampling.randomness import SEED_BYTES, commitment_to, mixed
from paragraph8.statistics.sampling.refusals import RefusedDrawError

from . import refusals
from .frames import POLLING, Built, Covering, frame_of
from .models import Commitment, Contribution, Draw, DrawRequest
from .queries import earlier_for, polls_close_of, request_of
from .refusals import RefusedSampleError
from .sealing import salted, seal, unseal


@transaction.atomic
def commit_seed(
    *, mission: Mission, by: Viewer, now: datetime, source: str = "", due: datetime | None = None
) -> Commitment:
    """Make a seed that nobody sees, keep it sealed, and publish its SHA-256 in the log.

    With `source`, what will be known from there at `due` is mixed in before the draw. Raises `RefusedSampleError` in a
    mission whose format observes nothing systematically, while another seed waits for its draw, and for a source
    without a time to come or a time without a source.
    """
    by.require(Action.DRAW_SAMPLE, mission.pk)
    held = Mission.objects.select_for_update().get(pk=mission.pk)
    if not held.kind.observes_systematically:
        raise RefusedSampleError(refusals.FORMAT)
    if Commitment.objects.filter(mission=mission, draw=None).exists():
        raise RefusedSampleError(refusals.OPEN_SEED)
    if source.strip() and (due is None or due <= now):
        raise RefusedSampleError(refusals.NO_DUE)
    if due is not None and not source.strip():
        raise RefusedSampleError(refusals.NO_SOURCE)
    seed = secrets.token_bytes(SEED_BYTES)
    sha256 = commitment_to(seed)
    entry = append(
        mission_id=mission.pk,
        kind="seed.committed",
        subject=f"seed:{sha256[:16]}",
        body={"sha256": sha256, "source": digest(source.strip()), "due": due.isoformat() if due else ""},
        by=by.name,
        now=now,
    )
    return Commitment.objects.create(
        mission=mission,
        sealed=seal(seed, mission_id=mission.pk),
        sha256=sha256,
        source=source.strip(),
        due=due,
        at=now,
        by=by.name,
        entry=entry,
    )


@transaction.atomic
def contribute(*, commitment: Commitment, value: str, by: Viewer, now: datetime) -> Contribution:
    """Write down what came from the source that was announced. Raises `RefusedSampleError` before its time."""
    by.require(Action.DRAW_SAMPLE, commitment.mission_id)
    if not commitment.source or _is_used(commitment) or Contribution.objects.filter(commitment=commitment).exists():
        raise RefusedSampleError(refusals.NOT_AWAITED)
    if commitment.due is not None and now < commitment.due:
        raise RefusedSampleError(refusals.TOO_EARLY)
    value = " ".join(value.split())
    if not value or len(value) > 200:
        raise RefusedSampleError(refusals.NO_VALUE)
    entry = append(
        mission_id=commitment.mission_id,
        kind="seed.contributed",
        subject=f"seed:{commitment.sha256[:16]}",
        body={"commitment": commitment.sha256, "sha256": digest(value)},
        by=by.name,
        now=now,
    )
    return Contribution.objects.create(commitment=commitment, value=value, at=now, by=by.name, entry=entry)


def request_for(
    mission: Mission, request: Request, *, strata_by: StrataBy, kinds: Sequence[str], per_team: int = 0
) -> tuple[Request, Built]:
    """The request with its frame, as a draw would take them: for drawing by team, so many stations for each team.

    Raises `RefusedDrawError` for a frame or request that cannot be drawn, `RefusedSampleError` without list or teams.
    """
    _list_of(mission)
    teams = Covering.of(mission).teams_by_area() if strata_by is StrataBy.TEAM else {}
    if strata_by is StrataBy.TEAM and not teams:
        raise RefusedSampleError(refusals.NO_TEAMS)
    built = frame_of(mission, strata_by=strata_by, kinds=kinds or POLLING)
    if strata_by is StrataBy.TEAM:
        given = tuple((code, per_team * len(teams[code])) for code in built.frame.places)
        request = Request(
            method=request.method,
            n=sum(n for _, n in given),
            allocation=Allocation.GIVEN,
            reserves=request.reserves,
            given=given,
        )
    drawing.refuse_unfit(built.frame, request)
    return request, built


def ask(
    *,
    mission: Mission,
    name: str,
    purpose: Purpose,
    request: Request,
    strata_by: StrataBy,
    by: Viewer,
    now: datetime,
    kinds: Sequence[str] = (),
    per_team: int = 0,
    polls_close: datetime | None = None,
    reason: str = "",
) -> DrawRequest:
    """Fix what is to be drawn, with the digest of the frame in its order, before anything is drawn.

    Raises `RefusedSampleError` without a committed seed and its announced contribution, for a second draw for the same
    purpose without a reason, and for polls that close before they do; `RefusedDrawError` for what cannot be drawn.
    """
    by.require(Action.DRAW_SAMPLE, mission.pk)
    request, built = request_for(mission, request, strata_by=strata_by, kinds=kinds, per_team=per_team)
    with transaction.atomic():
        commitment = _ready(mission, now)
        if earlier_for(mission, purpose, viewer=by) and not reason.strip():
            raise RefusedSampleError(refusals.NO_REASON)
        body = {
            "commitment": commitment.sha256,
            "list": mission.station_list_id,
            "frame": built.frame.sha256,
            "n": request.n,
            "design": digest(request.to_json()),
            "purpose": purpose.value,
        }
        entry = append(
            mission_id=mission.pk,
            kind="draw.asked",
            subject=f"seed:{commitment.sha256[:16]}",
            body=body,
            by=by.name,
            now=now,
        )
        return DrawRequest.objects.create(
            mission=mission,
            commitment=commitment,
            station_list=_list_of(mission),
            name=name.strip()[:120] or purpose.value,
            purpose=purpose.value,
            strata_by=strata_by.value,
            kinds=list(kinds or POLLING),
            design=canonical(request.to_json()).decode(),
            frame_sha256=built.frame.sha256,
            polls_close=_close(mission, polls_close),
            reason=reason.strip(),
            at=now,
            by=by.name,
            entry=entry,
        )


def start_draw(*, asked: DrawRequest, by: Viewer, now: datetime) -> Job:
    """Draw as a job that can be watched."""
    return start(
        mission_id=asked.mission_id,
        kind="samples.draw",
        arguments={"request": asked.pk},
        action=Action.DRAW_SAMPLE,
        by=by,
        now=now,
    )


def draw(job: Job, progress: Progress) -> Mapping[str, Any]:
    """The job: one draw. Refused when the seed was used or the list changed meanwhile."""
    asked = DrawRequest.objects.select_related("mission", "commitment").get(pk=job.arguments["request"])
    try:
        made = perform_draw(asked=asked, by=Viewer(job.by, system=True), now=job.moment(), progress=progress)
    except RefusedSampleError as refused:
        raise JobRefusedError({"text": refused.text.to_json()}) from refused
    except RefusedDrawError as refused:
        raise JobRefusedError({"text": refused.text().to_json()}) from refused
    return {"draw": made.pk}


def perform_draw(*, asked: DrawRequest, by: Viewer, now: datetime, progress: Progress | None = None) -> Draw:
    """Draw what was asked for. Everything is computed before one short transaction keeps it.

    Raises `RefusedSampleError` when the frame is not the one that was asked for, or the seed has served another draw.
    """
    by.require(Action.DRAW_SAMPLE, asked.mission_id)
    mission, commitment = asked.mission, asked.commitment
    frame = frame_of(mission, strata_by=StrataBy(asked.strata_by), kinds=asked.kinds).frame
    if mission.station_list_id != asked.station_list_id or frame.sha256 != asked.frame_sha256:
        raise RefusedSampleError(refusals.FRAME_CHANGED)
    contribution = Contribution.objects.filter(commitment=commitment).first()
    sealed = unseal(bytes(commitment.sealed), mission_id=mission.pk)
    seed = mixed(sealed, contribution.value if contribution else "")
    design = drawing.draw(frame, request_of(asked), seed=seed, progress=progress)
    body = design.to_json(seed=False)
    told = salted(body, seed=sealed)
    packed = zlib.compress(canonical(frame.rows()), 6)
    with transaction.atomic():
        Mission.objects.select_for_update().get(pk=mission.pk)
        if _is_used(commitment):
            raise RefusedSampleError(refusals.SEED_USED)
        entry = append(
            mission_id=mission.pk,
            kind="draw.made",
            subject=f"seed:{commitment.sha256[:16]}",
            body={"commitment": commitment.sha256, "frame": frame.sha256, "n": design.n, "design": told},
            by=by.name,
            now=max(now, asked.at),
        )
        return Draw.objects.create(
            mission=mission,
            request=asked,
            commitment=commitment,
            frame=packed,
            design=canonical(body).decode(),
            n=design.n,
            at=max(now, asked.at),
            by=by.name,
            entry=entry,
        )


def _ready(mission: Mission, now: datetime) -> Commitment:
    """The seed that waits, committed to by now, with what was announced to be mixed in."""
    commitment = Commitment.objects.filter(mission=mission, draw=None).order_by("-pk").first()
    if commitment is None or commitment.at > now:
        raise RefusedSampleError(refusals.NO_SEED)
    if commitment.source and not Contribution.objects.filter(commitment=commitment, at__lte=now).exists():
        raise RefusedSampleError(refusals.NO_CONTRIBUTION)
    return commitment


def _list_of(mission: Mission) -> StationList:
    if mission.station_list is None:
        raise RefusedSampleError(refusals.NO_LIST)
    return mission.station_list


def _is_used(commitment: Commitment) -> bool:
    return Draw.objects.filter(commitment=commitment).exists()


def _close(mission: Mission, asked: datetime | None) -> datetime:
    earliest = polls_close_of(mission)
    if asked is None:
        if earliest is None:
            raise RefusedSampleError(refusals.NO_CLOSE)
        return earliest
    if earliest is not None and asked < earliest:
        raise RefusedSampleError(refusals.CLOSES_TOO_EARLY)
    return asked
