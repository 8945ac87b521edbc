"""Backups: everything an office has, in an archive that either engine can be restored from."""
