"""What CQC has published about each service: ratings by service group and domain, each with its date and edition."""
