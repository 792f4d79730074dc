"""Areas by ONS codes with their history, sets that a council names, and the lookup from a postcode."""
