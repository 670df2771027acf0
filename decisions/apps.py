"""The one app."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class DecisionsConfig(AppConfig):
    """Decisions, their versions and the trail behind them."""

    name = "decisions"
    verbose_name = "Routecard"

    def ready(self) -> None:
        from decisions.models.append_only import reinstall

        post_migrate.connect(reinstall, sender=self, dispatch_uid="append-only")
        post_migrate.connect(make_cache_table, sender=self, dispatch_uid="cache-table")


def make_cache_table(using: str, **kwargs: Any) -> None:
    """The cache lies in the database; its table is made with the others, so that no page finds it missing."""
    call_command("createcachetable", database=using, verbosity=0)
