"""Where addresses begin: the health address, and the pages."""

from django.urls import include, path

from decisions.web.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("", include("decisions.web.urls")),
]
handler400 = "decisions.web.errors.bad_request"
