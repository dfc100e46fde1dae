"""Teams: who travels together, with which car and phone."""
