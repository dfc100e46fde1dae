"""The ledger: events, rival claims, and how each is known. Source identities are sealed from the server."""
