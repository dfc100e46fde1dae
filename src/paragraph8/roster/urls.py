"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import list_views, local_views, views

urlpatterns = [
    path("m/<slug:slug>/people/", views.people, name="people"),
    path("m/<slug:slug>/people/new/", views.person_new, name="person_new"),
    path("m/<slug:slug>/people/badges/", views.badges, name="badges"),
    path("m/<slug:slug>/people/same/", views.same_people, name="same_people"),
    path("m/<slug:slug>/people/lists/", list_views.people_lists, name="people_lists"),
    path("m/<slug:slug>/people/lists/<int:pk>/", list_views.people_list, name="people_list"),
    path("m/<slug:slug>/people/local/", local_views.local_staff, name="local_staff"),
    path("m/<slug:slug>/people/local/<str:code>/", local_views.local_person, name="local_person"),
    path("m/<slug:slug>/people/<str:code>/", views.person, name="person"),
]
