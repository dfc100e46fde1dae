"""Statements, sentences, release."""
