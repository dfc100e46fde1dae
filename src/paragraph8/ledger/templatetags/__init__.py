"""Words of the ledger in templates."""
