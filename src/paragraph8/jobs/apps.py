"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "paragraph8.jobs"
    label = "jobs"
