"""What a source allows to be done with what it told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from paragraph8.domain.text import Text


class Consent(StrEnum):
    """From nothing to everything; each holds what stands before it."""

    NOTHING = "nothing"
    """The handler may remember it; it supports no text and no count."""
    INTERNAL = "internal"
    """For the judgement of the mission, never for a published text."""
    ANONYMISED = "anonymised"
    NAMED = "named"


CONSENTS: Mapping[Consent, Text] = {
    Consent.NOTHING: Text.of(
        {"en": "nothing may be done with it", "kk": "ештеңе жасауға болмайды", "ru": "ничего делать нельзя"}
    ),
    Consent.INTERNAL: Text.of(
        {"en": "inside the mission only", "kk": "тек миссия ішінде", "ru": "только внутри миссии"}
    ),
    Consent.ANONYMISED: Text.of(
        {
            "en": "may be published without anything that points to the source",
            "kk": "дереккөзді танытатын ештеңесіз жариялауға болады",
            "ru": "можно публиковать без всего, что указывает на источник",
        }
    ),
    Consent.NAMED: Text.of(
        {"en": "may be published with the name", "kk": "атымен жариялауға болады", "ru": "можно публиковать с именем"}
    ),
}
PUBLISHABLE = frozenset({Consent.ANONYMISED, Consent.NAMED})


def holds(consent: Consent, until: date | None, *, day: date) -> Consent:
    """What is allowed on a day: a consent that has run out allows what is inside the mission, and no more."""
    if until is not None and day > until and consent in PUBLISHABLE:
        return Consent.INTERNAL
    return consent
