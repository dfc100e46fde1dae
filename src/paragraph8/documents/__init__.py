"""A frozen edition and its figures → HTML, PDF, DOCX, two signed release folders, and their verification. No Django."""
