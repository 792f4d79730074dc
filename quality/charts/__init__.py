"""Charts as SVG: plain data in, text out. Knows neither Flask nor the database."""
