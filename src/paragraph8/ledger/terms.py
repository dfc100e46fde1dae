"""The terms that hold in a mission: its own newest list of each typology, or the standard one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.ledger.typologies import STANDARD, Term, Typology
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from .models import TypologyVersion
from .refusals import RefusedEntryError


def terms(mission: Mission, typology: Typology) -> Mapping[str, Text]:
    """Code → title of the terms that may be given now."""
    newest = TypologyVersion.objects.filter(mission=mission, typology=typology).last()
    if newest is None:
        return {term.code: term.title for term in STANDARD[typology]}
    return {term["code"]: Text.of(term["title"]) for term in newest.terms if not term.get("retired")}


def titles(mission: Mission, typology: Typology) -> Mapping[str, Text]:
    """Code → title of every term that was ever given: what an old event is called by."""
    found = {term.code: term.title for term in STANDARD[typology]}
    for version in TypologyVersion.objects.filter(mission=mission, typology=typology):
        found |= {term["code"]: Text.of(term["title"]) for term in version.terms}
    return found


def require_terms(mission: Mission, typology: Typology, codes: Iterable[str], *, field: str) -> None:
    """Raises `RefusedEntryError` for a code that the typology does not offer."""
    offered = terms(mission, typology)
    for code in codes:
        if code not in offered:
            raise RefusedEntryError("unknown-term", field=field, term=code)


@transaction.atomic
def set_terms(
    *,
    mission: Mission,
    typology: Typology,
    new: Sequence[Term],
    retired: Sequence[str] = (),
    source: str,
    by: Viewer,
    now: datetime,
) -> TypologyVersion:
    """A new version of a list of terms. Terms that are left out are retired: no new event is given them.

    Raises `NotAllowedError` and `RefusedEntryError` ("no-source", "no-title", "code-taken").
    """
    by.require(Action.WRITE_LEDGER, mission.pk)
    if not source.strip():
        raise RefusedEntryError("no-source", field="source")
    codes = [term.code for term in new]
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise RefusedEntryError("code-taken", field="terms", code=twice)
    if not new or any(not term.title.languages() for term in new):
        raise RefusedEntryError("no-title", field="terms")
    body = [{"code": term.code, "title": term.title.to_json(), "retired": term.code in set(retired)} for term in new]
    entry = append(
        mission_id=mission.pk,
        kind="typology.set",
        subject=f"mission:{mission.pk}",
        body={"typology": typology.value, "n": len(body)},
        by=by.name,
        now=now,
    )
    return TypologyVersion.objects.create(
        mission=mission, typology=typology.value, terms=body, source=source.strip(), by=by.name, at=now, entry=entry
    )
