"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "paragraph8.missions"
    label = "missions"
