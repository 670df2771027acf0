"""The address of the words."""

from django.urls import path

from decisions.web.words import views

urlpatterns = [path("", views.words, name="words")]
