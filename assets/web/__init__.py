"""Pages about target objects and devices."""
