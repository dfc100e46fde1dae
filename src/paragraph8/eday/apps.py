"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class EdayConfig(AppConfig):
    name = "paragraph8.eday"
    label = "eday"
