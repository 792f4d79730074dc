"""Files the service keeps: for now the bytes of issued reports, named by their SHA-256."""
