"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "paragraph8.web"
    label = "web"
