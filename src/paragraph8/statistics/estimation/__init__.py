"""Estimates from probability samples, and what may be said of them. Pure: numpy only."""
