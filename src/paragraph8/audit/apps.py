"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "paragraph8.audit"
    label = "audit"
