"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "paragraph8.review"
    label = "review"
