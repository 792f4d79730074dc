"""What the scripts do, in nothing but Python's standard library: a fresh machine has no more than that."""
