"""Reading the words: what a rendered message says, checked against what may be said and what is true."""
