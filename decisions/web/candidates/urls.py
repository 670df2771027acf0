"""Addresses of routes and candidates, grouped by the thing they act on."""

from django.urls import path

from decisions.web.candidates import (
    aside_views,
    candidate_views,
    command_views,
    fact_views,
    log_views,
    part_views,
    route_views,
    views,
)

the_page = [
    path("", views.candidates, name="decision-candidates"),
]

routes = [
    path("route/", route_views.choose, name="route-choose"),
    path("new-route/", route_views.add, name="route-add"),
    path("routes/<str:code>/", route_views.edit, name="route-edit"),
    path("routes/<str:code>/remove/", route_views.remove, name="route-remove"),
]

one_candidate = [
    path("add/", views.add, name="candidate-add"),
    path("roles/", views.roles, name="candidate-roles"),
    path("<str:key>/", candidate_views.candidate, name="candidate"),
    path("<str:key>/notes/<str:note>/", part_views.note, name="candidate-note"),
    path("<str:key>/estimate/", part_views.estimate, name="candidate-estimate"),
    path("<str:key>/runtimes/", part_views.runtimes, name="candidate-runtimes"),
    path("<str:key>/facts/", fact_views.take, name="candidate-facts"),
    path("<str:key>/command/", command_views.commands, name="candidate-commands"),
    path("<str:key>/log/", log_views.log, name="candidate-log"),
    path("<str:key>/log/<str:log>/set-aside/", aside_views.set_aside, name="candidate-log-set-aside"),
    path("<str:key>/log/<str:log>/take-back/", aside_views.take_back, name="candidate-log-take-back"),
    path("<str:key>/duplicate/", views.duplicate, name="candidate-duplicate"),
    path("<str:key>/move/", views.move, name="candidate-move"),
    path("<str:key>/role/", views.role, name="candidate-role"),
    path("<str:key>/remove/", views.remove, name="candidate-remove"),
    path("<str:key>/bring-back/", views.bring_back, name="candidate-bring-back"),
]

urlpatterns = [*the_page, *routes, *one_candidate]
