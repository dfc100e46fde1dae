"""The election observed: contests, contestants, calendar, registers, earlier elections, results."""
