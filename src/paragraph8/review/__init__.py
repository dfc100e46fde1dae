"""What a report says: readings, problems, corrections."""
