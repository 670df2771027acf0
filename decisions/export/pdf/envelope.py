"""What stands around the content of a version: all that a PDF says beside the stored bytes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Envelope:
    """The envelope of one version; `saved_at` is aware, the two digests are SHA-256 in hexadecimal."""

    project: str
    decision: str
    number: int
    stage: str
    saved_at: datetime
    saved_by: str
    authors: tuple[str, ...]
    what_changed: str
    digest: str
    manifest: str
