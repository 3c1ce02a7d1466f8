"""The rules, through the front door: a book, a situation, an action, a message."""
