"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/election-day/", views.election_day, name="election_day"),
    path("m/<slug:slug>/figures/<path:key>/", views.figure, name="figure"),
]
