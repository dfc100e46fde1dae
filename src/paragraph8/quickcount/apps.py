"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class QuickcountConfig(AppConfig):
    name = "paragraph8.quickcount"
    label = "quickcount"
