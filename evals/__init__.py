"""Is it any good: suites, benchmarks and proofs, all through the front door."""
