"""Evidence tables that the database itself refuses to change.

A migration lists its tables: `operations = [..., append_only("audit_logentry")]`. Whoever reaches the database with
the application's rights can add rows but not rewrite or remove them. SQLite drops a table's triggers when a migration
rebuilds the table: such a migration ends with `append_only` again.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "is append-only"


def append_only(table: str) -> migrations.RunPython:
    """A migration operation that refuses UPDATE, DELETE and (PostgreSQL) TRUNCATE on the table."""
    return migrations.RunPython(_run(protection, table), _run(lifting, table))


def lifted(table: str) -> migrations.RunPython:
    """A migration operation that lifts the protection before columns are added; `append_only` follows it. Backwards
    it protects again what `append_only` has lifted."""
    return migrations.RunPython(_run(lifting, table), _run(protection, table))


def _run(
    statements: Callable[[str, str], list[str]], table: str
) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def run(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
        for statement in statements(table, editor.connection.vendor):
            editor.execute(statement, None)

    return run


def protection(table: str, vendor: str) -> list[str]:
    """The statements that protect the table."""
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION p8_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '% {REFUSAL}', TG_TABLE_NAME; END $$",
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION p8_append_only()",
            f"CREATE TRIGGER {table}_table BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION p8_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} {REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def lifting(table: str, vendor: str) -> list[str]:
    """The statements that take the protection away (a migration backwards)."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_{part} ON {table}" for part in ("rows", "table")]
    return [f"DROP TRIGGER IF EXISTS {table}_{verb}" for verb in ("update", "delete")]
