"""One's own account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from decisions.actions.people import choose_language, choose_time_zone, rename_person
from decisions.models import Membership, OrganisationGrant, Project, User
from decisions.web.access import person
from decisions.web.accounts.forms import NameForm, ReadingForm
from decisions.web.accounts.language import keep_language


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, language, time zone, password, and what one is to the installation and to its projects."""
    me = person(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"full_name": me.full_name})
    if form.is_bound and form.is_valid():
        rename_person(by=me, full_name=form.cleaned_data["full_name"])
        messages.success(request, _("Your name is stored."))
        return redirect("account")
    return _page(request, me, form=form)


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Language and time zone; what one is told comes in the new language."""
    me = person(request)
    form = ReadingForm(request.POST, auto_id="reading_%s")
    if not form.is_valid():
        return _page(request, me, reading=form)
    language = form.cleaned_data["language"]
    choose_language(by=me, language=language)
    choose_time_zone(by=me, time_zone=form.cleaned_data["time_zone"])
    with override(language or None):
        messages.success(request, _("Your language and time zone are stored."))
    return keep_language(redirect("account"), language)


def _page(
    request: HttpRequest, me: User, *, form: NameForm | None = None, reading: ReadingForm | None = None
) -> HttpResponse:
    chosen = {"language": me.language, "time_zone": me.time_zone}
    seen = Project.objects.visible_to(me)
    context: dict[str, Any] = {
        "form": form or NameForm(initial={"full_name": me.full_name}),
        "reading": reading or ReadingForm(initial=chosen, auto_id="reading_%s"),
        "section": "account",
        "grants": OrganisationGrant.objects.filter(person=me).order_by("role"),
        "memberships": Membership.objects.filter(person=me, project__in=seen)
        .select_related("project")
        .order_by("project__name", "pk"),
    }
    failed = any(one is not None and one.is_bound for one in (form, reading))
    return render(request, "people/account.html", context, status=422 if failed else 200)
