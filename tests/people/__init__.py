"""Tests of people: joining, signing in, and what administrators do."""
