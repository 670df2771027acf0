"""What the tests stand on holds."""

import hashlib
import socket

import pytest
from django.db import DatabaseError, connection, transaction

from decisions.models import Blob


def test_no_test_reaches_the_network() -> None:
    with socket.socket() as ours, pytest.raises(RuntimeError, match="asked for the network: 192.0.2.1"):
        ours.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("turn", ["first", "after the clean-up"])
@pytest.mark.django_db(transaction=True)
def test_clean_up_empties_append_only_tables_and_protects_them_again(turn: str) -> None:
    assert not Blob.objects.exists()
    Blob.objects.create(digest=hashlib.sha256(b"x").hexdigest(), data=b"x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Blob.objects.update(data=b"y")


@pytest.mark.django_db
def test_the_cache_table_is_made_with_the_others() -> None:
    assert "routecard_cache" in connection.introspection.table_names()
