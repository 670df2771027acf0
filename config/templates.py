"""How our templates are read: without the indentation, which is for people and not for browsers."""

import re

from django.template import Origin
from django.template.loaders import filesystem

INDENTATION = re.compile(r"\n\s*\n|\n[ \t]+")


class Loader(filesystem.Loader):
    """Reads pages without indentation and empty lines, so that less is sent; other files as they are."""

    def get_contents(self, origin: Origin) -> str:
        """The template's source. Raises TemplateDoesNotExist where there is none."""
        source = super().get_contents(origin)
        return INDENTATION.sub("\n", source) if origin.name.endswith(".html") else source
