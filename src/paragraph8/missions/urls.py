"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.missions, name="missions"),
    path("m/<slug:slug>/log/", views.log, name="log"),
    path("m/<slug:slug>/settings/", views.settings, name="settings"),
    path("m/<slug:slug>/jobs/<int:pk>/", views.job, name="job"),
]
