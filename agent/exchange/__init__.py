"""Exchange with other systems in bulk: loading files, exporting audiences."""
