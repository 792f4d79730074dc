"""Photographs of an audit: taken in, described for everybody, and shown in its report."""
