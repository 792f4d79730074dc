"""Rating frameworks that come with the product: written as data, stored as rows."""
