from django.db import migrations, models

from paragraph8.audit.append_only import append_only, lifted


class Migration(migrations.Migration):
    dependencies = [("review", "0002_append_only")]

    operations = [
        lifted("review_reading"),
        migrations.AddField(
            model_name="reading",
            name="rehearsal",
            field=models.BooleanField(default=False),
        ),
        append_only("review_reading"),
    ]
