from django.db import migrations

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("samples", "0001_initial")]

    operations = [
        append_only("samples_commitment"),
        append_only("samples_contribution"),
        append_only("samples_drawrequest"),
        append_only("samples_draw"),
        append_only("samples_replacement"),
    ]
