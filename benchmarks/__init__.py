"""Ratios measured in one run, on one machine: `make bench`. Never part of the tests."""
