"""One's own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from decisions.actions.people import rename_person
from decisions.models import Membership, OrganisationGrant, Project
from decisions.web.access import person
from decisions.web.accounts.forms import NameForm


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, password, and what one is to the installation and to its projects."""
    me = person(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"full_name": me.full_name})
    if form.is_bound and form.is_valid():
        rename_person(by=me, full_name=form.cleaned_data["full_name"])
        messages.success(request, _("Your name is stored."))
        return redirect("account")
    seen = Project.objects.visible_to(me)
    context = {
        "form": form,
        "section": "account",
        "grants": OrganisationGrant.objects.filter(person=me).order_by("role"),
        "memberships": Membership.objects.filter(person=me, project__in=seen)
        .select_related("project")
        .order_by("project__name", "pk"),
    }
    return render(request, "people/account.html", context, status=422 if form.is_bound else 200)
