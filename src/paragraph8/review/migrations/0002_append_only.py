from django.db import migrations

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]

    operations = [
        append_only("review_correction"),
        append_only("review_reading"),
        append_only("review_foundproblem"),
    ]
