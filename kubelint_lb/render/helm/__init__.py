"""Charts: what they say of themselves, what Helm prints of them, and where that came from."""
