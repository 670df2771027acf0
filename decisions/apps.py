"""The one app."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register
from django.core.management import call_command
from django.db.models.signals import post_migrate

from decisions.export.pdf.libraries import PACKAGES, missing_libraries


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


@register()
def text_can_be_drawn(app_configs: object = None, **kwargs: Any) -> list[CheckMessage]:
    """A machine without Pango makes no PDFs; everything else works."""
    missing = missing_libraries()
    if not missing:
        return []
    said = f"PDFs cannot be made: {', '.join(missing)} cannot be loaded."
    return [Warning(said, hint=f"apt-get install {' '.join(PACKAGES)}", id="decisions.W001")]
