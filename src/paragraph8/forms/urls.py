"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("m/<slug:slug>/forms/", views.forms, name="forms"),
    path("m/<slug:slug>/forms/new/", views.upload, name="form_upload"),
    path("m/<slug:slug>/forms/library/<slug:name>/", views.entry, name="form_entry"),
    path("m/<slug:slug>/forms/files/<str:sha256>/", views.file, name="form_file"),
    path("m/<slug:slug>/forms/<int:pk>/", views.form, name="form"),
    path("m/<slug:slug>/forms/<int:pk>/preview/", views.preview, name="form_preview"),
    path("m/<slug:slug>/forms/<int:pk>/paper/<slug:language>.pdf", views.paper, name="form_paper"),
    path("m/<slug:slug>/forms/<int:pk>/files/<slug:what>", views.download, name="form_download"),
    path("m/<slug:slug>/forms/<int:pk>/copy/", views.copy, name="form_copy"),
]
