"""The doors: HTTP routes, who may use them, and the command line."""

VERSION = "0.1.0"
