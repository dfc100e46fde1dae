"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/contest/", views.contest, name="contest"),
    path("m/<slug:slug>/contest/new/", views.contest_new, name="contest_new"),
    path("m/<slug:slug>/contest/of/<slug:code>/", views.contest_edit, name="contest_edit"),
    path("m/<slug:slug>/contest/candidates/new/", views.contestant_new, name="contestant_new"),
    path("m/<slug:slug>/contest/candidates/of/<slug:code>/", views.contestant, name="contestant"),
    path("m/<slug:slug>/contest/calendar/", views.calendar, name="calendar"),
    path("m/<slug:slug>/contest/calendar/new/", views.calendar_new, name="calendar_new"),
    path("m/<slug:slug>/contest/calendar/of/<slug:code>/", views.calendar_entry, name="calendar_entry"),
    path("m/<slug:slug>/contest/voters/", views.voter_registers, name="voter_registers"),
    path("m/<slug:slug>/contest/series/", views.series, name="series"),
    path("m/<slug:slug>/contest/results/", views.results, name="results"),
    path("m/<slug:slug>/contest/results/new/", views.results_new, name="results_new"),
    path("m/<slug:slug>/contest/results/files/<int:pk>/", views.results_upload, name="results_upload"),
]
