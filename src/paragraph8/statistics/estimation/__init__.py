"""Estimation from declared samples, and what may be said of observations that nobody drew."""
