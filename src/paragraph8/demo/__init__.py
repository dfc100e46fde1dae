"""The reference mission: real facts of 9 June 2019 with their sources; simulated observers, stations and forms."""
