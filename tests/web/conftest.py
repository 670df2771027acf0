"""Who asks for pages that belong to nobody."""

import pytest
from django.test import Client

from tests import factories as make


@pytest.fixture
def me(client: Client) -> Client:
    """Somebody without any project."""
    client.force_login(make.person())
    return client
