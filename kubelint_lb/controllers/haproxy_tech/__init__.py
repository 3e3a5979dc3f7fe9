"""HAProxy Technologies' controller: what it makes of Ingresses."""
