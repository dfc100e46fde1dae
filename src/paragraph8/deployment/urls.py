"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import desk_views, enrol_views, round_views, views

urlpatterns = [
    path("m/<slug:slug>/deployment/", views.deployment, name="deployment"),
    path("m/<slug:slug>/deployment/new-plan/", views.new_plan, name="deployment_new"),
    path("m/<slug:slug>/deployment/plans/<int:number>/", views.plan, name="deployment_plan"),
    path("m/<slug:slug>/deployment/plans/<int:number>/<str:code>/", views.day, name="deployment_day"),
    path("m/<slug:slug>/deployment/areas/", views.areas, name="deployment_areas"),
    path("m/<slug:slug>/deployment/my-team/", desk_views.my_team, name="deployment_team"),
    path("m/<slug:slug>/deployment/expected/", desk_views.expected, name="deployment_expected"),
    path("m/<slug:slug>/deployment/expectations/", desk_views.rules, name="deployment_rules"),
    path("m/<slug:slug>/deployment/packs/", desk_views.packs, name="deployment_packs"),
    path("m/<slug:slug>/deployment/pack-file/<int:pk>/", desk_views.pack_file, name="deployment_pack_file"),
    path("m/<slug:slug>/deployment/phones/", enrol_views.phones, name="deployment_phones"),
    path("m/<slug:slug>/settings/second-round/", round_views.second_round, name="second_round"),
    path("api/missions/<slug:slug>/enrol", enrol_views.enrol, name="enrol"),
]
