"""What is wrong with a set of rules before anybody is asked: found from the rules alone."""
