"""Evidence packages: what an office hands to its auditors, and how anyone verifies it."""
