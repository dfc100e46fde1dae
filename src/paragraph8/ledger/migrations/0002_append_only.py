from __future__ import annotations

from django.db import migrations

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("audit", "0001_initial")]

    operations = [
        append_only("ledger_typologyversion"),
        append_only("ledger_eventversion"),
        append_only("ledger_merging"),
        append_only("ledger_outcomestep"),
        append_only("ledger_claim"),
        append_only("ledger_claimlink"),
        append_only("ledger_information"),
        append_only("ledger_withdrawal"),
        append_only("ledger_establishing"),
    ]
