"""Pure: who goes with whom, and who goes where. Solvers that know no database; numpy only."""
