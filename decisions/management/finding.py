"""Finding what a command names, and saying in one line what there is instead."""

import difflib
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.core.management import CommandError
from django.utils.translation import gettext as _

from decisions.export.said import items
from decisions.management.base import BAD_USAGE
from decisions.models import Decision, Project, User, Version

MOST_NAMED = 5

Named = TypeVar("Named", Project, Decision)


def find_project(named: str) -> Project:
    """The project with that slug, else with exactly that name. Ends the command where there is none."""
    found = search_project(named)
    if found is None:
        others = [(project.slug, project.name) for project in Project.objects.order_by("slug")]
        raise unknown(_("There is no project %(named)s.") % {"named": quoted(named)}, named, others)
    return found


def search_project(named: str) -> Project | None:
    """The project with that slug, else with exactly that name, else None."""
    return _find(Project.objects.order_by("slug"), named, title="name")


def find_decision(project: Project, named: str | None) -> Decision:
    """The decision with that slug or title; the only one there is where none is named."""
    decisions = project.decisions.with_draft().order_by("slug")
    others = [(decision.slug, decision.title) for decision in project.decisions.order_by("slug")]
    if named is None:
        return _only(decisions, project, others)
    found = _find(decisions, named, title="title")
    if found is None:
        sentence = _("Project %(project)s has no decision %(named)s.")
        raise unknown(sentence % {"project": project.slug, "named": quoted(named)}, named, others)
    return found


def find_version(decision: Decision, number: int | None) -> Version:
    """The version with that number, the newest where none is given, with its content."""
    versions = decision.versions.select_related("content").newest_first()
    found = versions.first() if number is None else versions.filter(number=number).first()
    if found is not None:
        return found
    newest = versions.first()
    if newest is None:
        sentence = _("Decision %(decision)s has no saved version yet.") % {"decision": decision.slug}
    else:
        sentence = _("Decision %(decision)s has no version %(number)d; its newest is %(newest)d.") % {
            "decision": decision.slug,
            "number": number or 0,
            "newest": newest.number,
        }
    raise CommandError(sentence, returncode=BAD_USAGE)


def find_person(email: str | None) -> User:
    """The active account with that address; the first administrator where none is given."""
    if email is None:
        first = User.objects.administrators().first()
        if first is None:
            raise CommandError(_("There is no administrator yet: say --as EMAIL."), returncode=BAD_USAGE)
        return first
    address = email.strip().lower().encode("utf-8", "replace").decode()  # an argument may be any bytes
    found = User.objects.filter(email=address, is_active=True).first()
    if found is None:
        raise CommandError(
            _("No open account has the address %(email)s.") % {"email": quoted(email)}, returncode=BAD_USAGE
        )
    return found


def unknown(sentence: str, named: str, others: Sequence[tuple[str, str]]) -> CommandError:
    """The error for a name nothing has; it adds the names that come near, else those there are."""
    names = {each: slug for slug, title in others for each in (slug.lower(), title.lower())}
    near = difflib.get_close_matches(named.lower(), names, n=MOST_NAMED, cutoff=0.5)
    slugs = list(dict.fromkeys(names[name] for name in near)) or [slug for slug, _title in others]
    if slugs:
        sentence += " " + (_("Do you mean: %s?") if near else _("There are: %s.")) % listed(slugs)
    return CommandError(sentence, returncode=BAD_USAGE)


def listed(names: Iterable[str]) -> str:
    """Names, the first few of them, separated by commas."""
    names = list(names)
    return items(names[:MOST_NAMED] + ["…"] * (len(names) > MOST_NAMED))


def quoted(text: str) -> str:
    """A text of the command line as it can be printed: in quotation marks, on one line, not too long."""
    shown = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )
    return f"“{shown if len(shown) <= 80 else shown[:80] + '…'}”"


def _find(rows: "Iterable[Named]", named: str, *, title: str) -> Named | None:
    """The row with that slug, else the only one with that title; the command ends where several have it."""
    by_slug = [row for row in rows if row.slug == named]
    matches = by_slug or [row for row in rows if getattr(row, title) == named]
    if len(matches) > 1:
        slugs = listed(row.slug for row in matches)
        raise CommandError(
            _("Several are called %(named)s: say one of %(slugs)s.")
            % {"named": quoted(named), "slugs": slugs},
            returncode=BAD_USAGE,
        )
    return matches[0] if matches else None


def _only(decisions: "Iterable[Decision]", project: Project, others: Sequence[tuple[str, str]]) -> Decision:
    found = list(decisions)
    if len(found) == 1:
        return found[0]
    if not found:
        sentence = _("Project %(project)s has no decision yet.") % {"project": project.slug}
    else:
        sentence = _("Project %(project)s has %(count)d decisions: say --decision with one of %(slugs)s.") % {
            "project": project.slug,
            "count": len(found),
            "slugs": listed(slug for slug, _title in others),
        }
    raise CommandError(sentence, returncode=BAD_USAGE)
