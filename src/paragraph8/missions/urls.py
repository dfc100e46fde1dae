"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.missions, name="missions"),
    path("m/<slug:slug>/log/", views.log, name="log"),
    path("new-mission/", views.new_mission, name="new_mission"),
    path("m/<slug:slug>/settings/", views.settings, name="settings"),
    path("m/<slug:slug>/settings/access/", views.access, name="access"),
    path("m/<slug:slug>/jobs/<int:pk>/", views.job, name="job"),
]
