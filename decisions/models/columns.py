"""The kinds of column drafts are made of; their bounds are those of the decision document."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from decisions.record.fields import LARGEST_INTEGER
from decisions.record.text import LINE_LENGTH
from decisions.states import Named


def line(verbose_name: Any) -> models.CharField:
    """One line of text."""
    return models.CharField(verbose_name, max_length=LINE_LENGTH, blank=True, default="")


def text(verbose_name: Any) -> models.TextField:
    """Text of many lines; its length is bounded at the form."""
    return models.TextField(verbose_name, blank=True, default="")


def texts(verbose_name: Any) -> models.JSONField:
    """A list of lines."""
    return models.JSONField(verbose_name, blank=True, default=list)


def choice(states: type[Named], verbose_name: Any) -> models.CharField:
    """One state of a family; empty is unknown."""
    return models.CharField(verbose_name, max_length=24, choices=states.choices(), blank=True, default="")


def yes_no(verbose_name: Any) -> models.BooleanField:
    """Yes or no; None is unknown."""
    return models.BooleanField(verbose_name, null=True, blank=True)


def count(verbose_name: Any) -> models.BigIntegerField:
    """A whole number from zero up; None is unknown."""
    return models.BigIntegerField(
        verbose_name,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(LARGEST_INTEGER)],
    )


def amount(verbose_name: Any) -> models.DecimalField:
    """A decimal from zero up, four places; None is unknown."""
    return models.DecimalField(
        verbose_name,
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )


def currency(verbose_name: Any) -> models.CharField:
    """An ISO 4217 code."""
    return models.CharField(verbose_name, max_length=3, default="USD")


def not_negative(name: str, *fields: str) -> models.CheckConstraint:
    """A database constraint: none of the fields is below zero."""
    condition = models.Q()
    for field in fields:
        condition &= models.Q(**{f"{field}__gte": 0}) | models.Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(condition=condition, name=name)


def known_state(
    field: str, states: type[Named], *, name: str, optional: bool = True
) -> models.CheckConstraint:
    """A database constraint: the field holds a state of the family (or nothing, where optional)."""
    allowed = [state.value for state in states] + ([""] if optional else [])
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": allowed}), name=name)
