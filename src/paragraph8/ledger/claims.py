"""Writing claims: what an author said, and how one claim stands to another."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.ledger.claims import Amount, AuthorKind, Bound, Link, Part
from paragraph8.domain.ledger.scopes import Scope
from paragraph8.domain.ledger.typologies import Typology
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from .events import log
from .models import Claim, ClaimLink, Event
from .refusals import RefusedEntryError
from .terms import require_terms

LONGEST_WORDS = 100_000


@transaction.atomic
def add_claim(
    *,
    mission: Mission,
    code: str,
    topic: str,
    author: Text,
    author_kind: AuthorKind,
    amount: Amount,
    scope: Scope,
    said_at: datetime,
    language: str,
    verbatim: str,
    source: str,
    by: Viewer,
    now: datetime,
    said_precision: str = "day",
    paraphrased: bool = False,
    address: str = "",
    reading: str = "",
    reading_because: str = "",
    parts: tuple[Part, ...] = (),
    event: Event | None = None,
) -> Claim:
    """What an author said. `said_at` is the moment by which it was public, in the precision that the source gives.

    Raises `NotAllowedError` and `RefusedEntryError`.
    """
    by.require(Action.WRITE_LEDGER, mission.pk)
    if Claim.objects.filter(mission=mission, code=code).exists():
        raise RefusedEntryError("code-taken", field="code", code=code)
    if not author.languages():
        raise RefusedEntryError("no-author", field="author")
    if not verbatim.strip():
        raise RefusedEntryError("no-words", field="verbatim")
    if len(verbatim) > LONGEST_WORDS:
        raise RefusedEntryError("too-long", field="verbatim", most=LONGEST_WORDS)
    if not source.strip():
        raise RefusedEntryError("no-source", field="source")
    if said_at > now:
        raise RefusedEntryError("not-yet-said", field="said_at")
    if reading and not reading_because.strip():
        raise RefusedEntryError("reading-needs-reason", field="reading_because")
    require_terms(mission, Typology.OUTCOME, [scope.counted, *(part.label for part in parts)], field="counted")
    if scope.population:
        require_terms(mission, Typology.ROLE, [scope.population], field="population")
    _require_areas(mission, scope)
    entry = log(mission.pk, "claim.added", f"mission:{mission.pk}", {"code": code, "topic": topic}, by, now)
    return Claim.objects.create(
        mission=mission,
        code=code,
        topic=topic,
        event=event,
        author=author.to_json(),
        author_kind=author_kind.value,
        bound=amount.bound.value,
        point=amount.point,
        low=amount.low,
        high=amount.high,
        scope=scope.to_json(),
        parts=[
            {
                "label": p.label,
                "bound": p.amount.bound.value,
                "point": p.amount.point,
                "low": p.amount.low,
                "high": p.amount.high,
            }
            for p in parts
        ],
        said_at=said_at,
        said_precision=said_precision,
        language=language,
        verbatim=verbatim,
        paraphrased=paraphrased,
        reading=reading,
        reading_because=reading_because,
        source=source.strip(),
        address=address.strip(),
        by=by.name,
        at=now,
        entry=entry,
    )


@transaction.atomic
def link_claims(
    *, claim: Claim, other: Claim, link: Link, reason: str, by: Viewer, now: datetime, undo: bool = False
) -> ClaimLink:
    """Say how a claim stands to another, or (with `undo`) take that back. Only an author supersedes himself.

    Raises `NotAllowedError` and `RefusedEntryError`.
    """
    by.require(Action.WRITE_LEDGER, claim.mission_id)
    if claim.pk == other.pk or claim.mission_id != other.mission_id:
        raise RefusedEntryError("same-thing")
    if not reason.strip():
        raise RefusedEntryError("no-reason", field="reason")
    if link is Link.SUPERSEDES and claim.author != other.author:
        raise RefusedEntryError("other-author", field="link")
    body = {"claim": claim.code, "other": other.code, "link": link.value, "undone": undo}
    entry = log(claim.mission_id, "claims.linked", f"claim:{claim.pk}", body, by, now)
    return ClaimLink.objects.create(
        claim=claim, other=other, link=link.value, reason=reason.strip(), undone=undo, by=by.name, at=now, entry=entry
    )


def amount_of(*, bound: str, point: int | None, low: int | None, high: int | None) -> Amount:
    """The amount of what was typed. Raises `RefusedEntryError`."""
    try:
        return Amount(bound=Bound(bound), point=point, low=low, high=high)
    except ValueError as error:
        raise RefusedEntryError("bad-amount", field="point") from error


def _require_areas(mission: Mission, scope: Scope) -> None:
    known = set(mission.areas.values_list("path", flat=True)) | {""}
    for path in scope.areas:
        if path not in known:
            raise RefusedEntryError("unknown-area", field="areas", area=path)
