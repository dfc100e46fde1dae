from django.db import migrations

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("contest", "0001_initial"), ("audit", "0001_initial")]

    operations = [
        append_only("contest_standingstep"),
        append_only("contest_calendarentry"),
        append_only("contest_votersnapshot"),
        append_only("contest_seriesrow"),
        append_only("contest_seriesspan"),
        append_only("contest_resultline"),
        append_only("contest_resultversion"),
    ]
