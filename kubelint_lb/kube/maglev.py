"""The table that Envoy looks hashed requests up in.

Source: envoy `source/extensions/load_balancing_policies/maglev/maglev_lb.cc`: a prime, of at most `LARGEST_TABLE` entries.
"""

from __future__ import annotations

LARGEST_TABLE = 5000011


def is_table_size(number: int) -> bool:
    """Envoy takes a table of so many entries."""
    return 1 < number <= LARGEST_TABLE and all(number % divisor for divisor in range(2, int(number**0.5) + 1))
