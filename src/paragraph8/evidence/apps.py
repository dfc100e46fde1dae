"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "paragraph8.evidence"
    label = "evidence"
