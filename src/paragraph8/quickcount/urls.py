"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/quick-count/", views.quick_count, name="quick_count"),
    path("m/<slug:slug>/quick-count/gate/", views.gate, name="quick_count_gate"),
    path("m/<slug:slug>/quick-count/plan/", views.plan, name="quick_count_plan"),
    path("m/<slug:slug>/quick-count/trace.csv", views.trace_file, name="quick_count_trace"),
]
