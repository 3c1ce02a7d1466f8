"""The second opinion: a stored decision re-checked from its record and policy version, by other means than ours."""
