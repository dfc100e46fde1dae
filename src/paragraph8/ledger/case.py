"""One event as its page shows it: like a case, with everything that is known and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.ledger.consent import CONSENTS, Consent
from paragraph8.domain.ledger.corroboration import (
    CREDIBILITIES,
    LEVELS,
    MODES,
    RELIABILITIES,
    STRENGTH,
    Credibility,
    Judged,
    Level,
    Mode,
    Reliability,
)
from paragraph8.domain.ledger.typologies import PHASES, Phase, Typology
from paragraph8.domain.text import Text

from .models import Claim, Establishing, Event, EventVersion, Information, OutcomeStep
from .queries import known_by
from .terms import titles


@dataclass(frozen=True)
class ActLine:
    """Who did what to whom, in words."""

    by: Text
    act: Text
    to: Text
    n: int | None


@dataclass(frozen=True)
class InformationLine:
    """One way in which the event is known, in words."""

    row: Information
    mode: Text
    reliability: Text
    credibility: Text
    consent: Text
    withdrawn: bool


@dataclass(frozen=True)
class Case:
    """Everything that the page prints. `strength` is 1 to 5 for the drawn level; `established` when both signed."""

    event: Event
    version: EventVersion
    kind: Text
    phase: Text
    acts: Sequence[ActLine]
    rights: Sequence[Text]
    outcomes: Sequence[tuple[OutcomeStep, Text]]
    information: Sequence[InformationLine]
    judged: Judged
    level: Text | None
    strength: int
    signatures: Sequence[Establishing]
    established: bool
    claims: Sequence[Claim]
    history: Sequence[EventVersion]


def case(event: Event, *, viewer: Viewer) -> Case:
    """The case of an event. Raises `NotAllowedError`."""
    known = known_by(event, viewer=viewer)
    versions = list(event.versions.select_related("area", "public_area"))
    version = versions[-1]
    kinds, acts, roles, outcomes, rights = (
        titles(event.mission, each)
        for each in (Typology.EVENT, Typology.ACT, Typology.ROLE, Typology.OUTCOME, Typology.RIGHT)
    )
    signatures = signatures_of(event)
    level = known.judged.level
    return Case(
        event=event,
        version=version,
        kind=kinds.get(version.kind, Text.of(version.kind)),
        phase=PHASES[Phase(version.phase)],
        acts=[
            ActLine(roles[act["by"]], acts[act["act"]], roles[act["to"]], act["n"])
            for act in version.acts
            if {act["by"], act["to"]} <= roles.keys() and act["act"] in acts
        ],
        rights=[rights[code] for code in version.rights if code in rights],
        outcomes=[(row, outcomes.get(row.outcome, Text.of(row.outcome))) for row in event.outcomes.all()],
        information=[_line(row, row.pk in known.withdrawn) for row in known.information],
        judged=known.judged,
        level=LEVELS[level] if level else None,
        strength=strength(level),
        signatures=signatures,
        established=len({row.office for row in signatures}) > 1,
        claims=list(event.claims.order_by("said_at")),
        history=versions[::-1],
    )


def signatures_of(event: Event) -> list[Establishing]:
    """The signatures that hold: the newest of each office, unless it was taken back."""
    newest = {row.office: row for row in event.establishings.all()}
    return [row for row in newest.values() if not row.undone]


def strength(level: Level | None) -> int:
    """5 for the surest level, 1 for the least, 0 for none."""
    return len(STRENGTH) - STRENGTH.index(level) if level else 0


def _line(row: Information, withdrawn: bool) -> InformationLine:
    return InformationLine(
        row,
        MODES[Mode(row.mode)],
        RELIABILITIES[Reliability(row.reliability)],
        CREDIBILITIES[Credibility(row.credibility)],
        CONSENTS[Consent(row.consent)],
        withdrawn,
    )
