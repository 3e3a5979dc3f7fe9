"""The traffic of two trees compared: requests by where they go, then who can reach what, clients and pods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kubelint_lb.engine.diff.answers import Answer, answer, asked, by_unit
from kubelint_lb.engine.diff.change import Change, ChangeKind, Comparison
from kubelint_lb.engine.diff.facts import EVERYWHERE, Fact, FactKind, facts_of
from kubelint_lb.engine.expectations import request_words
from kubelint_lb.engine.reading import Reading
from kubelint_lb.traffic.request import OutcomeKind
from kubelint_lb.traffic.world import World

_OPEN = frozenset({FactKind.ADDRESS, FactKind.LISTENER})
_NOT_FOUND = 404


def compare(before: Reading, after: Reading, earlier: str, later: str) -> Comparison:
    """What changed between two trees, unit by unit; what is the same in several units is told once."""
    old, new = by_unit(before), by_unit(after)
    found = [*_requests(old, new, before, after)]
    for name in sorted(old.keys() | new.keys()):
        found += _facts(name, old.get(name), new.get(name))
    return Comparison(earlier, later, sorted(_merged(found), key=_order))


def _order(one: Change) -> tuple[object, ...]:
    return one.kind.rank, one.subject, one.before, one.after, one.units


def _requests(old: dict[str, World], new: dict[str, World], before: Reading, after: Reading) -> Iterator[Change]:
    requests = {**asked(old), **asked(new)}
    for (name, _), request in sorted(requests.items()):
        was = answer(old[name], before, request) if name in old else None
        now = answer(new[name], after, request) if name in new else None
        kind = _kind(was, now)
        if kind is not None:
            words = request_words(request)
            places = (was.place if was is not None else None, now.place if now is not None else None)
            sight = kind is ChangeKind.SIGHT
            yield Change(kind, words, _said(was, sight=sight), _said(now, sight=sight), (name,), *places)


def _said(one: Answer | None, *, sight: bool) -> str:
    if one is None:
        return ""
    return f"{one.words}, seen as {one.seen}" if sight else one.words


def _kind(was: Answer | None, now: Answer | None) -> ChangeKind | None:
    """What kind of change two answers are; None for none."""
    if was is None or now is None:
        known = now or was
        if known is None or not known.served:
            return None
        return ChangeKind.APPEARED if was is None else ChangeKind.LOST
    if was.kind is OutcomeKind.UNKNOWN or now.kind is OutcomeKind.UNKNOWN:
        if now.kind is was.kind:
            return None
        return ChangeKind.UNKNOWN if now.kind is OutcomeKind.UNKNOWN else ChangeKind.APPEARED
    if not now.served:
        if now.status == _NOT_FOUND:
            return ChangeKind.LOST if was.served else None
        return ChangeKind.BROKEN if was.served or was.status == _NOT_FOUND else None
    return _shift(was, now) if was.served else ChangeKind.APPEARED


def _shift(was: Answer, now: Answer) -> ChangeKind | None:
    if was.targets != now.targets:
        same = {target for target, _ in was.targets} == {target for target, _ in now.targets}
        return ChangeKind.SHARES if same else ChangeKind.MOVED
    if was.rest != now.rest:
        return ChangeKind.MOVED
    return ChangeKind.SIGHT if was.sight != now.sight else None


def _facts(name: str, old: World | None, new: World | None) -> Iterator[Change]:
    was = facts_of(old) if old is not None else {}
    now = facts_of(new) if new is not None else {}
    for key in sorted(was.keys() | now.keys(), key=lambda one: (one[0].value, one[1])):
        first, second = was.get(key), now.get(key)
        kind = _fact_kind(key[0], first, second)
        if kind is not None:
            places = (first.place if first is not None else None, second.place if second is not None else None)
            yield Change(kind, key[1], first.words if first else "", second.words if second else "", (name,), *places)


def _fact_kind(kind: FactKind, was: Fact | None, now: Fact | None) -> ChangeKind | None:
    before, after = was.parts if was is not None else (), now.parts if now is not None else ()
    if before == after or set(before) == set(after):
        return None
    if kind in _OPEN:
        return ChangeKind.EXPOSED if _opened(set(before), set(after)) else ChangeKind.CLOSED
    if kind is FactKind.HOST:
        if after == ("no TLS",):
            return ChangeKind.EXPOSED
        return ChangeKind.CLOSED if before == ("no TLS",) and after else None
    if kind is FactKind.PODS:
        return _pods_kind(before, after)
    return ChangeKind.CLIENTS


def _opened(before: set[str], after: set[str]) -> set[str]:
    """What is open now that was not: ranges are no more than everywhere, a load balancer has node ports, too."""
    opened = after - before
    if EVERYWHERE in before:
        opened = {one for one in opened if not one.startswith("from ")}
    return opened - {"NodePort"} if "LoadBalancer" in before else opened


def _pods_kind(before: tuple[str, ...], after: tuple[str, ...]) -> ChangeKind | None:
    if not before or not after:  # it is new, gone, or nobody knows
        return ChangeKind.BROKEN if after and after != ("pods",) else None
    return ChangeKind.APPEARED if after == ("pods",) else ChangeKind.BROKEN


def _merged(changes: Iterable[Change]) -> list[Change]:
    """The same change in several units is one."""
    found: dict[tuple[object, ...], Change] = {}
    for one in changes:
        key = (one.kind, one.subject, one.before, one.after)
        known = found.get(key)
        found[key] = one if known is None else known._replace(units=tuple(dict.fromkeys((*known.units, *one.units))))
    return list(found.values())
