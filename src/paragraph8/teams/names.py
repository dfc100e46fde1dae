"""What people are called on the pages of this room: the one place that decides between names and codes."""

from __future__ import annotations

from collections.abc import Sequence

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.missions.models import Mission
from paragraph8.roster.models import Person
from paragraph8.roster.queries import names_of


def called(people: Sequence[Person], mission: Mission, *, viewer: Viewer) -> dict[int, str]:
    """What each person is called, by number: the name for who may read the roster and sees this person there, else the
    code; the code, too, once the person is erased."""
    names = names_of(people, mission, viewer=viewer) if viewer.may(Action.SEE_ROSTER, mission.pk) else {}
    return {person.pk: names.get(person.code, person.code) for person in people}
