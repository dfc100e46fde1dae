from django.db import migrations

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("roster", "0001_initial")]

    operations = [
        append_only("roster_personversion"),
        append_only("roster_statusstep"),
    ]
