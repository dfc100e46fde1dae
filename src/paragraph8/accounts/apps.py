"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "paragraph8.accounts"
    label = "accounts"
