"""Versions, their bytes and the audit trail can only grow, whoever asks the database for something else."""

import sqlite3
from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from decisions.models import Blob, Event, Measurement, SetAside, Version, append_only
from tests import factories

# what makes a row another one, column by column
OTHER = {
    "id": "id + 1000",
    "number": "number + 1000",
    "person_id": "person_id + 1000",
    "digest": f"'{'d' * 64}'",
    "hash": f"'{'e' * 64}'",
    "previous_hash": f"'{'f' * 64}'",
}
FIRST_COLUMN = {"decisions_blob": "digest", "decisions_event": "number"}


def _columns(table: str) -> list[str]:
    return [field.column for field in _model(table)._meta.concrete_fields]


def _model(table: str) -> type:
    return next(m for m in apps.get_app_config("decisions").get_models() if m._meta.db_table == table)


def _replacing(table: str, key: tuple[str, ...]) -> str:
    """INSERT OR REPLACE of a row that shares nothing but `key` with one that is there."""
    columns = [*_columns(table), *({"rowid"} & set(key))]
    values = [column if column in key else OTHER.get(column, column) for column in columns]
    into = ", ".join(columns)
    return f"INSERT OR REPLACE INTO {table} ({into}) SELECT {', '.join(values)} FROM {table} LIMIT 1"


def _attempts(vendor: str, table: str) -> Iterator[str]:
    column = FIRST_COLUMN.get(table, "id")
    into = ", ".join(_columns(table))
    yield f"UPDATE {table} SET {column} = {column}"
    yield f"DELETE FROM {table}"
    yield (
        f"INSERT INTO {table} ({into}) SELECT {into} FROM {table} WHERE {column} IS NOT NULL LIMIT 1 "
        f"ON CONFLICT ({column}) DO UPDATE SET {column} = EXCLUDED.{column}"
    )
    if vendor == "postgresql":
        yield f"TRUNCATE {table} CASCADE"
        return
    yield f"UPDATE OR IGNORE {table} SET {column} = {column}"
    yield f"UPDATE OR REPLACE {table} SET {column} = {column}"
    for key in (*append_only.TABLES[table], append_only.ROWID):
        yield _replacing(table, key)


def _stored() -> tuple[object, ...]:
    return (
        list(Blob.objects.order_by("digest").values_list("digest", flat=True)),
        list(Version.objects.order_by("pk").values()),
        list(Event.objects.order_by("number").values()),
        list(Measurement.objects.order_by("pk").values()),
        list(SetAside.objects.order_by("pk").values()),
    )


def _one_of_each() -> None:
    """A row in every table that only grows."""
    factories.set_aside(factories.measurement(factories.version().decision))


@pytest.mark.django_db
@pytest.mark.parametrize("table", append_only.TABLES)
def test_our_own_connection_cannot_change_a_row(table: str) -> None:
    _one_of_each()
    connection.check_constraints()  # PostgreSQL truncates nothing while references wait to be checked
    for statement in _attempts(connection.vendor, table):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", append_only.TABLES)
def test_another_client_cannot_change_a_row(table: str) -> None:
    _one_of_each()
    before = _stored()
    for statement in _attempts(connection.vendor, table):
        with pytest.raises((sqlite3.DatabaseError, psycopg.Error), match="append-only"):
            _execute_elsewhere(statement)
    assert _stored() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", append_only.TABLES)
def test_a_superuser_in_replica_mode_cannot_change_a_row(table: str) -> None:
    _one_of_each()
    before = _stored()
    column = FIRST_COLUMN.get(table, "id")
    changes = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"]
    for change in changes if connection.vendor == "postgresql" else changes[:2]:
        with pytest.raises((sqlite3.DatabaseError, psycopg.Error), match="append-only"):
            _execute_elsewhere(change, unguarded=True)
    assert _stored() == before


def _odd(table: str, key: tuple[str, ...]) -> str:
    """INSERT of the same key once more, one column of it as bytes."""
    values = [column if column in key else OTHER.get(column, column) for column in _columns(table)]
    column, sqlite = key[-1], connection.vendor == "sqlite"
    as_bytes = f"CAST({column} AS BLOB)" if sqlite else f"convert_to({column}::text, 'UTF8')"
    values[_columns(table).index(column)] = as_bytes
    return (
        f"INSERT INTO {table} ({', '.join(_columns(table))}) SELECT {', '.join(values)} FROM {table} LIMIT 1"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("table", "key"), [(t, key) for t, keys in append_only.TABLES.items() for key in keys]
)
def test_the_same_key_as_bytes_is_no_other_key(table: str, key: tuple[str, ...]) -> None:
    _one_of_each()
    before = _stored()
    with pytest.raises((sqlite3.Error, psycopg.Error), match="another type|mismatch|is of type|too long"):
        _execute_elsewhere(_odd(table, key))
    assert _stored() == before


def _execute_elsewhere(statement: str, *, unguarded: bool = False) -> None:
    """Run a statement as somebody with the file or the password, without any setting of ours.

    `unguarded`: with all that the engine lets such a person switch off.
    """
    if connection.vendor == "postgresql":
        parameters = connection.get_connection_params()
        names = {"dbname", "user", "password", "host", "port"}
        with psycopg.connect(**{n: v for n, v in parameters.items() if n in names}) as bare:
            if unguarded:
                bare.execute("SET session_replication_role = replica")
            bare.execute(statement)
        return
    bare = sqlite3.connect(connection.settings_dict["NAME"])
    try:
        assert bare.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        if unguarded:
            bare.execute("PRAGMA ignore_check_constraints=ON")
        with bare:
            bare.execute(statement)
    finally:
        bare.close()


@pytest.mark.parametrize("table", append_only.TABLES)
def test_every_key_of_a_table_is_guarded(table: str) -> None:
    meta = _model(table)._meta
    keys = {(field.column,) for field in meta.concrete_fields if field.unique}
    keys |= {
        tuple(meta.get_field(name).column for name in constraint.fields)
        for constraint in meta.constraints
        if hasattr(constraint, "fields")
    }
    assert keys == set(append_only.TABLES[table])


@pytest.mark.django_db
def test_the_system_check_names_a_missing_trigger() -> None:
    call_command("check", databases=["default"], tags=["database"])
    name = append_only._names(connection.vendor)[0][1]
    _drop(name)
    assert append_only.missing(connection) == [name]
    with pytest.raises(SystemCheckError, match=f"The append-only trigger {name} is missing"):
        call_command("check", databases=["default"], tags=["database"])


@pytest.mark.django_db
def test_a_trigger_that_can_be_switched_off_counts_as_missing() -> None:
    table, name = append_only._names(connection.vendor)[0]
    if connection.vendor == "postgresql":
        connection.cursor().execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")  # no longer ALWAYS
    else:
        _drop(name)
    assert append_only.missing(connection) == [name]


@pytest.mark.django_db
def test_what_the_check_advises_puts_the_triggers_back() -> None:
    append_only.lift(connection)
    errors = append_only.triggers_are_there(databases=["default"])
    assert len(errors) == len(append_only._names(connection.vendor))
    with pytest.raises((SystemCheckError, CommandError)):
        call_command("migrate", verbosity=0, skip_checks=False)
    assert "manage.py migrate --skip-checks" in str(errors[0].hint)
    call_command("migrate", verbosity=0, skip_checks=True)
    assert append_only.missing(connection) == []


def _drop(name: str) -> None:
    table = next(table for table, each in append_only._names(connection.vendor) if each == name)
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER {name}{on}")


@pytest.mark.django_db
def test_a_new_row_is_taken() -> None:
    first = factories.version()
    factories.candidate(first.decision)
    assert factories.version(first.decision, what_changed="Another candidate.").number == 2
