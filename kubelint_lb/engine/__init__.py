"""From paths and settings to a report: the rules, what configuration says of them, the run."""
