from django.db import migrations

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial")]

    operations = [
        append_only("forms_formfile"),
        append_only("forms_formsource"),
        append_only("forms_formstep"),
    ]
