"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "paragraph8.teams"
    label = "teams"
