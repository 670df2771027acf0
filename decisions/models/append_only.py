"""Triggers that keep versions, their bytes, engines' logs and the audit trail append-only, on both engines.

SQLite drops a table's triggers when it remakes the table, so they are put back after every migration, and
a system check says when one is missing. `INSERT OR REPLACE` deletes without firing DELETE triggers unless
`recursive_triggers` is on, so a row whose key is already there is refused before the insert; and so is a key
of another storage class, for SQLite takes the same characters as a BLOB for another key. On PostgreSQL the
triggers are ENABLE ALWAYS: they fire for a superuser in replica mode too.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# table -> unique keys by which INSERT OR REPLACE could replace a row
TABLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "decisions_blob": (("digest",),),
    "decisions_version": (("id",), ("decision_id", "number")),
    "decisions_versionauthor": (("id",), ("version_id", "person_id")),
    "decisions_event": (("number",), ("hash",), ("previous_hash",)),
    "decisions_measurement": (("id",), ("candidate_id", "log_id")),
    "decisions_setaside": (("id",),),
}
ROWID = ("rowid",)  # SQLite's own key, by which a row can be replaced as well
TEXT_KEYS = frozenset(
    {"digest", "hash", "previous_hash", "log_id"}
)  # hexadecimal digits; others are integers
PG_FUNCTION = "routecard_append_only"


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place of whatever was there."""
    lift(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: only migrations and the teardown of tests do."""
    with connection.cursor() as cursor:
        for table, name in _names(connection.vendor):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not (or are switched off)."""
    present = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(present)
        found = {row[0] for row in cursor.fetchall()}
    return [name for _, name in _names(connection.vendor) if name not in found]


def _names(vendor: str) -> list[tuple[str, str]]:
    kinds = ("update", "delete", "insert", "odd_key") if vendor == "sqlite" else ("change", "truncate")
    return [(table, f"{table}_no_{kind}") for table in TABLES for kind in kinds]


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [s for table, keys in TABLES.items() for s in _sqlite(table, keys)]
    function = (
        f"CREATE OR REPLACE FUNCTION {PG_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$"
    )
    return [function, *(s for table in TABLES for s in _postgresql(table))]


def _sqlite(table: str, keys: tuple[tuple[str, ...], ...]) -> list[str]:
    there = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in (*keys, ROWID)
    )
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {there})"  # noqa: S608 - names of our own tables
    classes = ((column, "text" if column in TEXT_KEYS else "integer") for key in keys for column in key)
    odd = " OR ".join(f"typeof(NEW.{column}) NOT IN ('{wanted}', 'null')" for column, wanted in classes)
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only: {{}} refused');"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse.format('UPDATE')} END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse.format('DELETE')} END",
        f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} WHEN {taken} "
        f"BEGIN {refuse.format('INSERT over a row')} END",
        f"CREATE TRIGGER {table}_no_odd_key BEFORE INSERT ON {table} WHEN {odd} "
        f"BEGIN {refuse.format('a key of another type')} END",
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {PG_FUNCTION}()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {PG_FUNCTION}()",
        *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{kind}" for kind in ("change", "truncate")),
    ]


def reinstall(using: str, **kwargs: Any) -> None:
    """After every migration: the triggers, where their tables are there."""
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        install(connection)


@register(Tags.database)
def triggers_are_there(
    app_configs: object = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """`manage.py check --database default` and `manage.py migrate` fail when a trigger is missing."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if not set(TABLES) <= set(connection.introspection.table_names()):
            continue
        for name in missing(connection):
            hint = "Run manage.py migrate --skip-checks; it puts the triggers back."
            errors.append(
                Error(f"The append-only trigger {name} is missing.", hint=hint, id="decisions.E001")
            )
    return errors
