"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "paragraph8.publishing"
    label = "publishing"
