"""What the agent can do: each tool takes plain values and returns plain values."""
