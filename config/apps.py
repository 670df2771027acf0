"""Django's own applications where we want them otherwise."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class CollectedFiles(StaticFilesConfig):
    """What the PDF is made with (`static/pdf`, `static/fonts/pdf`) is read where it stands, never served."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "pdf"]
