"""Levels in words."""

from __future__ import annotations

from typing import Any

from django import template

from paragraph8.domain.ledger.corroboration import LEVELS, Judged
from paragraph8.ledger.case import strength

register = template.Library()


@register.simple_tag
def level(judged: Judged) -> dict[str, Any]:
    """The name of a level, how many of five strokes it has, and why it is that."""
    name = LEVELS[judged.level] if judged.level else None
    return {"name": name, "strength": strength(judged.level), "why": judged.why()}
