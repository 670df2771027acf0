"""One warm renderer for all tests of a process."""

from collections.abc import Iterator

import pytest

from decisions.export.pdf.renderer import Renderer


@pytest.fixture(scope="session")
def press() -> Iterator[Renderer]:
    renderer = Renderer(120)
    yield renderer
    renderer.close()
