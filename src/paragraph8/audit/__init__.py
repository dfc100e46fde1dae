"""The mission log: who did what, in one sequence, hash-chained."""
