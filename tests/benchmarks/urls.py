"""The site's addresses, and one bare view to measure against."""

from django.urls import include, path

from tests.benchmarks.bare import bare

urlpatterns = [
    path("bare/<str:project>/<str:decision>/", bare),
    path("", include("config.urls")),
]
