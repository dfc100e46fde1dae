"""The analyst's door: a folder from which a stranger computes a mission's numbers again, in R or in Python."""
