"""Base templates, components, navigation, language, health."""
