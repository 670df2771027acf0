"""Addresses made of names, kept for life."""

from django.db import models
from django.utils.text import slugify

SLUG_LENGTH = 60


def free_slug(name: str, among: models.QuerySet, *, otherwise: str, field: str = "slug") -> str:
    """A slug of `name` that no row of `among` has; a name without letters or digits gives `otherwise`."""
    base = slugify(name, allow_unicode=True)[:SLUG_LENGTH].strip("-_") or otherwise
    taken = set(among.filter(**{f"{field}__startswith": base}).values_list(field, flat=True))
    if base not in taken:
        return base
    number = next(n for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
    return f"{base}-{number}"
