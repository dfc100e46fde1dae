"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import coverage_views, views

urlpatterns = [
    path("m/<slug:slug>/election-day/", views.election_day, name="election_day"),
    path("m/<slug:slug>/election-day/coverage/", coverage_views.election_coverage, name="election_coverage"),
    path("m/<slug:slug>/election-day/tables/", views.election_day_tables, name="election_day_tables"),
    path("m/<slug:slug>/election-day/tables/<slug:kind>", views.election_day_table_file, name="election_day_table"),
    path("m/<slug:slug>/figures/<path:key>/", views.figure, name="figure"),
]
