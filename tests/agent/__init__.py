"""The agent through its front door: an ask goes in, a decision comes out."""
