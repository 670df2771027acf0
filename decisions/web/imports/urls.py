"""Addresses of importing: into a project as a new decision, and into a decision there is."""

from django.urls import path

from decisions.web.imports import views

project_urls = [path("", views.project_import, name="project-import")]
decision_urls = [path("", views.decision_import, name="decision-import")]
