"""Why there is no PDF, in words for the reader."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.export.pdf.renderer import MOST_PAGES, NotRendered


def not_rendered(problem: NotRendered) -> str:
    """Why there is no PDF, and what can be done."""
    return {
        "missing": _(
            "This machine cannot make PDFs yet: the libraries that draw text are missing. Whoever runs "
            "Routecard installs libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0; nothing else "
            "has to be done."
        ),
        "slow": ngettext(
            "Making this PDF took longer than %(seconds)s second and was stopped. Try again later; the "
            "Markdown and JSON files are always there.",
            "Making this PDF took longer than %(seconds)s seconds and was stopped. Try again later; the "
            "Markdown and JSON files are always there.",
            problem.seconds,
        )
        % {"seconds": problem.seconds},
        "busy": _("Other PDFs are being made just now. Try again in a minute."),
        "too_long": ngettext(
            "This version is too long for a PDF, which has at most %(pages)s page. The Markdown and JSON "
            "files hold all of it.",
            "This version is too long for a PDF, which has at most %(pages)s pages. The Markdown and JSON "
            "files hold all of it.",
            MOST_PAGES,
        )
        % {"pages": MOST_PAGES},
        "too_large": _(
            "This version needs more memory than a PDF may take. The Markdown and JSON files hold all of it."
        ),
        "broken": _(
            "The program that makes PDFs ended unexpectedly. Try again; the Markdown and JSON files are "
            "always there."
        ),
    }[problem.reason]
