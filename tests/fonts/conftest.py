"""Addresses in these tests begin at the test server."""

import pytest
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """The test server."""
    return live_server.url
