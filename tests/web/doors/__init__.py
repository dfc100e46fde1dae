"""The addresses of each room: who may open them, and which have a form. One module a room, all of one shape:

NEEDED: dict[str, Action]           name of the pattern → what its page needs
FORMS: set[str]                     names of those that take what is posted
addresses(pages) -> dict[str, str]  name → an address with something behind it
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages


def rooms() -> list[ModuleType]:
    """The modules of this folder, in the order of their names."""
    return [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]


def needed() -> dict[str, Action]:
    """What each page of a mission needs."""
    return {name: action for room in rooms() for name, action in room.NEEDED.items()}


def with_forms() -> set[str]:
    """The pages that take what is posted."""
    return {name for room in rooms() for name in room.FORMS}


def addresses(pages: Pages) -> dict[str, str]:
    """Every address of the mission."""
    return {name: address for room in rooms() for name, address in room.addresses(pages).items()}
