"""Everything a run needs to know from its user: plain data, from a command line, a configuration file or a program.

Named tuples, here and in what else every run imports: making a frozen dataclass costs ten times as much at start-up.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kubelint_lb.kube.kinds import PodTemplates
from kubelint_lb.kube.versions import Version
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.place import Location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KUBERNETES = Version(1, 34)
GATEWAY_API = Version(1, 6)
NOTHING: Mapping[str, Any] = MappingProxyType({})


class RuleOverride(NamedTuple):
    """What configuration says about one rule; `off` and `severity` exclude each other."""

    severity: Severity | None = None
    off: bool = False
    params: Mapping[str, object] = NOTHING


class Ignored(NamedTuple):
    """A rule, family or profile that is not reported in some files, and where the configuration says so."""

    selector: str
    location: Location | None = None


class PerPath(NamedTuple):
    """Other settings for the files that gitignore-like globs (relative to the root) match.

    `until` is the last day that `ignore` holds, as YYYY-MM-DD, or None.
    """

    paths: tuple[str, ...]
    ignore: tuple[Ignored, ...] = ()
    rules: Mapping[str, RuleOverride] = NOTHING
    reason: str = ""
    until: str | None = None


class UnitSettings(NamedTuple):
    """Files that are applied together; `complete`: they hold all of their cluster's traffic objects."""

    name: str
    match: tuple[str, ...]
    complete: bool = False


class ClusterSettings(NamedTuple):
    """Files that land in one cluster, and what is known of it; None and {} where the run's settings hold."""

    name: str
    match: tuple[str, ...]
    kubernetes_version: Version | None = None
    gateway_api_version: Version | None = None
    gateway_api_channel: str | None = None
    class_controllers: Mapping[str, str] = NOTHING


class ObjectSuppression(NamedTuple):
    """A rule is not reported on objects with this identity. Kind, namespace and name are globs, None matches anything.

    `until` is the last day it holds, as YYYY-MM-DD, or None.
    """

    rule: str
    kind: str | None = None
    namespace: str | None = None
    name: str | None = None
    reason: str = ""
    until: str | None = None
    location: Location | None = None


class HelmSettings(NamedTuple):
    """How to render the chart in a folder: with values files, under a release name, into a namespace."""

    chart: str
    values: tuple[str, ...] = ()
    release: str | None = None
    namespace: str | None = None


class Settings(NamedTuple):
    """The settings of a run; everything has a default.

    `root` is the absolute folder that all globs are relative to; None: found from the paths. An empty `select` stands for
    the profile. `severity` is the lowest that is shown, `fail_on` the lowest that makes the exit code 1 (None: never).
    A `*_set` field says that the user named the version. `external` are NAME or NAMESPACE/NAME globs of what exists
    elsewhere. `notices` are sentences for the user about the configuration itself. `render` allows kustomize and Helm to be run,
    each unit for `render_seconds` at most and `jobs` at a time (None: as many as there are processors), `cache` to keep what they
    print in the user's cache folder.

    `baseline` is a file of known findings. `changed_since` and `new_since` name git revisions: report on the files that
    differ from it, report the findings that it did not have. `today` is the day (YYYY-MM-DD) by which suppressions end;
    None: the clock's.
    """

    root: Path | None = None
    config_path: Path | None = None
    profile: str = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, RuleOverride] = {}
    per_path: tuple[PerPath, ...] = ()
    exclude: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    fail_on: Severity | None = Severity.WARNING
    complete: bool = False
    kubernetes_version: Version = KUBERNETES
    kubernetes_version_set: bool = False
    gateway_api_version: Version = GATEWAY_API
    gateway_api_version_set: bool = False
    gateway_api_channel: str | None = None
    default_ingress_class: str | None = None
    class_controllers: Mapping[str, str] = {}
    external: tuple[str, ...] = ()
    units: tuple[UnitSettings, ...] = ()
    clusters: tuple[ClusterSettings, ...] = ()
    objects: tuple[ObjectSuppression, ...] = ()
    helm: tuple[HelmSettings, ...] = ()
    # An absolute folder with the charts that HelmReleases install.
    charts: Path | None = None
    # Folders (relative to the root) of manifests that another tool rendered.
    rendered: tuple[str, ...] = ()
    # Further kinds with a pod template, by group and kind, and the keys that lead to it.
    workloads: PodTemplates = MappingProxyType({})
    # Files and folders (absolute) of CustomResourceDefinitions that count beside those of the tree.
    crds: tuple[Path, ...] = ()
    rule_paths: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()
    render: bool = True
    render_seconds: float = 60.0
    cache: bool = True
    jobs: int | None = None
    profile_rules: bool = False
    baseline: Path | None = None
    changed_since: str | None = None
    new_since: str | None = None
    today: str | None = None
