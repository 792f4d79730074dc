"""Who did what, when: append-only events, chained by SHA-256, one chain per council.

An event's envelope (what, when, by whom, which record) is hashed into the chain. Its details (before and after, names,
free text) lie beside the envelope and only their salted digest is hashed, so that personal data can be erased without
breaking the chain.
"""
