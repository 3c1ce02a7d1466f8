"""What comes in from outside: data sets and samples become customers, offers, purchases and memories."""
