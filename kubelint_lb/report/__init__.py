"""What a run reports: frozen values without nodes."""
