"""A tree of files becomes units: what is applied together, by which tool, to which cluster."""
