"""Settings, addresses and the formats of the product's languages."""
