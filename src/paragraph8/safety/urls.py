"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/safety/", views.safety, name="safety"),
    path("m/<slug:slug>/safety/desk/", views.desk, name="safety_desk"),
    path("m/<slug:slug>/safety/teams/<int:pk>/", views.team, name="safety_team"),
    path("m/<slug:slug>/safety/schedule/", views.schedule, name="safety_schedule"),
    path("m/<slug:slug>/safety/recalls/", views.recalls, name="safety_recalls"),
    path("m/<slug:slug>/safety/recalls/<int:pk>/", views.recall, name="safety_recall"),
    path("m/<slug:slug>/safety/erase/", views.erase, name="safety_erase"),
    path("m/<slug:slug>/check-in/", views.check_in_page, name="check_in"),
]
