"""A report as text, JSON, SARIF and workflow commands: from frozen values to a string, nothing else."""
