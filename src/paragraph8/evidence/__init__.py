"""The meeting place: registry of evidence apps, freezes, snapshots."""
