"""The address of the need."""

from django.urls import path

from decisions.web.need import views

urlpatterns = [
    path("", views.need, name="decision-need"),
]
