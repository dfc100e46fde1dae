from django.db import migrations

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("capture", "0001_initial")]

    operations = [
        append_only("capture_report"),
        append_only("capture_conflict"),
    ]
