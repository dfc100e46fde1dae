"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "paragraph8.places"
    label = "places"
