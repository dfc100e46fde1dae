"""Mission, institutions, areas, stations, contestants, registers, forms."""
