"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class ContestConfig(AppConfig):
    name = "paragraph8.contest"
    label = "contest"
