"""Election-day figures."""
