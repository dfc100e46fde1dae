from django.db import migrations, models

from paragraph8.audit.append_only import append_only, lifted


class Migration(migrations.Migration):
    dependencies = [("capture", "0002_append_only")]

    operations = [
        lifted("capture_report"),
        migrations.AddField(
            model_name="report",
            name="rehearsal",
            field=models.BooleanField(default=False),
        ),
        append_only("capture_report"),
    ]
