"""Files the service keeps, named by the SHA-256 of their bytes: issued reports, drafts, photographs."""
