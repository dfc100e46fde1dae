"""Quick counts: a plan fixed in advance, returns from a drawn sample, a gate, and what may be said behind it."""
