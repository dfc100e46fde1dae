"""What people type about people. A form only reads what was typed; the operations decide what is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.countries import codes as country_codes
from paragraph8.domain.countries import country_name
from paragraph8.domain.importing.roster_values import language_name, languages_in
from paragraph8.domain.people import Duty, Function, Gender, Reason, Requirement, Status
from paragraph8.domain.people_texts import DUTIES, FUNCTIONS, PERSON_GENDERS, REASONS, REQUIREMENTS, STATUSES
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from .local_staff import LocalLine, NewLocalPerson
from .operations import Facts
from .personal import Personal
from .queries import PersonFile
from .refusals import RefusedPeopleError

MOST = 200
MOST_MISSIONS = 500
ISO_DATE = _("Write the date as 2019-06-09.")


def titles(texts: Mapping[Any, Text], none: Any = None) -> list[tuple[str, Any]]:
    """Options of a choice in the language of the page; `none` stands for no choice."""
    options = [(key.value, plainly(text)) for key, text in texts.items() if key.value]
    return options if none is None else [("", none), *options]


def plainly(text: Text) -> str:
    """A text in the language of the page."""
    return text.shown(get_language() or "en").string


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A field for a date, which the browser offers as a calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": ISO_DATE, "required": ISO_DATE},
    )


class PeopleForm(forms.Form):
    """A form of the roster: what an operation refuses stands above the fields, and what was typed is kept."""

    def refuse(self, refusal: RefusedPeopleError) -> None:
        """Show why the operation did nothing."""
        self.add_error(None, plainly(refusal.text()))


class LanguagesField(forms.CharField):
    """Languages by name in any language of the product, or by code, with commas."""

    def clean(self, value: Any) -> tuple[str, ...]:
        """The codes; refuses a word that is no language."""
        codes, unknown = languages_in(super().clean(value))
        if unknown:
            raise forms.ValidationError(_("No language: %(words)s."), params={"words": ", ".join(unknown)})
        return codes


def languages_field() -> LanguagesField:
    return LanguagesField(
        label=_("Languages"), required=False, max_length=MOST, help_text=_("With commas: English, Russian")
    )


def text_field(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=kwargs.pop("required", False), max_length=MOST, **kwargs)


class PersonForm(PeopleForm):
    """Everything that is written of a person."""

    family = text_field(_("Family name"), required=True, error_messages={"required": _("Write the family name.")})
    given = text_field(_("Given name"))
    other_name = text_field(_("Name in another alphabet"))
    function = forms.ChoiceField(label=_("Function"), error_messages={"required": _("Choose a function.")})
    institution = forms.ChoiceField(
        label=_("Institution"), required=False, help_text=_("The one that the person is counted with.")
    )
    also = forms.ChoiceField(label=_("Second institution"), required=False)
    country = forms.ChoiceField(
        label=_("Seconding country"), required=False, help_text=_("Empty when an institution sent the person.")
    )
    citizenship = forms.ChoiceField(label=_("Citizenship"), required=False)
    gender = forms.ChoiceField(label=_("Gender"), required=False)
    languages = languages_field()
    missions_before = forms.IntegerField(
        label=_("Missions before"),
        required=False,
        min_value=0,
        max_value=MOST_MISSIONS,
        help_text=_("Empty means unknown."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=MOST)
    phone = text_field(_("Phone"))
    address = text_field(_("Address"))
    card = text_field(_("Card number"))
    card_expires = day_field(_("Card valid until"))
    interests = text_field(_("What the declaration of interests says"))
    kept_until = day_field(_("Kept until"), help_text=_("On this day the personal data are erased."))

    def __init__(self, data: Mapping[str, Any] | None, *, mission: Mission, file: PersonFile | None = None) -> None:
        super().__init__(data, initial=_initial(file) if file else {}, auto_id="person-%s")
        institutions = [(row.code, plainly(Text.of(row.name))) for row in mission.institutions.all()]
        named = sorted(((code, plainly(country_name(code))) for code in country_codes()), key=lambda pair: pair[1])
        self.choose("function", titles(FUNCTIONS, _("choose")))
        self.choose("institution", [("", _("the mission as a whole")), *institutions])
        self.choose("also", [("", _("none")), *institutions])
        self.choose("country", [("", _("none")), *named])
        self.choose("citizenship", [("", _("unknown")), *named])
        self.choose("gender", titles(PERSON_GENDERS, _("not stated")))

    def choose(self, name: str, options: Iterable[tuple[str, Any]]) -> None:
        """Give a field its options."""
        self.fields[name].choices = list(options)  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """What is written apart from the name."""
        typed = self.cleaned_data
        return Facts(
            function=Function(typed["function"]),
            institution=typed["institution"],
            also=typed["also"],
            country=typed["country"],
            citizenship=typed["citizenship"],
            gender=Gender(typed["gender"]),
            languages=typed["languages"],
            missions_before=typed["missions_before"],
            card_expires=typed["card_expires"],
        )

    def personal(self) -> Personal:
        """What is sealed."""
        names = ("family", "given", "other_name", "email", "phone", "address", "card", "interests")
        return Personal(**{name: self.cleaned_data[name].strip() for name in names})


class StepForm(PeopleForm):
    """A step for one or several people."""

    status = forms.ChoiceField(label=_("What happened"), error_messages={"required": _("Choose what happened.")})
    day = day_field(_("Holds from"), required=True)
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, help_text=_("Needed when somebody leaves the mission.")
    )

    def __init__(self, data: Mapping[str, Any] | None, *, today: date) -> None:
        super().__init__(data, initial={"day": today}, auto_id="step-%s")
        self.fields["status"].choices = titles(STATUSES, _("choose"))  # type: ignore[attr-defined]
        self.fields["reason"].choices = titles(REASONS, _("none"))  # type: ignore[attr-defined]

    def status_chosen(self) -> Status:
        """The step."""
        return Status(self.cleaned_data["status"])

    def reason_chosen(self) -> Reason | None:
        """The reason, if one was chosen."""
        return Reason(self.cleaned_data["reason"]) if self.cleaned_data["reason"] else None


class RequirementForm(PeopleForm):
    """That a requirement was met, and when."""

    requirement = forms.ChoiceField(label=_("Requirement"), error_messages={"required": _("Choose a requirement.")})
    met = day_field(_("Met on"), help_text=_("Empty takes it back."))

    def __init__(self, data: Mapping[str, Any] | None, *, today: date) -> None:
        super().__init__(data, initial={"met": today}, auto_id="need-%s")
        dated = {need: text for need, text in REQUIREMENTS.items() if need is not Requirement.CARD}
        self.fields["requirement"].choices = titles(dated, _("choose"))  # type: ignore[attr-defined]


class SureForm(PeopleForm):
    """Something that cannot be taken back, and is therefore said twice."""

    sure = forms.BooleanField(
        label=_("Yes, this cannot be taken back"),
        error_messages={"required": _("Tick the box if you are sure: what is erased cannot be read again.")},
    )

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, auto_id="sure-%s")


class LocalForm(PeopleForm):
    """Somebody hired in the country."""

    family = text_field(_("Family name"), required=True, error_messages={"required": _("Write the family name.")})
    given = text_field(_("Given name"))
    duty = forms.ChoiceField(label=_("Duty"), error_messages={"required": _("Choose a duty.")})
    languages = languages_field()
    phone = text_field(_("Phone"))
    address = text_field(_("Address"))
    starts = day_field(_("Works from"))
    ends = day_field(_("Works until"))
    kept_until = day_field(_("Kept until"), help_text=_("On this day the personal data are erased."))

    def __init__(self, data: Mapping[str, Any] | None, *, line: LocalLine | None = None) -> None:
        super().__init__(data, initial=_local_initial(line) if line else {}, auto_id="local-%s")
        self.fields["duty"].choices = titles(DUTIES, _("choose"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The work ends after it begins."""
        typed = super().clean() or {}
        if typed.get("starts") and typed.get("ends") and typed["ends"] < typed["starts"]:
            self.add_error("ends", _("The work cannot end before it begins."))
        return typed

    def written(self) -> NewLocalPerson:
        """What was typed."""
        typed = self.cleaned_data
        return NewLocalPerson(
            personal=Personal(
                family=typed["family"].strip(), given=typed["given"], phone=typed["phone"], address=typed["address"]
            ),
            duty=Duty(typed["duty"]),
            languages=typed["languages"],
            starts=typed["starts"],
            ends=typed["ends"],
            retain_until=typed["kept_until"],
        )


def _initial(file: PersonFile) -> dict[str, Any]:
    person, personal = file.person, file.personal
    words = vars(personal) if personal else {}
    return {
        **words,
        "function": person.function,
        "institution": person.institution.code if person.institution else "",
        "also": person.also.code if person.also else "",
        "country": person.country,
        "citizenship": person.citizenship,
        "gender": person.gender,
        "languages": _named(person.languages),
        "missions_before": person.missions_before,
        "card_expires": person.card_expires,
        "kept_until": person.key.retain_until if personal else None,
    }


def _local_initial(line: LocalLine) -> dict[str, Any]:
    words = vars(line.personal) if line.personal else {}
    person = line.person
    return {
        **words,
        "duty": person.duty,
        "languages": _named(person.languages),
        "starts": person.starts,
        "ends": person.ends,
        "kept_until": line.retain_until,
    }


def _named(codes: Iterable[str]) -> str:
    return ", ".join(language_name(code, get_language() or "en") for code in codes)
