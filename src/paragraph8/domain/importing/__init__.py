"""Reading files of completed forms by a mapping that somebody wrote for them."""
