"""Addresses of the sizing page."""

from django.urls import path

from decisions.web.sizing import take, views

urlpatterns = [
    path("", views.sizing, name="sizing"),
    path("file/", views.sizing_file, name="sizing-file"),
    path("take/", take.take, name="sizing-take"),
]
