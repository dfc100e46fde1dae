"""Changing one team by hand: the forms of its page, and what each of them does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.missions.models import Mission
from paragraph8.roster.models import Person

from . import queries
from .forms import EquipForm, ExchangeForm, LeaveForm, SeatForm
from .operations import RefusedTeamError, dissolve, equip, exchange, seat, set_lock, unseat
from .queries import TeamRow

BUTTONS = ("lock", "unlock", "dissolve")


class TeamDesk:
    """The forms of a team's page; `asked` is the one that was sent."""

    def __init__(
        self, mission: Mission, row: TeamRow, day: date, viewer: Viewer, data: Mapping[str, Any] | None
    ) -> None:
        self.mission, self.row, self.day, self.viewer = mission, row, day, viewer
        self.asked = str(data.get("do", "")) if data is not None else ""
        self.refused = ""
        self.forms: dict[str, forms.Form] = {}
        if viewer.may(Action.MANAGE_TEAMS, mission.pk):
            self._make(data)
        if data is not None and self.asked not in (*self.forms, *BUTTONS):
            self.asked, self.refused = "?", str(_("Nothing was changed: choose what to do with a button."))

    def _make(self, data: Mapping[str, Any] | None) -> None:
        def sent(name: str) -> Mapping[str, Any] | None:
            return data if self.asked == name else None

        row, viewer, mission = self.row, self.viewer, self.mission
        self.areas = {area.pk: area for area in queries.areas_to_choose(mission)}
        self.institutions = {held.pk: held for held in queries.institutions_to_choose(mission, viewer=viewer)}
        spare = queries.without_team(mission, day=self.day, viewer=viewer)
        here = {member.person.pk for member in row.members}
        others = [m for m in queries.seated(mission, day=self.day, viewer=viewer) if m.person.pk not in here]
        team = row.team
        held = {"car": team.car, "phone": team.phone, "area": team.area_id, "institution": team.institution_id}
        self.forms["seat"] = SeatForm(sent("seat"), people=[*spare, *others], today=self.day)
        self.forms["leave"] = LeaveForm(sent("leave"), members=row.members, today=self.day)
        self.forms["exchange"] = ExchangeForm(sent("exchange"), members=row.members, others=others, today=self.day)
        self.forms["equip"] = EquipForm(
            sent("equip"), initial=held, areas=self.areas.values(), institutions=self.institutions.values()
        )

    def save(self, *, now: datetime) -> bool:
        """Do what was asked; false when it was refused, and the form or `refused` says why."""
        form = self.forms.get(self.asked)
        if self.asked == "?" or (form is not None and not form.is_valid()):
            return False
        try:
            self._do(form.cleaned_data if form else {}, now)
        except RefusedTeamError as error:
            if form:
                form.add_error(None, str(error.words))
            else:
                self.refused = str(error.words)
            return False
        return True

    def _do(self, typed: Mapping[str, Any], now: datetime) -> None:
        team, by = self.row.team, self.viewer
        match self.asked:
            case "seat":
                seat(team=team, person=self._person(typed["person"]), day=typed["day"], by=by, now=now)
            case "leave":
                unseat(person=self._person(typed["person"]), day=typed["day"], by=by, now=now)
            case "exchange":
                first, second = self._person(typed["person"]), self._person(typed["other"])
                exchange(first=first, second=second, day=typed["day"], by=by, now=now)
            case "equip":
                equip(
                    team=team,
                    car=typed["car"],
                    phone=typed["phone"],
                    area=self.areas.get(typed["area"] or 0),
                    institution=self.institutions.get(typed.get("institution") or 0),
                    by=by,
                    now=now,
                )
            case "lock" | "unlock":
                set_lock(team=team, locked=self.asked == "lock", by=by, now=now)
            case "dissolve":
                dissolve(team=team, day=self.day, by=by, now=now)

    def _person(self, pk: int) -> Person:
        return self.mission.people.select_related("mission").get(pk=pk)
