"""Loading what CQC publishes: files and syncs, through time."""
