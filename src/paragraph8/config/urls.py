"""All addresses, room by room."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("", include("paragraph8.capture.urls")),
    path("", include("paragraph8.web.urls")),
    path("", include("paragraph8.missions.urls")),
    path("", include("paragraph8.roster.urls")),
    path("", include("paragraph8.teams.urls")),
    path("", include("paragraph8.samples.urls")),
    path("", include("paragraph8.places.urls")),
    path("", include("paragraph8.contest.urls")),
    path("", include("paragraph8.forms.urls")),
    path("", include("paragraph8.deployment.urls")),
    path("", include("paragraph8.safety.urls")),
    path("", include("paragraph8.review.urls")),
    path("", include("paragraph8.eday.urls")),
    path("", include("paragraph8.quickcount.urls")),
    path("", include("paragraph8.ledger.urls")),
    path("", include("paragraph8.publishing.urls")),
]
handler403 = "paragraph8.web.views.forbidden"
handler404 = "paragraph8.web.views.not_found"
handler500 = "paragraph8.web.views.broken"
