"""Our own reading of ISO 14289-1 (PDF/UA-1) and ISO 19005-3 (PDF/A-3), level A.

Each rule reads a document and says, in a sentence each, what is wrong with it. `complaints.complaints` asks them all.
"""
