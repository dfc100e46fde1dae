"""Closing a mission: what stands against it, the archive, the erasure, the certificate."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from paragraph8.accounts.operations import revoke_device
from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.keys import signing_key
from paragraph8.audit.models import Change, LogEntry
from paragraph8.audit.operations import append
from paragraph8.documents.manifest import fingerprint, public_pem, sign
from paragraph8.domain.canonical import canonical, sha256
from paragraph8.domain.text import Text
from paragraph8.jobs.models import Job, State
from paragraph8.missions.models import Mission
from paragraph8.roster.erasing import erase, erase_local
from paragraph8.roster.models import LocalKey, LocalPerson, Person, PersonKey, RosterImport
from paragraph8.safety.operations import erase_check_ins
from paragraph8.teams.operations import equip

from .archive import archive
from .certificate import certificate_text

Progress = Callable[[str], None]

AGAINST: Mapping[str, Text] = {
    "closed": Text.of(
        {
            "en": "The mission is closed already.",
            "kk": "Миссия жабылған.",
            "ru": "Миссия уже закрыта.",
        }
    ),
    "jobs": Text.of(
        {
            "en": "Work that somebody started is not over. Wait for it.",
            "kk": "Біреу бастаған жұмыс аяқталған жоқ. Аяқталуын күтіңіз.",
            "ru": "Начатая кем-то работа не закончена. Дождитесь ее.",
        }
    ),
    "unnumbered": Text.of(
        {
            "en": "Something that came in has no change number yet. Let the worker finish (p8 serve or p8 work).",
            "kk": "Келгеннің бәріне өзгеріс нөмірі берілмеген. Өңдеу аяқталсын (p8 serve немесе p8 work).",
            "ru": "Не все поступившее получило номер изменения. Дайте обработке закончиться (p8 serve или p8 work).",
        }
    ),
    "frozen": Text.of(
        {
            "en": "Figures were frozen for a release that is not finished. Release once more, then close.",
            "kk": "Көрсеткіштер аяқталмаған жарияланым үшін бекітілген. Қайта жариялап, содан кейін жабыңыз.",
            "ru": "Показатели заморожены для незаконченной публикации. Опубликуйте еще раз, затем закройте.",
        }
    ),
    "rehearsing": Text.of(
        {
            "en": "A rehearsal is going on. End it first.",
            "kk": "Жаттығу жүріп жатыр. Алдымен оны аяқтаңыз.",
            "ru": "Идет репетиция. Сначала завершите ее.",
        }
    ),
}
"""Why a mission cannot be closed now."""


class RefusedClosingError(ValueError):
    """Something stands against closing, and nothing was changed. `reasons` are codes of `AGAINST`."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(str(AGAINST[reason]) for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Closed:
    """What closing left: the archive and the certificate, as data, as signed bytes and as text."""

    archive: Path
    certificate: Path
    facts: Mapping[str, Any]


def against(mission: Mission, *, viewer: Viewer) -> tuple[str, ...]:
    """What stands against closing the mission now. Raises `NotAllowedError`."""
    viewer.require(Action.CLOSE_MISSION, mission.pk)
    released = mission.releases.order_by("-pk").values_list("freeze_id", flat=True).first() or 0
    found = {
        "closed": mission.closed_at is not None,
        "jobs": Job.objects.filter(mission=mission, state__in=(State.WAITING, State.RUNNING)).exists(),
        "unnumbered": LogEntry.objects.filter(mission_id=mission.pk, change=None).exists(),
        "frozen": mission.freezes.filter(pk__gt=released, request=None).exists(),
        "rehearsing": mission.rehearsing_since is not None,
    }
    return tuple(reason for reason, stands in found.items() if stands)


def to_erase(mission: Mission, *, viewer: Viewer) -> dict[str, int]:
    """How many of each would be erased now. Raises `NotAllowedError`."""
    viewer.require(Action.CLOSE_MISSION, mission.pk)
    return {
        "local-staff": LocalKey.objects.filter(person__mission=mission).count(),
        "people": PersonKey.objects.filter(person__mission=mission).count(),
        "lists": RosterImport.objects.filter(mission=mission).exclude(sealed=b"").count(),
        "private-contacts": mission.contact_book.filter(public=False).count(),
        "team-telephones": mission.teams.exclude(car="", phone="").count(),
        "devices": mission.devices.filter(revoked_at=None).count(),
    }


def close(
    *, mission: Mission, target: Path, by: Viewer, now: datetime, progress: Progress = lambda _line: None
) -> Closed:
    """Archive the mission, erase what names or reaches people, and certify it.

    The archive is complete on disk before anything is erased. A call that was cut off is finished by calling again.
    Raises `NotAllowedError` and `RefusedClosingError`.
    """
    reasons = against(mission, viewer=by)
    if reasons:
        raise RefusedClosingError(reasons)
    key = signing_key(settings.KEYS)
    progress("archive")
    packed, hashes = archive(mission, key)
    target.mkdir(parents=True, exist_ok=True)
    bundle = target / f"{mission.slug}.zip"
    _keep(bundle, packed)
    progress("erasure")
    counts = to_erase(mission, viewer=by)
    counts["check-ins"] = _erase(mission, by, now)
    facts = _facts(mission, counts, bundle, packed, hashes, by, now)
    signed = canonical(facts)
    progress("certificate")
    _certify(mission, signed, by, now)
    paper = target / f"{mission.slug}-certificate.json"
    _keep(paper, signed)
    _keep(target / f"{mission.slug}-certificate.sig", sign(signed, key))
    _keep(target / f"{mission.slug}-certificate.txt", certificate_text(facts).encode())
    _keep(target / f"{mission.slug}-signer.pem", public_pem(key.public_key()))
    return Closed(bundle, paper, facts)


def _erase(mission: Mission, by: Viewer, now: datetime) -> int:
    """Local staff first; then observers, lists, contacts, telephones, devices, and where people were."""
    local = list(LocalPerson.objects.filter(mission=mission, key__isnull=False))
    if local:
        erase_local(mission=mission, people=local, by=by, now=now, cause="closed")
    people = list(Person.objects.filter(mission=mission, key__isnull=False))
    if people:
        erase(mission=mission, people=people, by=by, now=now, cause="closed")
    with transaction.atomic():
        RosterImport.objects.filter(mission=mission).update(key=b"", sealed=b"", decisions={}, mapping={})
        mission.contact_book.filter(public=False).delete()
    for team in mission.teams.exclude(car="", phone="").select_related("area", "institution"):
        equip(team=team, car="", phone="", area=team.area, institution=team.institution, by=by, now=now)
    for device in mission.devices.filter(revoked_at=None):
        revoke_device(device=device, by=by, now=now)
    erased = erase_check_ins(mission=mission, before=now, by=by, now=now)
    _overwrite()
    return erased


def _overwrite() -> None:
    """Let the database forget deleted bytes too: what a transaction deletes stays in its files for a while."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM roster_personkey, roster_person, roster_localkey, roster_localperson")


def _facts(
    mission: Mission,
    counts: Mapping[str, int],
    bundle: Path,
    packed: bytes,
    hashes: Mapping[str, str],
    by: Viewer,
    now: datetime,
) -> dict[str, Any]:
    last = Change.objects.filter(mission_id=mission.pk).order_by("-number").first()
    releases = mission.releases.count()
    archived = {path.split("/")[1] for path in hashes if path.startswith("releases/")}
    return {
        "certificate": 1,
        "mission": mission.slug,
        "title": mission.title,
        "simulated": mission.simulated,
        "closed_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "by": "command" if by.system else "person",
        "erased": dict(sorted(counts.items())),
        "erased-in-all": {
            "local-staff": LocalPerson.objects.filter(mission=mission, erased_at__isnull=False).count(),
            "people": mission.people.filter(erased_at__isnull=False).count(),
        },
        "left": {
            "keys-of-people": PersonKey.objects.filter(person__mission=mission).count(),
            "keys-of-local-staff": LocalKey.objects.filter(person__mission=mission).count(),
        },
        "kept": {
            "people-as-counts": mission.people.count(),
            "reports": mission.reports.count(),
            "forms": mission.forms.count(),
            "releases": releases,
            "changes": Change.objects.filter(mission_id=mission.pk).count(),
        },
        "log": {"change": last.number if last else 0, "chain": last.chain if last else ""},
        "archive": {
            "name": bundle.name,
            "sha256": sha256(packed),
            "files": len(hashes),
            "releases-missing": releases - len(archived),
        },
        "signer": fingerprint(signing_key(settings.KEYS).public_key()),
    }


@transaction.atomic
def _certify(mission: Mission, signed: bytes, by: Viewer, now: datetime) -> None:
    """The log holds the hash of the certificate, so that another one cannot take its place."""
    subject = f"mission:{mission.pk}"
    body = {"certificate": sha256(signed)}
    append(mission_id=mission.pk, kind="mission.closed", subject=subject, body=body, by=by.name, now=now)
    mission.closed_at = now
    mission.save(update_fields=["closed_at"])


def _keep(path: Path, content: bytes) -> None:
    """The whole file or none, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o600)
    draft.rename(path)
