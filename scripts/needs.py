"""Writes into every rule file which kinds the rule looks up (`needs`), as seen with the examples of all rules.

python scripts/needs.py [RULE …]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.rules.reads import CATALOGUE, needs_of, write_crowd

RULES = Path(__file__).resolve().parent.parent / "rules"


def main(arguments: list[str]) -> int:
    names = arguments or [name for name, outline in CATALOGUE.outlines.items() if outline.kinds]
    if unknown := [name for name in names if name not in CATALOGUE.outlines]:
        print(f"there is no rule {unknown[0]}", file=sys.stderr)
        return 2
    with TemporaryDirectory() as folder:
        crowd = Path(folder).resolve()
        write_crowd(crowd)
        for name in names:
            file = RULES / CATALOGUE.outlines[name].family / f"{name}.yaml"
            before = file.read_text(encoding="utf-8")
            after = re.sub(r"(?m)^needs: .*$", f"needs: [{', '.join(needs_of(name, crowd))}]", before, count=1)
            if after != before:
                file.write_text(after, encoding="utf-8")
                print(file.relative_to(RULES.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
