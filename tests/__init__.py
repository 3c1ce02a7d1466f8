"""What we promise, as examples."""
