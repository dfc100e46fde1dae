"""Areas, station lists and their versions, search, map."""
