"""`kubelint-lb explain`: one rule, as its page of the documentation."""

from __future__ import annotations

from typing import Annotated

import typer

from kubelint_lb.cli import complete as words
from kubelint_lb.cli.tree import Config

_Name = Annotated[str, typer.Argument(metavar="NAME", help="A rule.", autocompletion=words.rule_names)]


def explain(name: _Name, *, config: Config = None) -> None:
    """Print the page of a rule: why, what to do, examples."""
    from kubelint_lb.catalogue.catalogue import load_catalogue
    from kubelint_lb.catalogue.rule_page import rule_page
    from kubelint_lb.cli.console import write_out
    from kubelint_lb.config.config import load_settings

    catalogue = load_catalogue()
    if name not in catalogue.outlines:
        # Only a name that is not ours is worth reading a configuration for.
        catalogue = load_catalogue(load_settings((), config).rule_paths)
        catalogue.check_rule(name)
    write_out(rule_page(catalogue.rules[name], catalogue.words(name)))
