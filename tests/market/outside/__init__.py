"""Tests of what others published."""
