"""What is found in real repositories, as a list that is committed and read: `make corpus` rewrites it.

Each line is a finding: repository, rule[message key], severity, place. Charts and kustomizations are rendered, so the list is
made where helm and kustomize (or kubectl) are.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from kubelint_lb.engine.run import lint
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity

LIST = Path(__file__).with_name("findings.txt")


def repositories() -> list[Path]:
    """The repositories in the folder that KUBELINT_LB_CORPUS names."""
    where = os.environ.get("KUBELINT_LB_CORPUS", "")
    return [path for path in sorted(Path(where).iterdir()) if path.is_dir()] if where else []


def found_in(root: Path) -> Iterator[str]:
    """The findings of a repository, a line each, in the order of a report."""
    report = lint([root], Settings(root=root.resolve(), severity=Severity.INFO))
    for one in report.findings:
        line, column = one.location.span[:2]
        yield f"{root.name} {one.rule}[{one.message_key}] {one.severity.value} {one.location.path}:{line}:{column}"


def main() -> None:
    """Rewrites the list. A change of it is a change of what people will see: read every line of its diff."""
    roots = repositories()
    if not roots:
        sys.exit("make corpus: KUBELINT_LB_CORPUS names no folder of repositories")
    lines = [line for root in roots for line in found_in(root)]
    LIST.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    sys.stdout.write(f"{len(lines)} findings in {len(roots)} repositories: {LIST.name}; read its diff\n")


if __name__ == "__main__":
    main()
