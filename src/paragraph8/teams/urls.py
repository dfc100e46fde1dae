"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/teams/", views.teams, name="teams"),
    path("m/<slug:slug>/teams/new/", views.new, name="teams_new"),
    path("m/<slug:slug>/teams/fleet/", views.fleet, name="teams_fleet"),
    path("m/<slug:slug>/teams/propose/", views.propose, name="teams_propose"),
    path("m/<slug:slug>/teams/repair/", views.repair, name="teams_repair"),
    path("m/<slug:slug>/teams/rules/", views.rules, name="teams_rules"),
    path("m/<slug:slug>/teams/proposals/<int:pk>/", views.proposal, name="teams_proposal"),
    path("m/<slug:slug>/teams/<int:pk>/", views.team, name="team"),
]
