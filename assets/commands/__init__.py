"""What people do with target objects and devices: each command is one audited change."""
