"""What the ledger keeps. Every row is added and never changed: a change is a new row, so that the ledger can be read as
it stood at any change of the log.

Who a source is stands nowhere here: a sealed source is ciphertext that only the handlers of a case can open, in their
browsers. A row about a protected meeting holds the week, the first-level area and the role of its handler.
"""

from __future__ import annotations

import uuid

from django.db import models

from paragraph8.domain.ledger.claims import AuthorKind, Bound, Link
from paragraph8.domain.ledger.corroboration import Credibility, Mode, Reliability
from paragraph8.domain.ledger.typologies import Phase, Typology


class Written(models.Model):
    """A row that somebody wrote at a moment, with its entry in the log."""

    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    entry = models.ForeignKey("audit.LogEntry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ("pk",)


class TypologyVersion(Written):
    """One version of a list of terms: `terms` is [{"code", "title": {language: string}, "retired": bool}]. The newest
    of its `typology` holds; without one, the standard list does."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="typologies")
    typology = models.CharField(max_length=20, choices=[(t.value, t.value) for t in Typology])
    terms = models.JSONField()
    source = models.CharField(max_length=500)

    class Meta(Written.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.typology} of {self.mission}"


class Event(models.Model):
    """Something that happened, by its code. What is known of it stands in its versions; `report` is the incident report
    that it began as."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=20)
    report = models.ForeignKey(
        "capture.Report",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the incident report it began as",
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="ledger_event_code"),)
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.code


class EventVersion(Written):
    """What was known of an event from a moment on; the newest holds.

    `area` is where it happened as far as the mission knows, `public_area` the coarser place that may be published, and
    `place` words for inside. `since` and `until` are local days, `clock` a time of day; `precision` is one of minute,
    hour, part-of-day, day, week, month. `verbatim` keeps a date or text as it was sent, `reading` the corrected one and
    `reading_because` why. `acts` is [{"by": role, "act": act, "to": role, "n": number or null}].
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=60)
    title = models.JSONField()
    summary = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    phase = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Phase])
    area = models.ForeignKey("missions.Area", on_delete=models.PROTECT, null=True, related_name="+")
    public_area = models.ForeignKey("missions.Area", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=500, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    clock = models.TimeField(null=True)
    precision = models.CharField(max_length=20, default="day")
    zone = models.CharField(max_length=60)
    verbatim = models.CharField(max_length=500, blank=True)
    reading = models.CharField(max_length=500, blank=True)
    reading_because = models.CharField(max_length=500, blank=True)
    acts = models.JSONField(default=list)
    rights = models.JSONField(default=list)
    commitments = models.JSONField(default=list)
    protected = models.BooleanField(default=False)

    class Meta(Written.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"


class Merging(Written):
    """Two entries are one event: `gone` is read as `kept` from then on, until a later row of the pair undoes it."""

    kept = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="mergings")
    undone = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)

    class Meta(Written.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class OutcomeStep(Written):
    """What came of an event for some people: detained, fined, released, … on a day, as far as a source tells."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=60)
    n = models.PositiveIntegerField(null=True)
    day = models.DateField(null=True)
    source = models.CharField(max_length=500)

    class Meta(Written.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.event} {self.outcome}"


class Claim(Written):
    """What a named author said once about a topic or an event; see `domain.ledger.claims.Claim` for the fields.
    `paraphrased` when `verbatim` holds our words and not the author's: then nobody may quote it."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="claims")
    code = models.CharField(max_length=60)
    topic = models.CharField(max_length=60)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="claims")
    author = models.JSONField()
    author_kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in AuthorKind])
    bound = models.CharField(max_length=20, choices=[(b.value, b.value) for b in Bound])
    point = models.PositiveIntegerField(null=True)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    scope = models.JSONField()
    parts = models.JSONField(default=list)
    said_at = models.DateTimeField()
    said_precision = models.CharField(max_length=20, default="day")
    language = models.CharField(max_length=20)
    verbatim = models.TextField()
    paraphrased = models.BooleanField(default=False)
    reading = models.TextField(blank=True)
    reading_because = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500)
    address = models.CharField(max_length=1000, blank=True)

    class Meta(Written.Meta):
        abstract = False
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="ledger_claim_code"),)
        indexes = (models.Index(fields=["mission", "topic", "said_at"], name="ledger_claims_said"),)

    def __str__(self) -> str:
        return self.code


class ClaimLink(Written):
    """Somebody said how one claim stands to another, and why."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="linked")
    link = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Link])
    reason = models.CharField(max_length=1000)
    undone = models.BooleanField(default=False)

    class Meta(Written.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.claim} {self.link} {self.other}"


class Information(Written):
    """One way in which an event is known. Protected ones tell the week and the first-level area of the meeting, the
    role of the handler (`by` holds it, not a name) and pseudonyms of what the source shares with others."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="information")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="information")
    mode = models.CharField(max_length=20, choices=[(m.value, m.value) for m in Mode])
    reliability = models.CharField(max_length=1, choices=[(r.value, r.value) for r in Reliability], default="F")
    credibility = models.CharField(max_length=1, choices=[(c.value, c.value) for c in Credibility], default="6")
    language = models.CharField(max_length=20, blank=True)
    consent = models.CharField(max_length=20)
    consent_until = models.DateField(null=True)
    week = models.DateField(null=True)
    area = models.ForeignKey("missions.Area", on_delete=models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=60, blank=True)
    shares = models.JSONField(default=list)
    account = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)
    report = models.ForeignKey("capture.Report", on_delete=models.PROTECT, null=True, related_name="+")
    authenticated = models.BooleanField(default=False)
    protected = models.BooleanField(default=False)

    class Meta(Written.Meta):
        abstract = False

    def __str__(self) -> str:
        return str(self.uid)


class Withdrawal(Written):
    """A source took back what may be done with the information; from then on it counts for nothing unreleased."""

    information = models.ForeignKey(Information, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=500)

    class Meta(Written.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"withdrawal of {self.information}"


class Establishing(Written):
    """Head of mission and legal analyst each sign that something is established, with a reason; never computed."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="establishings")
    office = models.CharField(max_length=20)
    reason = models.TextField()
    undone = models.BooleanField(default=False)

    class Meta(Written.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.event} by {self.office}"
