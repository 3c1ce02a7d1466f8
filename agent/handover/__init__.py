"""The hand-over brief: what a sales person, a shop or a call centre should know before they speak to a customer."""
