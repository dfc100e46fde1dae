"""Every way a report comes in; what was sent is kept and receipted."""
