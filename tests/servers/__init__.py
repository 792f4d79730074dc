"""Servers that tests start themselves, on loopback."""
