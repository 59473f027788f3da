"""A shelf as a file: JSON and CSV with everything, bookmark files for other programs,
Markdown for writers.  Each module writes; those that can be read again also parse."""
