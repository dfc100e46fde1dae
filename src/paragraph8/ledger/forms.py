"""What people type into the ledger. The operations decide what is right; a form only reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.ledger.claims import AUTHORS, BOUNDS, LINKS, AuthorKind, Link
from paragraph8.domain.ledger.consent import CONSENTS, Consent
from paragraph8.domain.ledger.corroboration import (
    CREDIBILITIES,
    MODES,
    RELIABILITIES,
    Credibility,
    Mode,
    Reliability,
)
from paragraph8.domain.ledger.scopes import Scope
from paragraph8.domain.ledger.typologies import PHASES, Phase, Typology
from paragraph8.domain.text import Text
from paragraph8.missions.entries import Clock, Day, EntryForm, Number, Told, choices, plainly, texts_of
from paragraph8.missions.models import Mission

from .claims import add_claim, amount_of, link_claims
from .events import Act, EventFacts, add_event, add_outcome, change_event, merge
from .information import Told as KnownThrough
from .information import add_information, establish
from .models import Claim, Event, EventVersion
from .refusals import RefusedEntryError
from .terms import terms

PRECISIONS = (
    ("minute", _("to the minute")),
    ("hour", _("to the hour")),
    ("part-of-day", _("to the part of the day")),
    ("day", _("to the day")),
    ("week", _("to the week")),
    ("month", _("to the month")),
    ("unknown", _("not known")),
)
ACTS = 3
"""Lines for who did what to whom."""


class Words(forms.CharField):
    """A long text."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class EventForm(EntryForm):
    """An event, new or described anew."""

    def __init__(self, data: Any, *, mission: Mission, version: EventVersion | None = None, report: Any = None) -> None:
        self.version, self.report = version, report
        initial: dict[str, Any] = {"precision": "day", "phase": Phase.ELECTION_DAY.value}
        if version:
            initial = {
                **texts_of("title", version.title),
                **texts_of("summary", version.summary),
                **{name: getattr(version, name) for name in _PLAIN},
                "area": version.area.code if version.area else "",
                "public_area": version.public_area.code if version.public_area else "",
            }
            for n, act in enumerate(version.acts[:ACTS]):
                initial |= {f"by_{n}": act["by"], f"act_{n}": act["act"], f"to_{n}": act["to"], f"n_{n}": act["n"]}
        super().__init__(data, mission=mission, initial=initial)

    def build(self) -> None:
        """Add the fields."""
        self.add_texts("title", _("What happened, in one line"), required=True)
        self.fields["kind"] = self._term(Typology.EVENT, _("Kind"))
        self.fields["phase"] = forms.ChoiceField(label=_("When in the election"), choices=choices(PHASES))
        self.fields["since"] = Day(label=_("From"), required=False)
        self.fields["until"] = Day(label=_("To"), required=False)
        self.fields["clock"] = Clock(label=_("Time of day, where it happened"))
        self.fields["precision"] = forms.ChoiceField(label=_("How exactly that is known"), choices=PRECISIONS)
        areas = [("", _("not known")), *((a.code, plainly(a.name)) for a in self.mission.areas.all())]
        self.fields["area"] = forms.ChoiceField(label=_("Where"), choices=areas, required=False)
        self.fields["public_area"] = forms.ChoiceField(
            label=_("Where, as it may be published"), choices=areas, required=False
        )
        self.fields["place"] = forms.CharField(label=_("The place, for inside"), max_length=500, required=False)
        for n in range(ACTS):
            self.fields[f"by_{n}"] = self._term(Typology.ROLE, _("Who (%(n)s)") % {"n": n + 1}, required=False)
            self.fields[f"act_{n}"] = self._term(Typology.ACT, _("did what (%(n)s)") % {"n": n + 1}, required=False)
            self.fields[f"to_{n}"] = self._term(Typology.ROLE, _("to whom (%(n)s)") % {"n": n + 1}, required=False)
            self.fields[f"n_{n}"] = Number(label=_("how many (%(n)s)") % {"n": n + 1}, required=False)
        self.fields["rights"] = forms.MultipleChoiceField(
            label=_("Rights concerned"),
            choices=_titles(terms(self.mission, Typology.RIGHT)),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.add_texts("summary", _("What may be said of it in public"), rows=3)
        self.fields["note"] = Words(label=_("Notes for inside"), rows=8, required=False, max_length=200_000)
        self.fields["verbatim"] = forms.CharField(
            label=_("A date or place as it was sent, where it is wrong"), max_length=500, required=False
        )
        self.fields["reading"] = forms.CharField(label=_("How it is to be read"), max_length=500, required=False)
        self.fields["reading_because"] = forms.CharField(label=_("Why"), max_length=500, required=False)
        self.fields["protected"] = forms.BooleanField(
            label=_("Protected: no place, no clock time, nothing finer than the week and the region"), required=False
        )

    def _term(self, typology: Typology, label: Any, *, required: bool = True) -> forms.ChoiceField:
        options = _titles(terms(self.mission, typology))
        return forms.ChoiceField(label=label, choices=options if required else [("", "–"), *options], required=required)

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Add or describe the event."""
        typed = self.cleaned_data
        facts = EventFacts(
            kind=typed["kind"],
            title=self.text("title"),
            summary=self.text("summary"),
            phase=Phase(typed["phase"]),
            zone=self.mission.zone,
            area=self.area(),
            public_area=self.mission.areas.filter(code=typed.get("public_area") or "").first(),
            acts=self._acts(),
            **{name: typed[name] for name in _PLAIN if name not in ("kind", "phase")},
        )
        if self.version:
            return change_event(event=self.version.event, facts=facts, by=by, now=now)
        return add_event(mission=self.mission, facts=facts, by=by, now=now, report=self.report)

    def _acts(self) -> tuple[Act, ...]:
        typed = self.cleaned_data
        found = []
        for n in range(ACTS):
            by, act, to = (typed.get(f"{name}_{n}") or "" for name in ("by", "act", "to"))
            if any((by, act, to)):
                found.append(Act(by=by, act=act, to=to, n=typed.get(f"n_{n}")))
        return tuple(found)


_PLAIN = (
    "kind",
    "phase",
    "since",
    "until",
    "clock",
    "precision",
    "place",
    "note",
    "verbatim",
    "reading",
    "reading_because",
    "rights",
    "protected",
)


class InformationForm(EntryForm):
    """How an event is known."""

    def __init__(self, data: Any, *, event: Event) -> None:
        self.event = event
        super().__init__(data, mission=event.mission)

    def build(self) -> None:
        """Add the fields."""
        self.fields["mode"] = forms.ChoiceField(label=_("How it is known"), choices=choices(MODES))
        self.fields["source"] = forms.CharField(
            label=_("Source"),
            help_text=_("The document, the outlet with its date, the team. Never the name of somebody to protect."),
            max_length=500,
            required=False,
        )
        self.fields["reliability"] = forms.ChoiceField(
            label=_("How far the source can be relied on"), choices=choices(RELIABILITIES), initial="F"
        )
        self.fields["credibility"] = forms.ChoiceField(
            label=_("How likely the information is"), choices=choices(CREDIBILITIES), initial="6"
        )
        self.fields["consent"] = forms.ChoiceField(
            label=_("What the source allows"), choices=choices(CONSENTS), initial=Consent.INTERNAL.value
        )
        self.fields["consent_until"] = Day(label=_("Until when it allows that"), required=False)
        self.fields["shares"] = forms.CharField(
            label=_("What it has in common with other sources"),
            help_text=_("Outlet, family, employer, origin: separated by commas. Sources that share one count once."),
            max_length=500,
            required=False,
        )
        self.fields["authenticated"] = forms.BooleanField(label=_("The document was checked"), required=False)
        self.fields["account"] = Words(label=_("What it says"), required=False, max_length=200_000)

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Add it."""
        typed = self.cleaned_data
        told = KnownThrough(
            mode=Mode(typed["mode"]),
            reliability=Reliability(typed["reliability"]),
            credibility=Credibility(typed["credibility"]),
            consent=Consent(typed["consent"]),
            consent_until=typed["consent_until"],
            shares=tuple(sorted({part.strip().casefold() for part in typed["shares"].split(",") if part.strip()})),
            authenticated=typed["authenticated"],
            account=typed["account"],
            source=typed["source"],
        )
        return add_information(event=self.event, told=told, by=by, now=now)


class OutcomeForm(EntryForm):
    """What came of an event."""

    def __init__(self, data: Any, *, event: Event) -> None:
        self.event = event
        super().__init__(data, mission=event.mission)

    def build(self) -> None:
        """Add the fields."""
        self.fields["outcome"] = forms.ChoiceField(
            label=_("What came of it"), choices=_titles(terms(self.mission, Typology.OUTCOME))
        )
        self.fields["n"] = Number(label=_("For how many"), required=False)
        self.fields["day"] = Day(label=_("On which day"), required=False)
        self.fields["source"] = Told()

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Add it."""
        typed = self.cleaned_data
        return add_outcome(event=self.event, by=by, now=now, **{k: typed[k] for k in ("outcome", "n", "day", "source")})


class MergeForm(EntryForm):
    """Two entries are one event."""

    def __init__(self, data: Any, *, event: Event, others: list[tuple[str, str]]) -> None:
        self.event, self.others = event, others
        super().__init__(data, mission=event.mission)

    def build(self) -> None:
        """Add the fields."""
        self.fields["gone"] = forms.ChoiceField(label=_("This one too is the same event"), choices=self.others)
        self.fields["reason"] = forms.CharField(label=_("Why"), max_length=500)

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Merge them."""
        gone = Event.objects.get(mission=self.mission, code=self.cleaned_data["gone"])
        return merge(kept=self.event, gone=gone, reason=self.cleaned_data["reason"], by=by, now=now)


class EstablishForm(EntryForm):
    """A signature."""

    def __init__(self, data: Any, *, event: Event, office: str) -> None:
        self.event, self.office = event, office
        super().__init__(data, mission=event.mission)

    def build(self) -> None:
        """Add the field."""
        self.fields["reason"] = Words(label=_("Why this is established"), max_length=2000, rows=3)

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Sign."""
        return establish(event=self.event, office=self.office, reason=self.cleaned_data["reason"], by=by, now=now)


class ClaimForm(EntryForm):
    """What an author said."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["topic"] = forms.CharField(
            label=_("Topic"),
            help_text=_("Claims on one topic stand side by side: detentions, blocking, …"),
            max_length=60,
            validators=[
                RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small Latin letters, digits and single hyphens."))
            ],
        )
        self.add_texts("author", _("Who said it"), required=True)
        self.fields["author_kind"] = forms.ChoiceField(label=_("What kind of author"), choices=choices(AUTHORS))
        self.fields["said_on"] = Day(label=_("Said on"))
        self.fields["said_clock"] = Clock(label=_("At what time, where it was said"))
        self.fields["counted"] = forms.ChoiceField(
            label=_("What is counted"), choices=_titles(terms(self.mission, Typology.OUTCOME))
        )
        self.fields["population"] = forms.ChoiceField(
            label=_("Of whom"),
            choices=[("", _("people in general")), *_titles(terms(self.mission, Typology.ROLE))],
            required=False,
        )
        self.fields["bound"] = forms.ChoiceField(label=_("What is said of the figure"), choices=choices(BOUNDS))
        self.fields["point"] = Number(label=_("The figure"), required=False)
        self.fields["low"] = Number(label=_("From (only for “between”)"), required=False)
        self.fields["high"] = Number(label=_("To (only for “between”)"), required=False)
        self.fields["since"] = Day(label=_("For the days from"), required=False)
        self.fields["until"] = Day(label=_("to"), required=False)
        self.fields["areas"] = forms.MultipleChoiceField(
            label=_("For which places; none where it does not say"),
            choices=[("whole", _("the whole country")), *((a.code, plainly(a.name)) for a in self.mission.areas.all())],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of these words"), choices=[(tag, tag) for tag in self.mission.languages]
        )
        self.fields["verbatim"] = Words(label=_("The words in which it was said"), max_length=100_000)
        self.fields["paraphrased"] = forms.BooleanField(
            label=_("These are our words, not the author's: they must not be quoted"), required=False
        )
        self.fields["source"] = Told()
        self.fields["address"] = forms.CharField(label=_("Address of the document"), max_length=1000, required=False)

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Add it under a code made of topic and number."""
        typed = self.cleaned_data
        zone = ZoneInfo(self.mission.zone)
        clock = typed["said_clock"]
        said = datetime.combine(typed["said_on"], clock or time(23, 59), tzinfo=zone)
        if clock is None and said > now >= datetime.combine(typed["said_on"], time(), tzinfo=zone):
            said = now
        n = Claim.objects.filter(mission=self.mission, topic=typed["topic"]).count() + 1
        paths = dict(self.mission.areas.values_list("code", "path"))
        return add_claim(
            mission=self.mission,
            code=f"{typed['topic']}-{n}",
            topic=typed["topic"],
            author=self.text("author"),
            author_kind=AuthorKind(typed["author_kind"]),
            amount=amount_of(bound=typed["bound"], point=typed["point"], low=typed["low"], high=typed["high"]),
            scope=_scope(typed, paths),
            said_at=said.astimezone(UTC),
            said_precision="minute" if clock else "day",
            language=typed["language"],
            verbatim=typed["verbatim"],
            paraphrased=typed["paraphrased"],
            source=typed["source"],
            address=typed["address"],
            by=by,
            now=now,
        )


class LinkForm(EntryForm):
    """How one claim stands to another."""

    def __init__(self, data: Any, *, mission: Mission, claims: list[Claim]) -> None:
        self.claims = {claim.code: claim for claim in claims}
        super().__init__(data, mission=mission)

    def build(self) -> None:
        """Add the fields."""
        options = [(code, f"{code}: {plainly(claim.author)}") for code, claim in self.claims.items()]
        self.fields["claim"] = forms.ChoiceField(label=_("This claim"), choices=options)
        self.fields["link"] = forms.ChoiceField(label=_("stands to"), choices=choices(LINKS))
        self.fields["other"] = forms.ChoiceField(label=_("this one"), choices=options)
        self.fields["reason"] = forms.CharField(label=_("Why"), max_length=1000)

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Link them."""
        typed = self.cleaned_data
        return link_claims(
            claim=self.claims[typed["claim"]],
            other=self.claims[typed["other"]],
            link=Link(typed["link"]),
            reason=typed["reason"],
            by=by,
            now=now,
        )


def _scope(typed: Mapping[str, Any], paths: Mapping[str, str]) -> Scope:
    areas = ("",) if "whole" in typed["areas"] else tuple(sorted(paths[code] for code in typed["areas"]))
    try:
        return Scope(
            counted=typed["counted"],
            population=typed["population"],
            areas=areas,
            since=typed["since"],
            until=typed["until"] or typed["since"],
        )
    except ValueError as error:
        raise RefusedEntryError("bad-period", field="until") from error


def _titles(found: Mapping[str, Text]) -> list[tuple[str, str]]:
    return [(code, title.shown(get_language() or "en").string) for code, title in found.items()]
