"""Published editions of the market: frozen figures, words and charts, with their hash."""
