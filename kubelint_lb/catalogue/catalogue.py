"""All rules there are, with the families and profiles that select them in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, overload

from kubelint_lb.catalogue.families import Family, Profile, ProfileRule, read_families, read_profiles, read_retired
from kubelint_lb.catalogue.outline import LazyRules, Outline, outline
from kubelint_lb.catalogue.rule import Rule, Words, rule_info
from kubelint_lb.catalogue.rule_file import read_words
from kubelint_lb.catalogue.rule_info import RuleInfo
from kubelint_lb.resources import rules_root
from kubelint_lb.settings.errors import SelectionError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ALL = "ALL"
DEFAULT_PROFILE = "default"
_EVERYTHING, _PROFILE, _FAMILY, _RULE = range(4)


class Catalogue:
    """The rules by name, sorted. Heads, families, profiles and words are each parsed when first asked for.

    To decide what takes part in a run, look at `outlines`: they cost nothing.
    """

    def __init__(self, outlines: Mapping[str, Outline], root: Path, ready: Mapping[str, Rule] | None = None) -> None:
        self.outlines = outlines
        self.rules: Mapping[str, Rule] = LazyRules(outlines, ready or {})
        self._root = root
        self._used_families = {found.family for found in outlines.values()}
        self._words: dict[str, Words] = {}
        self._families: dict[str, Family] | None = None
        self._profiles: dict[str, Profile] | None = None

    @property
    def families(self) -> Mapping[str, Family]:
        """The families by name; a user's folder is a family without a description."""
        if self._families is None:
            said = read_families(self._root)
            names = sorted({*said, *self._used_families})
            self._families = {name: said.get(name, Family(name, name, "")) for name in names}
        return self._families

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """The profiles by name."""
        if self._profiles is None:
            self._profiles = read_profiles(self._root)
        return self._profiles

    def profile_rules(self, name: str) -> Mapping[str, ProfileRule]:
        """What a profile changes; the default one changes nothing."""
        return {} if name == DEFAULT_PROFILE else self.profiles[name].rules

    def words(self, name: str) -> Words:
        """The words of a rule. Raises CatalogueError."""
        if name not in self._words:
            found = self.outlines[name]
            self._words[name] = read_words(found.text, found.path)
        return self._words[name]

    def info(self, name: str) -> RuleInfo:
        """What outputs print about a rule."""
        return rule_info(self.rules[name], self.words(name))

    def selectors(self) -> list[str]:
        """Everything that may stand in a selection."""
        return list(dict.fromkeys([ALL, DEFAULT_PROFILE, *self.families, *self.profiles, *self.outlines]))

    def check_selectors(self, selectors: Iterable[str]) -> None:
        """Raises SelectionError, with near names, if one is no rule, family or profile."""
        at_hand = {ALL, DEFAULT_PROFILE, *self._used_families, *self.outlines}
        unknown = [name for name in selectors if name not in at_hand and name not in self.selectors()]
        if unknown:
            raise SelectionError("\n".join(self._unknown(name, "rule, family or profile", self.selectors()) for name in unknown))

    def check_rule(self, name: str) -> None:
        """Raises SelectionError, with near names, if a name is no rule's."""
        if name not in self.outlines:
            raise SelectionError(self._unknown(name, "rule", self.outlines))

    def _unknown(self, name: str, noun: str, known: Iterable[str]) -> str:
        if instead := read_retired(self._root).get(name):
            return f"rule '{name}' is no more: {instead}"
        return f"unknown {noun} '{name}'{did_you_mean(name, known) or '; `kubelint-lb rules` lists them'}"

    def active_profiles(self, select: Sequence[str], profile: str = DEFAULT_PROFILE) -> list[str]:
        """The profiles in force, later ones winning: the configured one, then those that were selected."""
        return [profile, *(name for name in select if self._level(name) == _PROFILE)]

    def select(self, select: Sequence[str], ignore: Sequence[str], profile: str = DEFAULT_PROFILE) -> frozenset[str]:
        """The names of the rules that run.

        An empty `select` stands for the profile. A family or profile selects what is on by default in it, a name its rule,
        ALL everything. The more exact word wins (name, family, profile, ALL); of two equally exact ones, `ignore`.
        Raises SelectionError for an unknown word.
        """
        self.check_selectors((*select, *ignore, profile))
        chosen: set[str] = set()
        wanted = select or (profile,)
        profiles = self.active_profiles(select, profile)
        for level in (_EVERYTHING, _PROFILE, _FAMILY, _RULE):
            for name in wanted:
                if self._level(name) == level:
                    chosen |= self._members(name, profiles)
            for name in ignore:
                if self._level(name) == level:
                    chosen -= self.named_by(name)
        return frozenset(chosen)

    def named_by(self, selector: str) -> set[str]:
        """The rules that an ignored word takes away; of a profile, only what it adds to the defaults."""
        level = self._level(selector)
        if level == _RULE:
            return {selector}
        if level == _EVERYTHING:
            return set(self.outlines)
        if level == _FAMILY:
            return {name for name, found in self.outlines.items() if found.family == selector}
        if selector == DEFAULT_PROFILE:
            return self._on([])
        return {name for name, change in self.profile_rules(selector).items() if change.enabled is not False}

    def _level(self, name: str) -> int:
        """How exact a word is; what needs no file to be read is asked first."""
        if name in self.outlines:
            return _RULE
        if name == ALL:
            return _EVERYTHING
        if name in self._used_families:
            return _FAMILY
        return _PROFILE if name == DEFAULT_PROFILE or name not in self.families else _FAMILY

    def _on(self, profiles: Iterable[str]) -> set[str]:
        """The rules that are on under profiles, later ones winning."""
        on = {name for name, found in self.outlines.items() if found.enabled}
        for profile in profiles:
            for name, change in self.profile_rules(profile).items():
                if change.enabled is False:
                    on.discard(name)
                elif name in self.outlines:
                    on.add(name)
        return on

    def _members(self, selector: str, profiles: Sequence[str]) -> set[str]:
        level = self._level(selector)
        if level == _RULE:
            return {selector}
        if level == _EVERYTHING:
            return set(self.outlines)
        if level == _PROFILE:
            return self._on([selector])
        return {name for name in self._on(profiles) if self.outlines[name].family == selector}


class RuleInfos(Sequence[RuleInfo]):
    """What outputs print about some rules; their words are parsed only by the outputs that look."""

    def __init__(self, catalogue: Catalogue, names: Sequence[str]) -> None:
        self._catalogue = catalogue
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> RuleInfo: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RuleInfo]: ...
    def __getitem__(self, index: int | slice) -> RuleInfo | Sequence[RuleInfo]:
        if isinstance(index, slice):
            return RuleInfos(self._catalogue, self._names[index])
        return self._catalogue.info(self._names[index])


@cache
def load_catalogue(rule_paths: tuple[Path, ...] = (), root: Path | None = None) -> Catalogue:
    """The rules below a root (default: ours) and those of a user's folders.

    Raises CatalogueError for a malformed file of the user's at once, for one of ours when its rule is first used.
    """
    root = root or rules_root()
    own = Catalogue({found.name: found for found in _outlines(root)}, root)
    if not rule_paths:
        return own
    from kubelint_lb.catalogue.user_rules import read_user_rules

    taken = [ALL, DEFAULT_PROFILE, *own.profiles, *own.outlines]
    outlines = dict(own.outlines)
    ready = {}
    for found, rule in read_user_rules(rule_paths, taken, families=own.families):
        outlines[found.name] = found
        ready[found.name] = rule
    return Catalogue(dict(sorted(outlines.items())), root, ready)


def _outlines(root: Path) -> Iterator[Outline]:
    files = ((file.stem, file) for folder in root.iterdir() if folder.is_dir() for file in folder.glob("*.yaml"))
    for name, file in sorted(files):
        yield outline(file.read_text(encoding="utf-8"), str(file), name, file.parent.name)
