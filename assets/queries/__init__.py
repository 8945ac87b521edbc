"""What pages and commands read: narrowed to whom it is shown, handed out as frozen rows."""
