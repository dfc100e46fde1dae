"""What people type to set a mission up. The operations decide what is right; a form only reads what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.documents.languages import own_name
from paragraph8.domain.figures import Origin
from paragraph8.domain.missions import Format, Subject
from paragraph8.domain.text import Text
from paragraph8.web.texts import initial, text_fields, written

from .models import Institution, Mission
from .operations import create_mission
from .setting_up import (
    MissionFacts,
    NewContact,
    SettingUpError,
    add_contact,
    add_institutions,
    change_institution,
    change_mission,
    share,
)

Words = str | Promise

FORMATS: dict[Format, Words] = {
    Format.FULL: _("full election observation mission: systematic observation on election day"),
    Format.LIMITED: _("limited mission: no systematic observation on election day, so no statistics of it"),
    Format.EXPERT: _("expert team: no systematic observation on election day, so no statistics of it"),
    Format.NEEDS_ASSESSMENT: _("needs assessment mission: before the election only"),
    Format.CITIZEN: _("citizen observers: own stations or a drawn sample"),
}
SUBJECTS: dict[Subject, Words] = {
    Subject.ROSTER: _("people and teams"),
    Subject.REPORTS: _("reports"),
    Subject.ROWS: _("rows behind figures"),
    Subject.TABLES: _("live tables"),
}
ORIGINS = ((Origin.REAL.value, _("a real mission")), (Origin.SIMULATED.value, _("a simulated one, for training")))
SHORT_NAME = RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small Latin letters, digits and single hyphens."))
_LANGUAGES = (
    "en",
    "kk",
    "ru",
    "uz",
    "ky",
    "tg",
    "uk",
    "ka",
    "hy",
    "az",
    "sq",
    "sr",
    "mk",
    "ar",
    "fr",
    "es",
    "de",
    "tr",
)


class Settled(forms.Form):
    """A form whose operation may still say no; what it says stands above the fields, and what was typed is kept."""

    def refuse(self, error: SettingUpError, field: str | None = None) -> bool:
        """Show why the operation refused; always false, for `save`."""
        self.add_error(field if field in self.fields else None, error.text().shown(get_language() or "en").string)
        return False


class MissionForm(Settled):
    """The facts of a mission. For a new one also its short name in addresses, and whether it is real."""

    slug = forms.CharField(
        label=_("Short name in addresses"),
        help_text=_("Such as kazakhstan-2019. It cannot be changed later."),
        max_length=60,
        validators=[SHORT_NAME],
    )
    origin = forms.ChoiceField(label=_("Is it real?"), choices=ORIGINS, help_text=_("This cannot be changed later."))
    format = forms.ChoiceField(label=_("Format"), choices=[(f.value, words) for f, words in FORMATS.items()])
    languages = forms.MultipleChoiceField(
        label=_("Languages of the mission"),
        help_text=_("Names and texts are written in each. English, Kazakh and Russian have words for numbers."),
        choices=[(tag, own_name(tag)) for tag in _LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
    )
    zone = forms.ChoiceField(
        label=_("Time zone of the capital"),
        choices=[("", "–"), *((zone, zone) for zone in sorted(available_timezones()) if "/" in zone)],
    )
    election_date = forms.DateField(
        label=_("Election day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, mission: Mission | None = None) -> None:
        held: dict[str, Any] = {
            "origin": Origin.REAL.value,
            "format": Format.FULL.value,
            "languages": ["en", "kk", "ru"],
        }
        if mission:
            held = {
                "format": mission.format,
                "languages": mission.languages,
                "zone": mission.zone,
                "election_date": mission.election_date,
                **initial("title", mission.title, mission.languages),
            }
        super().__init__(data, initial=held, auto_id="mission-%s")
        self.mission = mission
        self.tags = tuple(mission.languages) if mission else ("en", "kk", "ru")
        self.fields.update(text_fields("title", _("Title"), self.tags))
        self.order_fields([f"title-{tag}" for tag in self.tags])
        if mission:
            del self.fields["slug"], self.fields["origin"]

    def clean_slug(self) -> str:
        """A name that no mission has."""
        slug: str = self.cleaned_data["slug"]
        if Mission.objects.filter(slug=slug).exists():
            raise ValidationError(_("There is a mission of that name already."))
        return slug

    def facts(self) -> MissionFacts:
        """What was typed."""
        said = self.cleaned_data
        held = dict(self.mission.title) if self.mission else {}
        return MissionFacts(
            title=Text.of({**held, **written(said, "title", self.tags).to_json()}),
            format=Format(said["format"]),
            languages=tuple(said["languages"]),
            zone=said["zone"],
            election_date=said["election_date"],
        )

    def create(self, *, by: Viewer, now: datetime) -> Mission:
        """Make the mission."""
        facts = self.facts()
        return create_mission(
            slug=self.cleaned_data["slug"],
            title=facts.title,
            format=facts.format,
            origin=Origin(self.cleaned_data["origin"]),
            languages=facts.languages,
            zone=facts.zone,
            election_date=facts.election_date,
            by=by,
            now=now,
        )

    def save(self, *, by: Viewer, now: datetime) -> bool:
        """Change the mission."""
        if self.mission is None:
            raise ValueError("a new mission is created")
        change_mission(mission=self.mission, facts=self.facts(), by=by, now=now)
        return True


class InstitutionForm(Settled):
    """An institution: a new one, or other names of one there is."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, mission: Mission, institution: Institution | None = None
    ) -> None:
        tags = tuple(mission.languages)
        held: dict[str, Any] = {}
        if institution:
            for name in ("name", "short", "delegation"):
                held |= initial(name, getattr(institution, name), tags)
        super().__init__(data, initial=held, auto_id="institution-%s")
        self.mission, self.institution, self.tags = mission, institution, tags
        if institution is None:
            self.fields["code"] = forms.CharField(
                label=_("Code"), help_text=_("Such as office or assembly."), max_length=30, validators=[SHORT_NAME]
            )
        self.fields.update(text_fields("name", _("Name"), tags))
        self.fields.update(text_fields("short", _("What a text calls it after the first time"), tags, required=False))
        self.fields.update(text_fields("delegation", _("What its people are called together"), tags, required=False))

    def save(self, *, by: Viewer, now: datetime) -> bool:
        """Store it; false when the operation refused, and the form says why."""
        said = self.cleaned_data
        name, short, delegation = (written(said, field, self.tags) for field in ("name", "short", "delegation"))
        try:
            if self.institution is None:
                add_institutions(mission=self.mission, names={said["code"]: name}, by=by, now=now)
        except SettingUpError as error:
            return self.refuse(error, "code")
        row = self.institution or self.mission.institutions.get(code=said["code"])
        if self.institution or short.languages() or delegation.languages():
            change_institution(institution=row, name=name, short=short, delegation=delegation, by=by, now=now)
        return True


class ContactForm(Settled):
    """A new line of the contact book."""

    institution = forms.ChoiceField(label=_("Institution"), required=False)
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    email = forms.CharField(label=_("Mail address"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=40, help_text=_("With + and the country code.")
    )
    public = forms.BooleanField(label=_("May stand in statements"), required=False)
    valid_from = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    valid_until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Mapping[str, Any] | None = None, *, mission: Mission) -> None:
        super().__init__(data, auto_id="contact-%s")
        self.mission, self.tags = mission, tuple(mission.languages)
        shown = get_language() or "en"
        choices = [(row.code, Text.of(row.name).shown(shown).string) for row in mission.institutions.all()]
        self.fields["institution"].choices = [("", _("the mission as a whole")), *choices]  # type: ignore[attr-defined]
        self.fields.update(text_fields("office", _("What for"), self.tags))
        self.order_fields([f"office-{tag}" for tag in self.tags])

    def save(self, *, by: Viewer, now: datetime) -> bool:
        """Store it; false when the operation refused, and the form says why."""
        said = self.cleaned_data
        contact = NewContact(
            office=written(said, "office", self.tags),
            **{name: said[name] for name in ("institution", "name", "email", "phone", "public")},
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
        )
        fields = {"no-mail-address": "email", "no-phone-number": "phone", "ends-before-it-begins": "valid_until"}
        try:
            add_contact(mission=self.mission, contact=contact, by=by, now=now)
        except SettingUpError as error:
            return self.refuse(error, fields.get(error.reason))
        return True


class SharingForm(forms.Form):
    """What each institution lets each other one see: a field per pair."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, mission: Mission) -> None:
        super().__init__(data, auto_id="sharing-%s")
        self.mission = mission
        held: dict[tuple[int, int], list[str]] = {}
        for row in mission.sharings.all():
            held.setdefault((row.owner_id, row.reader_id), []).append(row.subject)
        institutions = list(mission.institutions.all())
        self.pairs = [(owner, reader) for owner in institutions for reader in institutions if owner.pk != reader.pk]
        for owner, reader in self.pairs:
            self.fields[f"{owner.code}.{reader.code}"] = forms.MultipleChoiceField(
                label=_pair(owner, reader),
                required=False,
                choices=[(subject.value, words) for subject, words in SUBJECTS.items()],
                widget=forms.CheckboxSelectMultiple,
                initial=held.get((owner.pk, reader.pk), []),
            )

    def save(self, *, by: Viewer, now: datetime) -> bool:
        """Store what was chosen."""
        for owner, reader in self.pairs:
            chosen = [Subject(value) for value in self.cleaned_data[f"{owner.code}.{reader.code}"]]
            share(mission=self.mission, owner=owner, reader=reader, subjects=chosen, by=by, now=now)
        return True


def _pair(owner: Institution, reader: Institution) -> str:
    shown = get_language() or "en"
    names = [Text.of(each.name).shown(shown).string for each in (owner, reader)]
    return str(_("%(owner)s shows to %(reader)s") % {"owner": names[0], "reader": names[1]})
