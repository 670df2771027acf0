"""Where a shipped row has its facts from."""

OURS = "Routecard's own"


def is_ours(source: str) -> bool:
    """Whether a source is a sentence of ours about ourselves, and no address or name of something else."""
    return source.startswith(OURS)
