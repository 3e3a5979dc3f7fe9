"""What holds for a rule in a file: its defaults, then profiles, configuration and entries for paths, later ones winning."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.source.discover import matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kubelint_lb.catalogue.catalogue import Catalogue
    from kubelint_lb.catalogue.rule import Rule
    from kubelint_lb.settings.settings import Ignored, PerPath, RuleOverride, Settings
    from kubelint_lb.settings.severity import Severity
    from kubelint_lb.source.discover import Matcher


_FOREVER = "9999"


class RuleState(NamedTuple):
    """A rule as it holds in one file.

    `override` is a configured severity, over the rule's and its messages' own. `off`: switched off by a severity.
    `ignored` is the per-path entry and the word in it that hides what the rule finds; a later entry can not undo it, and
    of several the one that holds longest counts.
    """

    rule: Rule
    params: Mapping[str, object]
    override: Severity | None = None
    off: bool = False
    ignored: tuple[PerPath, Ignored] | None = None

    def severity(self, message_key: str) -> Severity:
        """The severity of a finding with a message of the rule."""
        message = self.rule.messages.get(message_key)
        return self.override or (message.severity if message else None) or self.rule.severity


class RuleStates:
    """The states of all rules in all files of a run; equal states are one object.

    Raises SelectionError for an unknown profile.
    """

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._profiles = catalogue.active_profiles(settings.select, settings.profile)
        self._states: dict[tuple[str, tuple[int, ...]], RuleState] = {}
        self._entries: dict[str, tuple[int, ...]] = {}
        self._by_default = catalogue.select((), (), settings.profile)

    def enabled(self) -> frozenset[str]:
        """The names of the rules that run somewhere.

        A rule that is off by default runs if the configuration gives it a severity and nothing was selected.
        Raises SelectionError for an unknown word.
        """
        settings, catalogue = self._settings, self._catalogue
        chosen = set(catalogue.select(settings.select, settings.ignore, settings.profile))
        switched_off = {name for name, override in settings.rules.items() if override.off}
        for entry in settings.per_path:
            switched_off -= {name for name, override in entry.rules.items() if override.severity}
        if not settings.select:
            ignored = {name for selector in settings.ignore for name in catalogue.named_by(selector)}
            chosen |= {name for name in self._given_a_severity() if name in catalogue.outlines and name not in ignored}
        return frozenset(chosen - switched_off)

    def _given_a_severity(self) -> Iterator[str]:
        for overrides in (self._settings.rules, *(entry.rules for entry in self._settings.per_path)):
            yield from (name for name, override in overrides.items() if override.severity)

    def of(self, name: str, path: str) -> RuleState:
        """How a rule, by its name, holds in a file (path relative to the root, with `/`)."""
        return self.state(self._catalogue.rules[name], path)

    def entries(self, path: str) -> tuple[int, ...]:
        """Which of the configuration's entries for paths hold in a file, by their numbers: where they are equal, all rules hold
        alike."""
        entries = self._entries.get(path)
        if entries is None:
            entries = self._entries[path] = self._matching(path)
        return entries

    def state(self, rule: Rule, path: str) -> RuleState:
        """How a rule holds in a file (path relative to the root, with `/`)."""
        entries = self.entries(path)
        state = self._states.get((rule.name, entries))
        if state is None:
            state = self._states[rule.name, entries] = self._resolve(rule, entries)
        return state

    def _matching(self, path: str) -> tuple[int, ...]:
        return tuple(
            index for index, entry in enumerate(self._settings.per_path) if (matches := _matcher(entry.paths)) and matches(path)
        )

    def _resolve(self, rule: Rule, entries: Iterable[int]) -> RuleState:
        params = rule.defaults
        severity: Severity | None = None
        off = False
        ignored = None
        for name in self._profiles:
            if change := self._catalogue.profile_rules(name).get(rule.name):
                severity = change.severity or severity
                params |= change.params
        per_path = [self._settings.per_path[index] for index in entries]
        for override in (self._settings.rules.get(rule.name), *(entry.rules.get(rule.name) for entry in per_path)):
            if override is not None:
                params |= override.params
                if override.severity or override.off:
                    severity, off = override.severity, override.off
        for entry in per_path:
            for word in entry.ignore:
                if rule.name in self._catalogue.named_by(word.selector) and (
                    ignored is None or (entry.until or _FOREVER) >= (ignored[0].until or _FOREVER)
                ):
                    ignored = entry, word
        # A rule that only a path gives a severity stays off elsewhere.
        return RuleState(rule, params, severity, off or self._unasked(rule, per_path), ignored)

    def _unasked(self, rule: Rule, per_path: Iterable[PerPath]) -> bool:
        settings = self._settings
        if settings.select or rule.name in self._by_default:
            return False
        overrides: list[RuleOverride | None] = [settings.rules.get(rule.name)]
        overrides += [entry.rules.get(rule.name) for entry in per_path]
        return not any(override and override.severity for override in overrides)


@lru_cache(maxsize=256)
def _matcher(paths: tuple[str, ...]) -> Matcher | None:
    return matcher(paths)
