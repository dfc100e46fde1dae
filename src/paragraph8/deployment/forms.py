"""What the desk types. The operations decide what is right; a form only reads what was typed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.names import folded
from paragraph8.missions.models import Area, Mission, Team
from paragraph8.missions.queries import latest_forms

from .expectations import NewRule
from .models import Mode, Plan, PlanState, Role, Rule
from .parameters import Parameters, written

MODE_WORDS = {
    Mode.AREA: _("an area and its station list; the team goes its own route"),
    Mode.SUGGESTED: _("the same, with one opening and one count suggested"),
    Mode.ROUTE: _("a suggested route for the whole day"),
    Mode.ALL_DAY: _("one station all day (citizen observers)"),
}
NOT_IN = "none"
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_SPLIT = re.compile(r"[;,\t]")
MOST_LINES, MOST_CHARACTERS = 20_000, 2_000_000
LATEST = 36 * 60


class ClockField(forms.CharField):
    """A time of day as minutes; after midnight the hours go on."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}), max_length=8, **options)

    def prepare_value(self, value: Any) -> Any:
        """Minutes as a clock; what was typed stays."""
        return written(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Minutes from midnight."""
        typed = super().clean(value)
        if not typed:
            return None
        found = _CLOCK.fullmatch(typed.strip())
        if found is None or int(found[2]) > 59 or int(found[1]) * 60 + int(found[2]) > LATEST:
            raise forms.ValidationError(
                _("Write hours and minutes, such as 07:30; after midnight the hours go on: 25:10.")
            )
        return int(found[1]) * 60 + int(found[2])


def _number(label: Any, low: int, high: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, localize=False, **options)


def _lines(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )


class PlanForm(forms.Form):
    """A plan to be made."""

    mode = forms.ChoiceField(label=_("What does a team get?"), choices=list(MODE_WORDS.items()), initial=Mode.AREA)
    opens = ClockField(label=_("Polls open"))
    closes = ClockField(label=_("Polls close"))
    special_closes = ClockField(label=_("Hospitals, prisons and barracks close"))
    starts = ClockField(label=_("Teams set out from"))
    ends = ClockField(label=_("Teams are back by"))
    visits = _number(_("Stations for each team, opening and count included"), 1, 40)
    least = _number(_("Too few are fewer than"), 1, 40)
    visit_minutes = _number(_("Minutes of a visit"), 5, 240)
    opening_before = _number(_("Minutes before the opening that a team is there"), 0, 120)
    count_stays = _number(_("Minutes that a count takes"), 15, 600)
    speed = _number(_("Kilometres in an hour on the road"), 5, 130)
    detour = _number(_("Length of roads for 100 km as the crow flies"), 100, 300)
    balance = _number(_("Weight of an even load (0 none, 100 much)"), 0, 100)
    tabulation = forms.BooleanField(label=_("After the count, follow the protocol to the commission"), required=False)
    shared = forms.BooleanField(label=_("Two teams may stop at one station"), required=False)
    seed = _number(
        _("Seed"), 0, 2**31 - 1, help_text=_("The same plan comes out for the same seed. Leave it as it is.")
    )
    bases = _lines(
        _("Where teams sleep"),
        _("One line for a team: code; latitude; longitude. Without a line: in the middle of its stations."),
    )
    table = _lines(
        _("Travel times of your own"),
        _("One line for a pair: from; to; minutes. Codes of stations or areas. They go before distances."),
    )
    keep = forms.ModelChoiceField(
        label=_("Begin from"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=_("nothing"),
        help_text=_("Its locked stops stay; the search begins from the others."),
    )
    without = forms.ChoiceField(
        label=_("Team that dropped out"),
        required=False,
        help_text=_("Everybody else keeps every stop of the plan begun from, and its stops go to those who have room."),
    )

    def __init__(self, data: Any, *, mission: Mission, teams: Sequence[Team]) -> None:
        usual = {**Parameters().to_json(), "bases": "", "table": "", "seed": secrets.randbelow(1_000_000)}
        super().__init__(data, initial=usual, auto_id="plan-%s")
        self.mission, self.rows = mission, list(teams)
        choices = [("", _("as above")), *MODE_WORDS.items(), (NOT_IN, _("not in this plan"))]
        for team in self.rows:
            self.fields[f"team-{team.pk}"] = forms.ChoiceField(label=team.code, choices=choices, required=False)
        plans = mission.plans.exclude(state__in=[PlanState.SOLVING, PlanState.REFUSED]).order_by("-number")
        self.fields["keep"].queryset = plans  # type: ignore[attr-defined]
        self.fields["keep"].label_from_instance = lambda plan: _("plan {n}").format(n=plan.number)  # type: ignore[attr-defined]
        self.fields["without"].choices = [("", _("none")), *((t.code, t.code) for t in self.rows)]  # type: ignore[attr-defined]

    def clean_bases(self) -> dict[str, tuple[float, float]]:
        """Team → degrees."""
        known = {team.code for team in self.rows}
        found: dict[str, tuple[float, float]] = {}
        for n, cells in _read_lines(self.cleaned_data["bases"], 3):
            try:
                latitude, longitude = float(cells[1].replace(",", ".")), float(cells[2].replace(",", "."))
            except ValueError:
                raise forms.ValidationError(_("Line %(n)s: these are no degrees."), params={"n": n}) from None
            if cells[0] not in known:
                raise forms.ValidationError(_("Line %(n)s: there is no such team."), params={"n": n})
            if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                raise forms.ValidationError(_("Line %(n)s: these are no degrees."), params={"n": n})
            found[cells[0]] = (latitude, longitude)
        return found

    def clean_table(self) -> list[tuple[str, str, int]]:
        """From, to, minutes."""
        found = []
        for n, cells in _read_lines(self.cleaned_data["table"], 3):
            if not (cells[2].isascii() and cells[2].isdigit()) or int(cells[2]) > 3000:
                raise forms.ValidationError(
                    _("Line %(n)s: minutes are a whole number up to 3000."), params={"n": n}
                )  # fmt: skip
            found.append((cells[0], cells[1], int(cells[2])))
        known = set(self.mission.areas.values_list("code", flat=True)) | set(
            self.mission.stations.values_list("key", flat=True)
        )
        for n, (start, end, _minutes) in enumerate(found, start=1):
            if start not in known or end not in known:
                raise forms.ValidationError(
                    _("Line %(n)s: there is no station or area of this code."), params={"n": n}
                )  # fmt: skip
        return found

    def clean(self) -> dict[str, Any]:
        """What belongs together."""
        typed = super().clean() or {}
        if typed.get("opens") is not None and typed.get("closes") is not None and typed["closes"] <= typed["opens"]:
            self.add_error("closes", _("Polls close after they have opened."))
        if typed.get("starts") is not None and typed.get("ends") is not None and typed["ends"] <= typed["starts"]:
            self.add_error("ends", _("Teams come back after they have set out."))
        if typed.get("without") and not typed.get("keep"):
            self.add_error("keep", _("Choose the plan from which the team dropped out."))
        return typed

    def modes(self) -> dict[str, Mode]:
        """Team → what it gets."""
        said = {team.code: self.cleaned_data[f"team-{team.pk}"] or self.cleaned_data["mode"] for team in self.rows}
        return {code: Mode(mode) for code, mode in said.items() if mode != NOT_IN}

    def parameters(self) -> Parameters:
        """What the plan is made with."""
        return Parameters.of({**self.cleaned_data, "bases": self.cleaned_data["bases"]})

    def of_teams(self) -> list[Any]:
        """The fields of single teams."""
        return [self[f"team-{team.pk}"] for team in self.rows]


class StopForm(forms.Form):
    """A stop to add to a team's day."""

    station = forms.CharField(label=_("Code of the polling station"), max_length=100)
    role = forms.ChoiceField(
        label=_("For"),
        choices=[(Role.VOTING, _("voting")), (Role.OPENING, _("opening")), (Role.COUNT, _("count"))],
    )


class AreasForm(forms.Form):
    """The areas of one team."""

    team = forms.CharField(widget=forms.HiddenInput)
    areas = forms.CharField(
        label=_("Codes of its areas, with commas between"), required=False, max_length=4000, widget=forms.TextInput
    )

    def codes(self) -> list[str]:
        """Codes of areas; a name serves too where it is one area's alone."""
        return [part.strip() for part in _SPLIT.split(self.cleaned_data["areas"]) if part.strip()]


def codes_of_areas(typed: Sequence[str], areas: Sequence[Area]) -> list[str]:
    """Codes for codes or names; what is neither stays, for the operation to refuse."""
    by_name: dict[str, set[str]] = {}
    for area in areas:
        for name in area.name.values():
            by_name.setdefault(folded(name), set()).add(area.code)
    known = {area.code for area in areas}
    found = []
    for word in typed:
        named = by_name.get(folded(word), set())
        found.append(word if word in known or len(named) != 1 else next(iter(named)))
    return found


class RuleForm(forms.Form):
    """One rule of what is expected."""

    mode = forms.ChoiceField(label=_("Of teams with"), required=False)
    form = forms.ChoiceField(label=_("Form"), required=False)
    n = _number(_("At least"), 1, 99, required=False)
    begins = ClockField(label=_("From"), required=False)
    ends = ClockField(label=_("Until"), required=False)

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["form"].choices = [("", _("no rule")), *codes]  # type: ignore[attr-defined]
        self.fields["mode"].choices = [("", _("anything")), *MODE_WORDS.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A rule says everything, or nothing."""
        typed = super().clean() or {}
        if typed.get("form"):
            for name in ("n", "begins", "ends"):
                if typed.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Say this too."))
            if typed.get("begins") is not None and typed.get("ends") is not None and typed["ends"] < typed["begins"]:
                self.add_error("ends", _("The end lies before the beginning."))
        return typed

    def rule(self) -> NewRule | None:
        """The rule; `None` for an empty line."""
        said = self.cleaned_data
        if not said.get("form"):
            return None
        return NewRule(mode=said["mode"], form=said["form"], n=said["n"], begins=said["begins"], ends=said["ends"])


EMPTY_RULES = 3


def rule_forms(mission: Mission, rules: Sequence[Rule | NewRule], data: Any) -> list[RuleForm]:
    """A form for each rule, and some empty ones."""
    codes = [(code, f"{form.title.shown('en').string} ({code})") for code, form in latest_forms(mission).items()]
    many = len(rules) + EMPTY_RULES
    if data is not None:
        said = str(data.get("many", ""))
        many = min(int(said), 200) if said.isascii() and said.isdigit() and len(said) < 4 else many
    initial = [
        {"mode": rule.mode, "form": rule.form, "n": rule.n, "begins": rule.begins, "ends": rule.ends} for rule in rules
    ]
    return [
        RuleForm(data, prefix=f"r{n}", codes=codes, initial=initial[n] if n < len(initial) else {}) for n in range(many)
    ]


class PacksForm(forms.Form):
    """Packs to be made."""

    language = forms.ChoiceField(label=_("Language of the packs"))
    teams = forms.CharField(
        label=_("Teams"),
        required=False,
        max_length=4000,
        help_text=_("Codes with commas between; empty means every team of the plan."),
    )
    codes = forms.BooleanField(
        label=_("Print a new code for the team's phone"),
        required=False,
        initial=True,
        help_text=_("Codes of earlier packs of these teams stop counting, unless a phone has used them."),
    )

    def __init__(self, data: Any, *, languages: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="packs-%s")
        self.fields["language"].choices = list(languages)  # type: ignore[attr-defined]

    def chosen(self) -> list[str]:
        """Codes of teams."""
        return [part.strip() for part in _SPLIT.split(self.cleaned_data["teams"]) if part.strip()]


class EnrolForm(forms.Form):
    """A code for one more phone."""

    team = forms.ChoiceField(label=_("Team"))
    device = forms.CharField(label=_("Name of the phone"), max_length=100, help_text=_("Such as phone-T012-2."))

    def __init__(self, data: Any, *, teams: Sequence[Team]) -> None:
        super().__init__(data, auto_id="enrol-%s")
        self.fields["team"].choices = [(team.code, team.code) for team in teams]  # type: ignore[attr-defined]


def _read_lines(text: str, cells: int) -> list[tuple[int, list[str]]]:
    """Numbered lines in cells; a line with another number of cells is refused."""
    found = []
    for n, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in (line.split(";") if ";" in line else _SPLIT.split(line))]
        if len(parts) != cells or not all(parts):
            raise forms.ValidationError(
                _("Line %(n)s: this should be %(cells)s parts with semicolons between."),
                params={"n": n, "cells": cells},
            )
        found.append((n, parts))
    if len(found) > MOST_LINES:
        raise forms.ValidationError(_("These are more than %(n)s lines."), params={"n": MOST_LINES})
    return found
