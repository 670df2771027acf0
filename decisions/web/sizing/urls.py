"""Addresses of the sizing page."""

from django.urls import path

from decisions.web.sizing import accuracy, beginning, log_views, runtimes, take, views

urlpatterns = [
    path("", views.sizing, name="sizing"),
    path("file/", views.sizing_file, name="sizing-file"),
    path("file/beginning/", beginning.beginning, name="sizing-beginning"),
    path("log/", log_views.log, name="sizing-log"),
    path("accuracy/", accuracy.accuracy, name="sizing-accuracy"),
    path("runtimes/", runtimes.runtimes, name="sizing-runtimes"),
    path("take/", take.take, name="sizing-take"),
]
