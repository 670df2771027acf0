"""Every address of the pages, grouped by the thing it acts on; each group lies beside its views."""

from django.urls import include, path

from decisions.web.imports.urls import decision_urls, project_urls

urlpatterns = [
    path("", include("decisions.web.cut_back")),
    path("", include("decisions.web.projects.urls")),
    path("", include("decisions.web.accounts.urls")),
    path("", include("decisions.web.tour.urls")),
    path("words/", include("decisions.web.words.urls")),
    path("sizing/", include("decisions.web.sizing.urls")),
    path("projects/<str:project>/import/", include(project_urls)),
    path(
        "projects/<str:project>/decisions/<str:decision>/",
        include(
            [
                path("need/", include("decisions.web.need.urls")),
                path("candidates/", include("decisions.web.candidates.urls")),
                path("why/", include("decisions.web.why.urls")),
                path("import/", include(decision_urls)),
                path("", include("decisions.web.versions.urls")),
            ]
        ),
    ),
]
