"""Language and health."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("language/", views.set_language, name="set_language"),
]
