"""Read back: a rule said in one sentence with all that it is limited to, and such a sentence heard as that rule."""
