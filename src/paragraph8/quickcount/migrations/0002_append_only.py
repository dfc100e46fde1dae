from django.db import migrations

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("quickcount", "0001_initial")]

    operations = [
        append_only("quickcount_declaredsample"),
        append_only("quickcount_plan"),
        append_only("quickcount_gatestep"),
    ]
