"""What is typed in this room. The operations decide what is right; a form only reads what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.people import Function
from paragraph8.domain.people_texts import FUNCTIONS
from paragraph8.missions.models import Area, Institution
from paragraph8.planning.travellers import Rules

from .fields import Day, Languages, Number, OneOf, area_choices, institution_choices, people_choices, plainly
from .operations import Equipment
from .proposals import Wish
from .queries import TRAVELLING, Member, TeamRow

Data = Mapping[str, Any] | None
_AREA_LINE = re.compile(r"(?P<code>\S+)(?:[\s,;:=]+(?P<n>\d{1,3}))?\Z")
_PHONE = re.compile(r"^[+0-9 ()\-]{0,40}\Z")
MOST_CODES = 500
MOST_LINES = 20
"""More lines that cannot be read are not worth reading."""
LONGEST_CAR = 60


class NewTeamsForm(forms.Form):
    """Teams by code, for the beginning or for a group without a roster."""

    codes = forms.CharField(
        label=_("Codes"),
        help_text=_("One code a line, or apart by commas: as the phones and reports will name the teams."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        error_messages={"required": _("Write at least one code.")},
    )

    def __init__(self, data: Data, *, areas: Iterable[Area], institutions: Iterable[Institution], own: bool) -> None:
        super().__init__(data, auto_id="new-%s")
        offered = institution_choices(institutions)
        if offered:
            self.fields["institution"] = OneOf(
                rows=offered, label=_("Institution"), required=own, empty="" if own else _("the mission as a whole")
            )
        self.fields["area"] = OneOf(
            rows=area_choices(areas), label=_("Region"), required=False, empty=_("not decided yet")
        )

    def clean_codes(self) -> list[str]:
        """The codes in the order typed."""
        codes = [code.strip() for code in re.split(r"[\n,;]+", self.cleaned_data["codes"]) if code.strip()]
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(_("No more than 500 teams at once."))
        return codes


class RulesForm(forms.Form):
    """By which rules people travel together."""

    size = forms.TypedChoiceField(
        label=_("How many travel together"),
        choices=[("2", _("two; one team of three where the number is odd")), ("1", _("everybody alone"))],
        coerce=int,
    )
    mixed = forms.BooleanField(
        label=_("Teams may mix institutions"),
        help_text=_("Otherwise each institution has its own teams."),
        required=False,
    )
    working = Languages(
        label=_("Working languages"),
        help_text=_("Codes such as en or ru. A team shares one of them; with none given, any language."),
        required=False,
        max_length=60,
    )
    experienced = Number(1, 50, label=_("Experienced is who was on at least so many missions before"))

    def __init__(self, data: Data, *, rules: Rules, auto_id: str = "rules-%s") -> None:
        initial = {
            "size": str(rules.size),
            "mixed": rules.mixed_institutions,
            "working": " ".join(sorted(rules.working)),
            "experienced": rules.experienced_from,
        }
        super().__init__(data, initial=initial, auto_id=auto_id)

    def rules(self) -> Rules:
        """The rules as typed."""
        typed = self.cleaned_data
        return Rules(
            size=typed["size"],
            mixed_institutions=typed["mixed"],
            working=typed["working"],
            experienced_from=typed["experienced"],
        )


class ProposeForm(RulesForm):
    """What is to be proposed, for whom."""

    kinds = forms.MultipleChoiceField(
        label=_("For whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    anew = forms.ChoiceField(
        label=_("Which people"),
        choices=[
            ("no", _("only those without a team; every team stays as it is")),
            ("yes", _("everybody; only locked teams stay as they are")),
        ],
    )
    arrived = forms.BooleanField(
        label=_("Only who is in the country"),
        help_text=_("Otherwise also those who are nominated or accredited."),
        required=False,
    )
    areas = forms.CharField(
        label=_("Regions for new teams"),
        help_text=_(
            "One a line: code of the region and number of teams, such as “ALA 4”. It holds for each kind of observer "
            "chosen above. May stay empty."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=10_000,
    )
    seed = Number(
        0,
        999_999_999,
        label=_("Seed"),
        help_text=_("The same seed gives the same proposal; another one may give another."),
    )
    field_order = ("kinds", "anew", "arrived", "size", "mixed", "working", "experienced", "areas", "seed")

    def __init__(self, data: Data, *, rules: Rules, codes: Iterable[str], seed: int) -> None:
        super().__init__(data, rules=rules)
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (kind.value, plainly(FUNCTIONS[Function(kind)].to_json())) for kind in TRAVELLING
        ]
        self.initial.update({"kinds": [kind.value for kind in TRAVELLING], "seed": seed, "anew": "no"})
        self.known = frozenset(codes)

    def clean_areas(self) -> list[str]:
        """One code for each team."""
        found: list[str] = []
        for line in self.cleaned_data["areas"].splitlines():
            if not line.strip():
                continue
            read = _AREA_LINE.match(line.strip())
            if read is None or read["code"] not in self.known:
                raise forms.ValidationError(
                    _("Not a region of this mission with a number: %(line)s"), params={"line": line.strip()[:60]}
                )
            found += [read["code"]] * int(read["n"] or 1)
        return found

    def wish(self) -> Wish:
        """The wish as typed."""
        typed = self.cleaned_data
        return Wish(
            rules=self.rules(),
            kinds=typed["kinds"],
            seed=typed["seed"],
            anew=typed["anew"] == "yes",
            arrived=typed["arrived"],
            areas=typed["areas"],
        )


class EquipForm(forms.Form):
    """Car, telephone, region and institution."""

    car = forms.CharField(
        label=_("Car"), max_length=LONGEST_CAR, required=False, help_text=_("Number plate, or what tells it.")
    )
    phone = forms.RegexField(
        label=_("Telephone"),
        regex=_PHONE,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"invalid": _("Digits, blanks, brackets, hyphens and a plus sign: +7 700 000 00 00.")},
    )

    def __init__(
        self, data: Data, *, initial: Mapping[str, Any], areas: Iterable[Area], institutions: Iterable[Institution]
    ) -> None:
        super().__init__(data, initial=dict(initial), auto_id="equip-%s")
        self.fields["area"] = OneOf(
            rows=area_choices(areas), label=_("Region"), required=False, empty=_("not decided yet")
        )
        offered = institution_choices(institutions)
        if offered:
            self.fields["institution"] = OneOf(
                rows=offered, label=_("Institution"), required=False, empty=_("the mission as a whole")
            )


class FleetForm(forms.Form):
    """Cars and telephones of all teams, one team a line, so that a list from elsewhere can be pasted."""

    lines = forms.CharField(
        label=_("Team; car; telephone"),
        help_text=_(
            "One team a line, its parts apart by semicolons or tabs. Teams that are not there stay as they are."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        max_length=100_000,
        error_messages={"required": _("Write at least one line.")},
    )

    def __init__(self, data: Data, *, teams: Iterable[TeamRow]) -> None:
        held = "\n".join(f"{row.team.code}; {row.team.car}; {row.team.phone}" for row in teams)
        super().__init__(data, initial={"lines": held}, auto_id="fleet-%s")

    def clean_lines(self) -> list[Equipment]:
        """What each line says. Every line that cannot be read is named with its number."""
        found, wrong = [], []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not line.strip():
                continue
            code, car, phone, *more = [*(part.strip() for part in re.split(r"[;\t]", line)), "", ""]
            if any(more) or not code or len(car) > LONGEST_CAR or not _PHONE.match(phone):
                wrong.append(
                    forms.ValidationError(
                        _("Line %(number)s cannot be read: %(line)s"), params={"number": number, "line": line[:60]}
                    )
                )
            else:
                found.append(Equipment(code, car, phone))
        if wrong:
            raise forms.ValidationError(wrong[:MOST_LINES])
        return found


class SeatForm(forms.Form):
    """Somebody comes into the team, from no team or from another one."""

    def __init__(self, data: Data, *, people: Iterable[Member], today: date) -> None:
        super().__init__(data, initial={"day": today}, auto_id="seat-%s")
        self.fields["person"] = OneOf(rows=people_choices(people), label=_("Who"), empty=_("choose"))
        self.fields["day"] = Day(label=_("From which day on"))


class LeaveForm(forms.Form):
    """Somebody leaves the team."""

    def __init__(self, data: Data, *, members: Iterable[Member], today: date) -> None:
        super().__init__(data, initial={"day": today}, auto_id="leave-%s")
        self.fields["person"] = OneOf(rows=people_choices(members), label=_("Who leaves"), empty=_("choose"))
        self.fields["day"] = Day(label=_("From which day on"))


class ExchangeForm(forms.Form):
    """Somebody of the team and somebody of another one change places."""

    def __init__(self, data: Data, *, members: Iterable[Member], others: Iterable[Member], today: date) -> None:
        super().__init__(data, initial={"day": today}, auto_id="exchange-%s")
        self.fields["person"] = OneOf(rows=people_choices(members), label=_("Who of this team"), empty=_("choose"))
        self.fields["other"] = OneOf(
            rows=people_choices(others), label=_("For whom of another team"), empty=_("choose")
        )
        self.fields["day"] = Day(label=_("From which day on"))


class ApartForm(forms.Form):
    """Two people who must not travel together."""

    def __init__(self, data: Data, *, people: Iterable[Member]) -> None:
        super().__init__(data, auto_id="apart-%s")
        offered = people_choices(people)
        self.fields["first"] = OneOf(rows=offered, label=_("One person"), empty=_("choose"))
        self.fields["second"] = OneOf(rows=offered, label=_("The other"), empty=_("choose"))


class AreaLanguagesForm(forms.Form):
    """What somebody in each team of an area must speak."""

    languages = Languages(
        label=_("Languages"),
        help_text=_("Codes such as kk or ru: somebody in each team speaks one of them. Empty: nothing is asked for."),
        required=False,
        max_length=60,
    )
    field_order = ("area", "languages")

    def __init__(self, data: Data, *, areas: Iterable[Area]) -> None:
        super().__init__(data, auto_id="language-%s")
        self.fields["area"] = OneOf(rows=area_choices(areas), label=_("Region"), empty=_("choose"))
        self.order_fields(self.field_order)
