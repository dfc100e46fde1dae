"""People of the mission: observers, staff, teams; local staff apart."""
