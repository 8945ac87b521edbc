"""Reading lists of objects and devices that other tools wrote."""
