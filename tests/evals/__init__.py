"""The evaluations: suites that can fail, and small slices of the proofs."""
