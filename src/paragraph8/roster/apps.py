"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "paragraph8.roster"
    label = "roster"
