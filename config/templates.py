"""How our templates are read: without the indentation, which is for people and not for browsers."""

import re

from django.template import Origin
from django.template.loaders import filesystem

INDENTATION = re.compile(r"\n\s+")
SILENT = (
    r"\{% (?:(?:load|if|elif|for|with|include) [^\n]*?|else|empty|end(?:if|for|with)"
    r"|(?:translate|url) [^\n]*? as \w+) %\}"
)
SILENT_LINES = re.compile(rf"(?<=\n)(?:(?:{SILENT})+\n)+")


class Loader(filesystem.Loader):
    """Reads pages without indentation and empty lines, so that less is sent; other files as they are.

    A line of tags that write nothing of their own leaves no empty line either. The first line of a file keeps
    its own: it may be the only space before what is included.
    """

    def get_contents(self, origin: Origin) -> str:
        """The template's source. Raises TemplateDoesNotExist where there is none."""
        source = super().get_contents(origin)
        if not origin.name.endswith(".html"):
            return source
        lines = INDENTATION.sub("\n", source)
        return SILENT_LINES.sub(lambda found: found[0].replace("\n", ""), lines)
