"""All packs of a plan as one ZIP file, made by the job `deployment.packs`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from paragraph8.accounts.enrolling import hand_out, reserve_enrolment
from paragraph8.accounts.models import Enrolment
from paragraph8.accounts.permissions import Action, Viewer, command
from paragraph8.audit.operations import append
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import Progress, start
from paragraph8.missions.files import keep_file, kept_file
from paragraph8.missions.models import Mission

from .models import PackSet, Plan, PlanState
from .pack_sheet import pack, shared
from .refusals import RefusedError

EARLIEST = (1980, 1, 1, 0, 0, 0)


@transaction.atomic
def order_packs(
    *, plan: Plan, language: str, teams: Collection[str], codes: bool, by: Viewer, now: datetime
) -> PackSet:
    """Have packs made of the accepted plan, for some teams or (none named) for all. With `codes` each gets a new
    enrolment code, and codes printed before for the same teams stop counting unless they were redeemed.

    Raises `RefusedError`.
    """
    by.require(Action.MANAGE_DEPLOYMENT, plan.mission_id)
    if plan.state != PlanState.ACCEPTED:
        raise RefusedError("no-plan")
    chosen = sorted(plan.teams.filter(team__code__in=teams).values_list("team__code", flat=True)) if teams else []
    if teams and not chosen:
        raise RefusedError("unknown-team")
    packs = PackSet.objects.create(mission=plan.mission, plan=plan, language=language, made_at=now, made_by=by.name)
    packs.job = start(
        mission_id=plan.mission_id,
        kind="deployment.packs",
        arguments={"packs": packs.pk, "teams": chosen, "codes": codes},
        action=Action.MANAGE_DEPLOYMENT,
        by=by,
        now=now,
    )
    packs.save(update_fields=["job"])
    body = {"plan": plan.number, "teams": len(chosen), "language": language, "codes": codes}
    append(
        mission_id=plan.mission_id, kind="packs.ordered", subject=f"packs:{packs.pk}", body=body, by=by.name, now=now
    )
    return packs


def make_packs(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Do the job. Codes are reserved one by one, and handed out in the step in which the file counts, when it is whole:
    until then those printed before go on counting."""
    packs = PackSet.objects.select_related("plan__mission").get(pk=job.arguments["packs"])
    plan, now, by = packs.plan, timezone.now(), command(job.by)
    members = plan.teams.select_related("team").order_by("team__code")
    if job.arguments["teams"]:
        members = members.filter(team__code__in=job.arguments["teams"])
    chosen, common, file = list(members), shared(plan, language=packs.language, now=now), io.BytesIO()
    codes: list[Enrolment] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as folder:
        for name, content in _forms(plan.mission, packs.language):
            _put(folder, f"forms/{name}", content)
        for n, member in enumerate(chosen):
            progress(n, len(chosen))
            prepared = None
            if job.arguments["codes"]:
                prepared = reserve_enrolment(
                    mission_id=plan.mission_id,
                    team_id=member.team_id,
                    device_name=f"phone-{member.team.code}",
                    by=by,
                    now=now,
                )
                codes.append(prepared.enrolment)
            content = pack(common, member, prepared=prepared, by=by)
            _put(folder, f"{_safe(member.team.code)}.{packs.language}.pdf", content)
    digest, _ = keep_file(folder_of_packs(), plan.mission.slug, file.getvalue())
    finish_packs(packs=packs, n=len(chosen), size=len(file.getvalue()), sha256=digest, codes=codes, by=by, now=now)
    return {"packs": packs.pk}


@transaction.atomic
def finish_packs(
    *, packs: PackSet, n: int, size: int, sha256: str, codes: Sequence[Enrolment], by: Viewer, now: datetime
) -> None:
    """The file is whole, and its codes may be activated."""
    hand_out(enrolments=codes, by=by, now=now)
    PackSet.objects.filter(pk=packs.pk).update(n=n, bytes=size, sha256=sha256)
    append(
        mission_id=packs.mission_id,
        kind="packs.made",
        subject=f"packs:{packs.pk}",
        body={"n": n, "bytes": size, "sha256": sha256},
        by=packs.made_by,
        now=now,
    )


def drop_unfinished(job: Job, now: datetime) -> None:  # noqa: ARG001 - the shape of what takes back
    """Remove a file that was written and never counted; its codes were never handed out."""
    kept = set(PackSet.objects.filter(mission_id=job.mission_id).values_list("sha256", flat=True))
    for path in (folder_of_packs() / job.mission.slug).glob("*"):
        if path.name not in kept:
            path.unlink()


def file_of(packs: PackSet, *, viewer: Viewer) -> bytes:
    """The ZIP file. Raises `FileNotFoundError` while it is not made, or when it was cleared away."""
    viewer.require(Action.MANAGE_DEPLOYMENT, packs.mission_id)
    if not packs.sha256:
        raise FileNotFoundError(packs.pk)
    return kept_file(folder_of_packs(), packs.mission.slug, packs.sha256)


def folder_of_packs() -> Path:
    """Where packs are kept."""
    return Path(settings.VAR) / "packs"


def _forms(mission: Mission, language: str) -> list[tuple[str, bytes]]:
    """The newest version of each form on paper."""
    from paragraph8.documents.labels import DEMONSTRATION
    from paragraph8.domain.text import Text
    from paragraph8.forms.paper import paper
    from paragraph8.missions.queries import latest_forms

    notice = (Text.of(mission.notice) if mission.notice else DEMONSTRATION) if mission.simulated else None
    return [
        (f"{_safe(code)}.{language}.pdf", paper(form, language=language, title=mission.name(), notice=notice))
        for code, form in sorted(latest_forms(mission).items())
    ]


def _put(folder: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Files in a ZIP carry a date; one that never changes keeps equal packs equal."""
    info = zipfile.ZipInfo(name, date_time=EARLIEST)
    info.external_attr = 0o600 << 16
    folder.writestr(info, content)


def _safe(name: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name).lstrip(".") or "team"
