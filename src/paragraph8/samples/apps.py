"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class SamplesConfig(AppConfig):
    name = "paragraph8.samples"
    label = "samples"
