"""People who sign in: roles, permissions, devices."""
