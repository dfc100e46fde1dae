"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/ledger/", views.ledger, name="ledger"),
    path("m/<slug:slug>/ledger/new-event/", views.event_new, name="ledger_event_new"),
    path("m/<slug:slug>/ledger/events/<str:code>/", views.event, name="ledger_event"),
    path("m/<slug:slug>/ledger/new-claim/", views.claim_new, name="ledger_claim_new"),
    path("m/<slug:slug>/ledger/topics/<slug:name>/", views.topic, name="ledger_topic"),
]
