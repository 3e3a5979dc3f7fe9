"""All that a detector may use: the issue it yields, the context it asks, and the model's views.

A detector is a generator over issues, marked with `@detector`. It is pure: no printing, no files, no order, no severity.

Each name is loaded when a detector first asks for it: a run on a few objects needs few of them.
"""

from __future__ import annotations

from importlib import import_module

# Where each name lives, less the package's name. A test compares this with `api.pyi`, which says the same to type checkers.
_HOMES = {
    "kube.expressions": "NotInstalled",
    "traffic.admission": "Admissions",
    "detectors.forms.granted": "granted",
    "detectors.forms.in_metadata": "in_metadata",
    "detectors.forms.service_port": "named_port without_node_port",
    "detectors.forms.pods": "labels_text own_labels pause_before_end spread_over spread_over_nodes",
    "detectors.forms.taken_out": "taken_out",
    "detectors.forms.with_entry": "with_entry",
    "traffic.delivery": "canary_ingress",
    "traffic.created": "canary_apex",
    "kube.maglev": "is_table_size LARGEST_TABLE",
    "source.regex": "bounded_regex",
    "source.steps": "way_to",
    "source.stretch": "document_after first_line first_lines in_place_of last_item lines_of_entry lines_of_item next_item"
    " next_lines",
    "kube.mesh_hosts": "mesh_host",
    "kube.custom_routes": "custom_references CustomReference",
    "controllers.alb.actions": "read_json",
    "controllers.alb.groups": "GROUP_NAME GROUP_ORDER IngressGroups",
    "controllers.annotations": "Annotation annotations_of Effect",
    "controllers.go": "go_bool go_int",
    "controllers.load_balancers.annotations": "misread",
    "controllers.load_balancers.aws": "attributes is_nlb_of_controller targets_pods",
    "controllers.nginx.aliases": "NginxAliases",
    "controllers.nginx.annotations": "may_be_nginx NginxAnnotations",
    "controllers.nginx.canary": "Canary CanaryLocation find_primary_path may_be_primary surely_same upstream",
    "controllers.nginx.configuration": "NginxConfiguration",
    "controllers.nginx.gateway_api": "successors",
    "controllers.nginx.regex_hosts": "groups looks_like_regex unbalanced",
    "controllers.nginx.upstreams": "FIRST_WINS LAST_WINS NginxUpstreams",
    "controllers.values": "wanted",
    "controllers.which": (
        "ALB class_of CONTOUR controller_by_prefix GKE GKE_CLASSES HAPROXY_INGRESS HAPROXY_TECH has_gke_annotations "
        "KONG MERGING NGINX NGINX_INC routing_annotations speaks_of TRAEFIK "
    ),
    "deploy.kustomize.pending": "may_label may_move",
    "detectors.context": "Context",
    "detectors.forms.alb": "actions_of",
    "detectors.forms.missing": "missing renamed",
    "detectors.forms.nginx": "hand_made_canary nginx primaries regex_cause same_class without_pods",
    "detectors.forms.not_admitted": "not_admitted NotAdmitted",
    "detectors.forms.refused": "refused",
    "detectors.forms.selects_nothing": "selects_nothing",
    "detectors.forms.tls": "has_tls",
    "detectors.issue": "cut detector Issue Issues put_in replace_node TextEdit",
    "kube.durations": "milliseconds",
    "kube.gateway": "CertificateRef Gateway Listener ListenerHolder ListenerSet ReferenceGrant",
    "kube.hosts": "intersects",
    "kube.ingress": "Ingress IngressBackend IngressClass IngressPath IngressTLS is_below USE_ANNOTATION",
    "kube.int_or_percent": "scaled",
    "kube.kinds": "GroupKind KINDS",
    "kube.labels": "is_runtime_label label_selector LabelSelector selector_matches",
    "kube.manifest": "Manifest",
    "kube.names": "is_dns_label is_dns_subdomain stands_for",
    "kube.namespaces": "compatible surely_differ",
    "kube.near": "edits is_near is_slip nearest",
    "kube.pod": "AntiAffinityTerm Container ContainerPort HOSTNAME_KEY PodTemplate SpreadConstraint",
    "kube.policy": "BackendTLSPolicy local_reference PolicyTarget targets_of",
    "kube.references": "Reference",
    "kube.regular_expressions": "Trouble trouble_of",
    "kube.removed": "removal",
    "kube.route": "BackendRef FILTER_FIELDS ParentRef Route RouteRule",
    "kube.secrets": "lacking_key secret_type",
    "kube.service": "DEFAULT_AFFINITY_SECONDS Service ServicePort",
    "kube.split": "empty_backends Split split_of",
    "kube.spread": "over_zones softness Spread spreading Spreading ZONE_KEY",
    "kube.termination": "DEFAULT_GRACE_SECONDS grace_seconds sleep_before_end",
    "kube.validation.addresses": "address",
    "kube.validation.violation": "Refusal Violation",
    "kube.values": "boolean integer is_null items mappings name_text present string_map text",
    "kube.versions": "Version",
    "kube.view": "View",
    "kube.weights": "percent shares",
    "kube.workload": "Autoscaler MANY Replicas Workload",
    "source.document": "Fault",
    "source.node": "Document MappingNode Node Scalar Sequence to_python",
    "source.scalars": "quoted written_text",
    "source.placeholder": "has_placeholder is_filled_in is_open may_equal",
    "traffic.affinity": "idle_affinity sticks",
    "traffic.attachment": "Admission Attachment serves",
    "traffic.backing": "reaches_pods serving single_pod sole_workload takes_all_pods weighs_nodes",
    "traffic.companions": "on_every_node",
    "traffic.endpoints": "ServiceEndpoints",
    "traffic.fronts": "Front",
    "traffic.grants": "NearGrant Permission",
    "traffic.ingress_hosts": "HostsBelow",
    "traffic.isolation": "AllowedPort AllowedSource Isolation",
    "traffic.kube_proxy": "IPTABLES IPVS is_replaced mode_in_force MODES NFTABLES written_mode",
    "traffic.matches": "Match matches_of",
    "traffic.meant": "Nearness NearSelection",
    "traffic.meetings": "Meeting Meetings",
    "traffic.node_ports": "claims_of NodePortClaim",
    "traffic.resolve": "Resolution State",
    "traffic.selection": "Selection",
    "traffic.tls_policies": "TLSPolicies",
}
_RENAMED = {"MappingNode": "Mapping"}
_MODULES = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """The name from where it lives. Raises AttributeError for one that is not in the table."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(name)
    found: object = getattr(import_module(f"kubelint_lb.{module}"), _RENAMED.get(name, name))
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Every name that there is."""
    return sorted(_MODULES)
