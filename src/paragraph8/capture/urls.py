"""Addresses of the receiving path."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("api/missions/<slug:slug>/reports", views.receive, name="receive")]
