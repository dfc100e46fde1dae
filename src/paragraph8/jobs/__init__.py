"""Long work started from a page: queued, shown while it runs, and never half done."""
