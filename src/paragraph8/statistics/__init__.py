"""What may be said, and how surely. Pure: numpy and `domain`."""
