"""Tests of asking CQC's API and of understanding its replies."""
