"""Check-ins, alarms, recall: for the security officer alone."""
