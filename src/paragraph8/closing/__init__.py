"""Closing a mission down: archive, erasure, certificate. Stands above every room, and no room knows it."""
