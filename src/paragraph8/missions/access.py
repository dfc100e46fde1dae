"""What people type to give others access: roles of people who sign in, and devices that send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.operations import add_device, add_member
from paragraph8.accounts.permissions import Role, Viewer
from paragraph8.domain.text import Text

from .models import Mission

Words = str | Promise

ROLES: dict[Role, Words] = {
    Role.ADMINISTRATOR: _("administrator: settings, people who sign in, devices"),
    Role.HEAD: _("head: head and deputy head of mission, Special Co-ordinator, heads of delegation"),
    Role.ANALYST: _("analyst: reports, figures, statement, contest, forms"),
    Role.STATISTICIAN: _("statistician: as an analyst, and the sample"),
    Role.OPERATIONS: _("operations: roster, teams, places, deployment"),
    Role.COORDINATOR: _("co-ordinator of long-term observers: teams, places, deployment"),
    Role.SECURITY: _("security officer: check-ins and alarms"),
    Role.PRESS: _("press officer: figures and statement"),
    Role.TRANSLATOR: _("translator: statement, contest and forms"),
    Role.LONG_TERM: _("long-term observer: the own areas"),
    Role.OBSERVER: _("short-term observer: the own team"),
    Role.READER: _("reader: figures and statement"),
}


class MemberForm(forms.Form):
    """A person who signs in, with a role; an account is made where there is none of that name."""

    username = forms.CharField(label=_("User name"), max_length=150)
    password = forms.CharField(
        label=_("First password"),
        help_text=_("Only for a new account: ten characters at least. An account that exists keeps its own."),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, words) for role, words in ROLES.items()])
    institution = forms.ChoiceField(
        label=_("Institution"),
        required=False,
        help_text=_("Who belongs to one sees of the others what these share."),
    )
    team = forms.CharField(label=_("Team"), required=False, max_length=30, help_text=_("The team of an observer."))
    areas = forms.MultipleChoiceField(
        label=_("Areas"), required=False, help_text=_("Those of a long-term observer, with everything below them.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, mission: Mission) -> None:
        super().__init__(data, auto_id="member-%s")
        self.mission = mission
        shown = get_language() or "en"

        def named(rows: Any) -> list[tuple[str, str]]:
            return [(row.code, Text.of(row.name).shown(shown).string) for row in rows]

        institutions = [("", _("the mission as a whole")), *named(mission.institutions.all())]
        self.fields["institution"].choices = institutions  # type: ignore[attr-defined]
        self.fields["areas"].choices = named(mission.areas.filter(parent=None))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An observer has a team that there is."""
        said = super().clean() or {}
        team = self.mission.teams.filter(code=said.get("team", "")).first() if said.get("team") else None
        if said.get("team") and team is None:
            self.add_error("team", _("The mission has no team of that code."))
        if said.get("role") == Role.OBSERVER and not said.get("team"):
            self.add_error("team", _("A short-term observer sees the reports of the own team, and so needs one."))
        return {**said, "team_row": team}

    def save(self, *, by: Viewer, now: datetime) -> bool:
        """Store it; false when the password of a new account is too weak, and the form says so."""
        said = self.cleaned_data
        institution = self.mission.institutions.filter(code=said["institution"]).first()
        areas = self.mission.areas.filter(code__in=said["areas"]).values_list("pk", flat=True)
        try:
            add_member(
                username=said["username"],
                password=said["password"],
                mission_id=self.mission.pk,
                role=Role(said["role"]),
                team_id=said["team_row"].pk if said["team_row"] else None,
                institution_id=institution.pk if institution else None,
                area_ids=list(areas),
                by=by,
                now=now,
            )
        except ValueError as error:
            self.add_error("password", str(error))
            return False
        return True


class DeviceForm(forms.Form):
    """A phone or desk that sends reports."""

    name = forms.CharField(label=_("Name of the device"), max_length=100, help_text=_("Such as phone-012."))
    team = forms.CharField(
        label=_("Team"), required=False, max_length=30, help_text=_("Empty for a desk that keys for everybody.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, mission: Mission) -> None:
        super().__init__(data, auto_id="device-%s")
        self.mission = mission

    def clean(self) -> dict[str, Any]:
        """The team is one that there is."""
        said = super().clean() or {}
        team = self.mission.teams.filter(code=said["team"]).first() if said.get("team") else None
        if said.get("team") and team is None:
            self.add_error("team", _("The mission has no team of that code."))
        return {**said, "team_row": team}

    def save(self, *, by: Viewer, now: datetime) -> str:
        """Register it; the token, which is shown this once."""
        team = self.cleaned_data["team_row"]
        _device, token = add_device(
            mission_id=self.mission.pk,
            team_id=team.pk if team else None,
            name=self.cleaned_data["name"],
            by=by,
            now=now,
        )
        return token
