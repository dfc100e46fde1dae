"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/samples/", views.samples, name="samples"),
    path("m/<slug:slug>/samples/new/", views.new_sample, name="new_sample"),
    path("m/<slug:slug>/samples/<int:pk>/", views.sample, name="sample"),
    path("m/<slug:slug>/samples/<int:pk>/disclosure.json", views.disclosure, name="disclosure"),
    path("m/<slug:slug>/samples/<int:pk>/stations.csv", views.stations_file, name="sample_stations"),
    path("m/<slug:slug>/my-stops/", views.my_stops, name="my_stops"),
]
