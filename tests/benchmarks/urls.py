"""The site's addresses, and one bare view to measure against."""

from django.urls import include, path

from tests.benchmarks.bare import bare, bare_file

urlpatterns = [
    path("bare/<str:project>/<str:decision>/", bare),
    path("bare/<str:project>/<str:decision>/<int:number>.pdf", bare_file, name="bare-file"),
    path("", include("config.urls")),
]
