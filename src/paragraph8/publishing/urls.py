"""Addresses of the room, and of what is public."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/statement/", views.statements, name="statements"),
    path("m/<slug:slug>/statement/<slug:code>/", views.statement, name="statement"),
    path("m/<slug:slug>/releases/", views.mission_releases, name="releases"),
    path("releases/<slug:slug>/<int:version>/", views.released, name="release"),
    path("releases/<slug:slug>/<int:version>/<path:name>", views.released, name="released"),
]
