"""The benchmarks: ratios of two things measured side by side in one run, since a machine's own speed wanders."""
