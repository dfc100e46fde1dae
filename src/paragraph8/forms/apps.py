"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "paragraph8.forms"
    label = "forms"
