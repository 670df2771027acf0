"""Addresses of the tour and of practice projects."""

from django.urls import path

from decisions.web.tour import views

urlpatterns = [
    path("tour/", views.tour, name="tour"),
    path("tour/practice/", views.practice_new, name="practice-new"),
    path("projects/<str:project>/throw-away/", views.practice_throw_away, name="practice-throw-away"),
    path("projects/<str:project>/decisions/<str:decision>/guide/", views.guide, name="guide"),
]
