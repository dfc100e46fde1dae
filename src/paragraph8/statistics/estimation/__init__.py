"""Estimates from probability samples: a declared design, Taylor variances, cells for a million reports and live days.

Pure numpy. `docs/statistics.md` has the formulas, their sources, and the reference numbers that they meet.
"""
