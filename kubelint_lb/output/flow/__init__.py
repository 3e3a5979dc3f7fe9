"""The way of traffic, for people and programs."""
