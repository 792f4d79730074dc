"""The register: local authorities, providers, the services they run, and the CQC editions that told us of them."""
