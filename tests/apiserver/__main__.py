"""Prints how many refusals of real API servers are reported, by kind and by reason: python -m tests.apiserver"""

from __future__ import annotations

import sys

from tests.apiserver.answers import FOLDER, tally


def main() -> int:
    """Needs the folder KUBELINT_LB_APISERVER."""
    if FOLDER is None:
        sys.stderr.write("KUBELINT_LB_APISERVER names no folder with answers.jsonl" + "\n")
        return 2
    found = tally(FOLDER)
    for base, count in sorted(found.refused.items()):
        sys.stdout.write(f"{base:24} {found.reported[base]:5} of {count:5}  {100 * found.reported[base] / count:6.2f} %" + "\n")
    total, hits = found.refused.total(), found.reported.total()
    sys.stdout.write(f"{'all':24} {hits:5} of {total:5}  {100 * hits / total:6.2f} %; wrong: {len(found.wrong)}" + "\n")
    placed, named = found.placed.total(), found.named.total()
    sys.stdout.write(f"at the server's field    {placed:5} of {named:5}  {100 * placed / named:6.2f} %\n")
    sys.stdout.write(", ".join(f"{reason} {count}" for reason, count in found.reasons.most_common()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
