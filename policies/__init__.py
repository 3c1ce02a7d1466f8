"""What marketers decide: typed rules, one meaning for each, and a proof for every message that leaves."""
