"""Figures of engines that sizing is held against; each file names its source and date."""

import json
from pathlib import Path
from typing import Any


def read(name: str) -> Any:
    """The content of one file of this folder."""
    return json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
