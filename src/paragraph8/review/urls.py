"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/", views.home, name="mission"),
    path("m/<slug:slug>/rehearsal/", views.rehearsal, name="rehearsal"),
    path("m/<slug:slug>/reports/", views.reports, name="reports"),
    path("m/<slug:slug>/reports/<uuid:uid>/", views.report, name="report"),
]
