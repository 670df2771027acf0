"""Where addresses begin: accounts, the health address, and the pages."""

from django.urls import include, path

from decisions.web.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("accounts/", include("allauth.account.urls")),
    path("", include("decisions.web.urls")),
]
