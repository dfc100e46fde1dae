from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from paragraph8.audit.append_only import append_only


def queue_new_entries(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Every new entry waits for its change number, whoever wrote it and by whatever statement."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION p8_wait_for_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " INSERT INTO audit_unsequenced (entry_id) VALUES (NEW.id); RETURN NULL; END $$"
        )
        editor.execute(
            "CREATE TRIGGER audit_logentry_waits AFTER INSERT ON audit_logentry"
            " FOR EACH ROW EXECUTE FUNCTION p8_wait_for_number()"
        )
    else:
        editor.execute(
            "CREATE TRIGGER audit_logentry_waits AFTER INSERT ON audit_logentry"
            " BEGIN INSERT INTO audit_unsequenced (entry_id) VALUES (NEW.id); END"
        )


def stop_queueing(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER audit_logentry_waits ON audit_logentry")
        editor.execute("DROP FUNCTION p8_wait_for_number()")
    else:
        editor.execute("DROP TRIGGER audit_logentry_waits")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(queue_new_entries, stop_queueing),
        append_only("audit_logentry"),
        append_only("audit_change"),
    ]
