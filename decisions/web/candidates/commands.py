"""The commands of a candidate as its page shows them."""

from typing import Any

from django.utils.translation import gettext as _

from decisions.export.say import say
from decisions.export.stored import tunnel_title
from decisions.fit.commands import Commands, commands_of
from decisions.knowledge.runtimes import find
from decisions.record.schema import Candidate, Need, Route


def commands_context(need: Need, route: Route | None, candidate: Candidate) -> dict[str, Any]:
    """The blocks to copy as (id, title, text), with notes and the source; or `missing`, a sentence.

    `takes` is the first-run command where the evidence names none yet, else empty.
    """
    found = commands_of(need, route, candidate)
    if not isinstance(found, Commands):
        return {"missing": say(found)}
    titled = (
        ("first-run", _("First run"), found.first_run),
        ("tunnel", tunnel_title(found.tunnel), found.tunnel),
        ("stop", _("Stop"), found.stop),
    )
    runtime = find(found.runtime)
    return {
        "blocks": [block for block in titled if block[2]],
        "notes": [say(note) for note in found.notes],
        "runtime": f"{runtime.name if runtime else found.runtime} {found.version}",
        "source": found.source,
        "date": found.date,
        "takes": "" if candidate.evidence.command else found.first_run,
    }
