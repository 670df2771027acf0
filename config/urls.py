"""Where addresses begin: the health address, what a browser keeps for being offline, and the pages."""

from django.urls import include, path

from decisions.web import offline
from decisions.web.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("offline/", offline.offline, name="offline"),
    path("service-worker.js", offline.worker, name="service-worker"),
    path("", include("decisions.web.urls")),
]
handler400 = "decisions.web.errors.bad_request"
