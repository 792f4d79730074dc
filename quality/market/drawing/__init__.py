"""The figures of the market as charts: what a page shows as a table is what its chart is made of."""
