"""Figures and quantifiers into words in any language, and the linter that reads them back. Pure: Babel and `domain`."""
