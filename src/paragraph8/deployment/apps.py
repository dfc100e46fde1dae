"""Django's entry for the app."""

from __future__ import annotations

from django.apps import AppConfig


class DeploymentConfig(AppConfig):
    name = "paragraph8.deployment"
    label = "deployment"
