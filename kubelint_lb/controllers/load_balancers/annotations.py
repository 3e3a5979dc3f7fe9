"""The annotations of Services that providers read, by prefix.

Sources: aws-load-balancer-controller `pkg/annotations/constants.go`, cloud-provider-aws `aws.go`, cloud-provider-azure
`pkg/consts/consts.go`, metallb `controller/service.go`. Suffixes that end with `.` have a port or a protocol behind them.
"""

from __future__ import annotations

_AWS = """
    access-log-emit-interval access-log-enabled access-log-s3-bucket-name access-log-s3-bucket-prefix additional-resource-tags
    alpn-policy attributes backend-protocol connection-draining-enabled connection-draining-timeout connection-idle-timeout
    cross-zone-load-balancing-enabled eip-allocations enable-icmp-for-path-mtu-discovery enable-prefix-for-ipv6-source-nat
    enable-tcp-udp-listener extra-security-groups healthcheck-healthy-threshold healthcheck-interval healthcheck-path
    healthcheck-port healthcheck-protocol healthcheck-success-codes healthcheck-timeout healthcheck-unhealthy-threshold
    inbound-sg-rules-on-private-link-traffic internal ip-address-type ipv6-addresses listener-attributes. load-balancing-algorithm
    manage-backend-security-group-rules minimum-load-balancer-capacity multi-cluster-target-group name nlb-target-type
    private-ipv4-addresses proxy-protocol proxy-protocol-per-target-group quic-enabled-ports scheme security-group-prefix-lists
    security-groups source-nat-ipv6-prefixes ssl-cert ssl-negotiation-policy ssl-ports subnets target-group-attributes
    target-group-attributes. target-node-labels type
"""
_AZURE = """
    additional-public-ips allowed-ip-ranges allowed-service-tags deny-all-except-load-balancer-source-ranges
    disable-load-balancer-floating-ip dns-label-name load-balancer-configurations load-balancer-disable-tcp-reset
    load-balancer-enable-high-availability-ports load-balancer-health-probe-interval load-balancer-health-probe-num-of-probe
    load-balancer-health-probe-port load-balancer-health-probe-protocol load-balancer-health-probe-request-path
    load-balancer-internal load-balancer-internal-subnet load-balancer-ipv4 load-balancer-ipv6 load-balancer-mixed-protocols
    load-balancer-mode load-balancer-resource-group load-balancer-tcp-idle-timeout pip-ip-tags pip-name pip-name-ipv6
    pip-prefix-id pip-prefix-id-ipv6 pip-tags pip-zones pls-auto-approval pls-create pls-fqdns pls-ip-configuration-ip-address
    pls-ip-configuration-ip-address-count pls-ip-configuration-subnet pls-name pls-proxy-protocol pls-resource-group
    pls-visibility shared-securityrule
"""
_METALLB = "address-pool allow-shared-ip ip-allocated-from-pool loadBalancerIPs"

PREFIXES: dict[str, tuple[str, ...]] = {
    "service.beta.kubernetes.io/aws-load-balancer-": tuple(_AWS.split()),
    "service.beta.kubernetes.io/azure-": tuple(_AZURE.split()),
    "metallb.io/": tuple(_METALLB.split()),
    "metallb.universe.tf/": tuple(_METALLB.split()),
}


def misread(name: str) -> tuple[str, tuple[str, ...]] | None:
    """Of an annotation with a provider's prefix that the provider does not read: the prefix, and what it reads behind it. None
    for one that is read, or that has another prefix."""
    for prefix, known in PREFIXES.items():
        suffix = name.removeprefix(prefix)
        if suffix != name:
            is_read = suffix in known or any(one.endswith(".") and suffix.startswith(one) for one in known)
            return None if is_read else (prefix, known)
    return None
