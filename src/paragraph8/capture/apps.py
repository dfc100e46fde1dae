"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class CaptureConfig(AppConfig):
    name = "paragraph8.capture"
    label = "capture"
