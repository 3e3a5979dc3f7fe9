"""The forms that texts have to have. Each check gives what is allowed, in words, for a text of another form; else None.

By hand where a regular expression would have to be compiled first: most runs look at one small file.
Source: kubernetes `staging/src/k8s.io/apimachinery/pkg/util/validation`, `pkg/apis/core/validation`,
`pkg/apis/networking/validation`.
"""

from __future__ import annotations

from collections.abc import Callable

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_DIGITS = frozenset("0123456789")
_LOWER = _LETTERS | _DIGITS
_LABEL = _LOWER | {"-"}
_WORD_ENDS = _LOWER | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_WORD = _WORD_ENDS | set("-_.")
_HEADER = _WORD_ENDS | {"-"}
_IMPLEMENTATION = _WORD_ENDS | frozenset("/-._~%!$&'()*+,;=:")

LABEL = "a DNS label: small letters, digits and `-`, a letter or digit at both ends, 63 characters at the most"
SUBDOMAIN = (
    "a DNS name: small letters, digits, `-` and `.`, each part with a letter or digit at both ends, 253 characters at the most"
)
OLD_LABEL = (
    "a DNS label that starts with a letter: small letters, digits and `-`, a letter or digit "
    "at the end, 63 characters at the most"
)
QUALIFIED = (
    "a name of letters, digits, `-`, `_` and `.`, with a letter or digit at both ends and 63 characters at the most, "
    "perhaps after a DNS name and `/`"
)
VALUE = "letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, 63 characters at the most"
PORT_NAME = "a port name: small letters, digits and single `-` inside, at least one letter, 15 characters at the most"
SEGMENT = "a name without `/` and `%` that is not `.` or `..`"


def is_label(text: str) -> bool:
    """A DNS label (RFC 1123)."""
    return 0 < len(text) <= 63 and _LABEL.issuperset(text) and text[0] in _LOWER and text[-1] in _LOWER


def is_subdomain(text: str) -> bool:
    """A DNS name in small letters; its labels may be longer than DNS can carry."""
    return 0 < len(text) <= 253 and all(
        part and _LABEL.issuperset(part) and part[0] in _LOWER and part[-1] in _LOWER for part in text.split(".")
    )


def _is_word(text: str) -> bool:
    return 0 < len(text) <= 63 and _WORD.issuperset(text) and text[0] in _WORD_ENDS and text[-1] in _WORD_ENDS


def label(text: str) -> str | None:
    """IsDNS1123Label."""
    return None if is_label(text) else LABEL


def subdomain(text: str) -> str | None:
    """IsDNS1123Subdomain."""
    return None if is_subdomain(text) else SUBDOMAIN


def old_label(text: str) -> str | None:
    """IsDNS1035Label."""
    return None if is_label(text) and text[0] in _LETTERS else OLD_LABEL


def qualified_name(text: str) -> str | None:
    """IsQualifiedName."""
    prefix, slash, name = text.rpartition("/")
    return None if _is_word(name) and (not slash or is_subdomain(prefix)) else QUALIFIED


def annotation_key(text: str) -> str | None:
    """A qualified name in whatever case."""
    return qualified_name(text.lower())


def label_value(text: str) -> str | None:
    """IsValidLabelValue."""
    return None if not text or _is_word(text) else VALUE


def port_name(text: str) -> str | None:
    """IsValidPortName."""
    fits = len(text) <= 15 and _LABEL.issuperset(text) and not _LETTERS.isdisjoint(text)
    return None if fits and "--" not in text and text[0] != "-" and text[-1] != "-" else PORT_NAME


def path_segment(text: str) -> str | None:
    """IsValidPathSegmentName."""
    return SEGMENT if text in {".", ".."} or "/" in text or "%" in text else None


def host(text: str) -> str | None:
    """A host or a wildcard (IsWildcardDNS1123Subdomain)."""
    bare = text.removeprefix("*.") if text.startswith("*.") else text
    return None if is_subdomain(bare) and len(text) <= 253 else f"{SUBDOMAIN}; a wildcard is `*.` and one"


def ingress_host(text: str) -> str | None:
    """The host of an Ingress rule: no address."""
    from kubelint_lb.kube.validation.addresses import address

    return "a DNS name, not an address" if address(text) is not None else host(text)


def search_domain(text: str) -> str | None:
    """A search path of the resolver: a DNS name that may hold `_` and end with a dot; or a dot."""
    parts = text.removesuffix(".").split(".")
    inner = _LABEL | {"_"}
    fits = text == "." or all(
        part and inner.issuperset(part) and part[0] in _LOWER | {"_"} and part[-1] in _LOWER | {"_"} for part in parts
    )
    return None if fits and len(text) <= 254 else "a DNS name, which may hold `_`"


def environment_name(text: str) -> str | None:
    """Since 1.34: any printable ASCII but `=`."""
    return None if all(" " <= one <= "~" and one != "=" for one in text) else "a name of printable ASCII characters without `=`"


def config_key(text: str) -> str | None:
    """IsConfigMapKey."""
    fits = 0 < len(text) <= 253 and _WORD.issuperset(text) and text != "." and not text.startswith("..")
    return None if fits else "a key of letters, digits, `-`, `_` and `.`"


def header_name(text: str) -> str | None:
    """IsHTTPHeaderName."""
    return None if text and _HEADER.issuperset(text) else "a header name of letters, digits and `-`"


def inner_path(text: str) -> str | None:
    """validateLocalDescendingPath."""
    return "a relative path without `..`" if text.startswith("/") or ".." in text.split("/") else None


def controller(text: str) -> str | None:
    """IsDomainPrefixedPath, at most 250 bytes."""
    domain, slash, path = text.partition("/")
    fits = is_subdomain(domain) and slash and path and _IMPLEMENTATION.issuperset(path) and len(text.encode()) <= 250
    return None if fits else "a DNS name, `/` and a path, 250 characters at the most"


def group_version(text: str) -> str | None:
    """ParseGroupVersion."""
    return None if text.count("/") <= 1 else "an API group, `/` and a version"


def service_name(text: str) -> str | None:
    """NameIsDNS1035Label; since 1.37 the name of a Service may start with a digit: what is refused by all is refused here."""
    return None if is_label(text) else LABEL


def cron(text: str) -> str | None:
    """A schedule of cron."""
    from kubelint_lb.kube.validation.cron import schedule

    return schedule(text)


def time_zone(text: str) -> str | None:
    """A zone of the IANA data base."""
    from kubelint_lb.kube.validation.cron import zone

    return zone(text)


FORMATS: dict[str, Callable[[str], str | None]] = {
    "dns-label": label,
    "dns-subdomain": subdomain,
    "qualified-name": qualified_name,
    "annotation-key": annotation_key,
    "label-value": label_value,
    "port-name": port_name,
    "path-segment": path_segment,
    "host-or-wildcard": host,
    "ingress-host": ingress_host,
    "search-domain": search_domain,
    "environment-name": environment_name,
    "config-key": config_key,
    "header-name": header_name,
    "inner-path": inner_path,
    "controller": controller,
    "group-version": group_version,
    "service-name": service_name,
    "cron": cron,
    "time-zone": time_zone,
}
