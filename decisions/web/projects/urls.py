"""Addresses of projects. Fixed words never stand where a slug may."""

from django.urls import include, path

from decisions.web.projects import listing, members, project, quick_start, settings, suggest

ONE_PROJECT = [
    path("", project.project, name="project"),
    path("edit/", project.project_edit, name="project-edit"),
    path("archive/", project.project_archive, name="project-archive"),
    path("restore/", project.project_restore, name="project-restore"),
    path("new-decision/", project.decision_new, name="decision-new"),
]
MEMBERS = [
    path("", members.members, name="project-members"),
    path("add/", members.member_add, name="member-add"),
    path("<int:member>/role/", members.member_role, name="member-role"),
    path("<int:member>/remove/", members.member_remove, name="member-remove"),
    path(
        "invitations/<int:invitation>/withdraw/",
        members.project_invitation_withdraw,
        name="project-invitation-withdraw",
    ),
]
ONE_DECISION = [
    path("", settings.decision, name="decision"),
    path("settings/", settings.decision_settings, name="decision-settings"),
]

urlpatterns = [
    path("", listing.project_list, name="project-list"),
    path("start/", quick_start.quick_start, name="quick-start"),
    path("new-project/", project.project_new, name="project-new"),
    path("suggest/models/", suggest.models, name="suggest-models"),
    path("suggest/devices/", suggest.devices, name="suggest-devices"),
    path("suggest/runtimes/", suggest.runtimes, name="suggest-runtimes"),
    path("projects/<str:project>/", include(ONE_PROJECT)),
    path("projects/<str:project>/members/", include(MEMBERS)),
    path("projects/<str:project>/decisions/<str:decision>/", include(ONE_DECISION)),
]
