"""The data inventory: which scenes the records can play today, and what is missing for the others."""
