"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "paragraph8.safety"
    label = "safety"
