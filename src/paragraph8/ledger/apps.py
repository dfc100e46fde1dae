"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "paragraph8.ledger"
    label = "ledger"
