"""Who goes where: samples, assignments, expected reports, packs, rehearsals."""
