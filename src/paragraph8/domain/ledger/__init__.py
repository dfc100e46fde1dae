"""What a mission hears and reads beside its forms: events, rival claims, sources, and how surely each is known."""
