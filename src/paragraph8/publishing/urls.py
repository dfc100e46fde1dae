"""Addresses of the room, and of what is public."""

from __future__ import annotations

from django.urls import path

from . import freeze_views, views

urlpatterns = [
    path("m/<slug:slug>/statement/", views.statements, name="statements"),
    path("m/<slug:slug>/statement/<slug:code>/", views.statement, name="statement"),
    path("m/<slug:slug>/freezes/", freeze_views.freezes, name="freezes"),
    path("m/<slug:slug>/freezes/<int:pk>/", freeze_views.freeze, name="freeze"),
    path("m/<slug:slug>/freezes/<int:pk>/figures.json", freeze_views.freeze_file, name="freeze_file"),
    path("m/<slug:slug>/freezes/<int:pk>/<int:other>/", freeze_views.freeze_comparison, name="freeze_comparison"),
    path("m/<slug:slug>/releases/late/", freeze_views.late, name="late"),
    path("m/<slug:slug>/releases/", views.mission_releases, name="releases"),
    path("releases/<slug:slug>/<int:version>/", views.released, name="release"),
    path("releases/<slug:slug>/<int:version>/<path:name>", views.released, name="released"),
]
