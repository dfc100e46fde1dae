"""The archive of a mission: what is public or a form, and the log without names, in one zip file.

It holds nothing that the mission did not publish, except the forms and the skeleton of its log: number, kind, subject,
time and hashes of every change. People act in it under numbers, so that the chain can be followed and nobody is named.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from paragraph8.audit.models import Change
from paragraph8.audit.queries import latest_change
from paragraph8.contest.figures import populations
from paragraph8.documents.manifest import public_pem, sign
from paragraph8.domain.canonical import canonical, sha256
from paragraph8.missions.models import Mission

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip: the earliest that the format knows."""
OF_MACHINES = ("command ", "device:")
"""Actors of the log that are nobody."""

README = """\
Archive of an election observation mission / Байқау миссиясының мұрағаты / Архив миссии наблюдения

forms/      every version of every form, as it was stored (canonical JSON)
releases/   the public folder of every release; check one with: p8 verify FOLDER
contest/    candidates, voter registers, deadlines, earlier elections and results with their sources, one row a line
log.jsonl   every change of the mission: number, kind, subject, time, digest, chain; people are numbers
manifest.json, manifest.sig, signer.pem   SHA-256 of every file, signed (Ed25519)
"""


def archive(mission: Mission, key: Ed25519PrivateKey) -> tuple[bytes, dict[str, str]]:
    """The zip file, and path → SHA-256 of what is in it."""
    files = {"README.txt": README.encode(), **_forms(mission), **_releases(mission), **_contest(mission)}
    files["log.jsonl"] = _log(mission)
    hashes = {path: sha256(content) for path, content in sorted(files.items())}
    manifest = canonical({"archive": 1, "mission": mission.slug, "files": hashes})
    signed = {"manifest.sig": sign(manifest, key), "signer.pem": public_pem(key.public_key())}
    files |= {"manifest.json": manifest, **signed}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path, content in sorted(files.items()):
            bundle.writestr(zipfile.ZipInfo(path, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue(), hashes


def _forms(mission: Mission) -> dict[str, bytes]:
    return {f"forms/{row.code}-{row.version}.json": row.body.encode() for row in mission.forms.order_by("pk")}


def _releases(mission: Mission) -> dict[str, bytes]:
    """Public folders; one that is no longer where it was written is left out, and the certificate says how many."""
    files = {}
    for release in mission.releases.order_by("version"):
        public = Path(release.folder) / "public"
        if public.is_dir():
            for path in sorted(public.iterdir()):
                if path.is_file() and not path.is_symlink():
                    files[f"releases/v{release.version}/{path.name}"] = path.read_bytes()
    return files


def _contest(mission: Mission) -> dict[str, bytes]:
    held = populations(mission, as_of=latest_change())
    files = {
        f"contest/{name}.jsonl": b"".join(canonical(row) + b"\n" for row in rows.rows) for name, rows in held.items()
    }
    people = [
        {"row": row.code, "name": row.name, "nominator": row.nominator, "gender": row.gender, "source": row.source}
        for row in mission.contestants.order_by("code")
    ]
    if people:
        files["contest/contestants.jsonl"] = b"".join(canonical(row) + b"\n" for row in people)
    return files


def _log(mission: Mission) -> bytes:
    numbers: dict[str, str] = {}
    lines = []
    changes = Change.objects.filter(mission_id=mission.pk).select_related("entry").order_by("number")
    for change in changes.iterator(chunk_size=1000):
        entry = change.entry
        lines.append(
            canonical(
                {
                    "number": change.number,
                    "kind": entry.kind,
                    "subject": entry.subject,
                    "actor": _nobody(entry.actor, numbers),
                    "at": entry.at.isoformat(),
                    "digest": entry.digest,
                    "chain": change.chain,
                }
            )
        )
    return b"".join(line + b"\n" for line in lines)


def _nobody(actor: str, numbers: dict[str, str]) -> str:
    if actor.startswith(OF_MACHINES):
        return actor
    return numbers.setdefault(actor, f"person {len(numbers) + 1}")
