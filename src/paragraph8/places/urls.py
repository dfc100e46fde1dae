"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views, wizard

urlpatterns = [
    path("m/<slug:slug>/places/", views.places, name="places"),
    path("m/<slug:slug>/places/search/", views.search_page, name="station_search"),
    path("m/<slug:slug>/places/areas/", views.areas, name="areas"),
    path("m/<slug:slug>/places/areas/<str:code>/", views.area, name="area"),
    path("m/<slug:slug>/places/stations/", views.station, name="station"),
    path("m/<slug:slug>/places/lists/", views.lists, name="station_lists"),
    path("m/<slug:slug>/places/lists/<int:number>/", views.listed, name="station_list"),
    path("m/<slug:slug>/places/map/", views.map_page, name="country_map"),
    path("m/<slug:slug>/places/imports/", wizard.imports, name="place_imports"),
    path("m/<slug:slug>/places/imports/<int:pk>/", wizard.upload, name="place_import"),
]
