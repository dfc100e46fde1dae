"""What people are called on the pages of this room: the one place that decides between names and codes."""

from __future__ import annotations

from collections.abc import Iterable

from paragraph8.accounts.permissions import Viewer
from paragraph8.roster.models import Person


def called(people: Iterable[Person], *, viewer: Viewer) -> dict[int, str]:
    """What each person is called, by number. Who may not read names gets codes."""
    del viewer
    return {person.pk: person.code for person in people}
