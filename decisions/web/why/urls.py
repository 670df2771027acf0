"""Addresses of the why page."""

from django.urls import path

from decisions.web.why import views

urlpatterns = [
    path("", views.why, name="decision-why"),
    path("paragraph/", views.paragraph, name="decision-paragraph"),
]
