"""Ingresses and Services that differ from one another in the one thing a test is about."""

from __future__ import annotations

from collections.abc import Mapping


def ingress(
    name: str = "shop",
    *,
    service: str = "storefront",
    port: str = "number: 80",
    host: str = "shop.example",
    path: str = "/",
    path_type: str = "Prefix",
    ingress_class: str | None = "nginx",
    namespace: str | None = None,
    annotations: Mapping[str, str] | None = None,
    metadata: str = "",
) -> str:
    """An Ingress of one path; `annotations` are of ingress-nginx unless they say a prefix, their values as written."""
    lines = ["apiVersion: networking.k8s.io/v1", "kind: Ingress", "metadata:", f"  name: {name}"]
    if namespace:
        lines.append(f"  namespace: {namespace}")
    if metadata:
        lines.append(f"  {metadata}")
    if annotations:
        lines.append("  annotations:")
        lines += [f"    {full_name(key)}: {value}" for key, value in annotations.items()]
    lines.append("spec:")
    if ingress_class is not None:
        lines.append(f"  ingressClassName: {ingress_class}")
    lines += [
        "  rules:",
        f"    - host: {host}" if host else "    -",
        "      http:",
        "        paths:",
        f"          - path: {path}",
        f"            pathType: {path_type}",
        "            backend:",
        "              service:",
        f"                name: {service}",
        "                port:",
        f"                  {port}",
    ]
    return "\n".join(lines) + "\n"


def canary(name: str = "shop-canary", *, weight: str | None = '"10"', service: str = "storefront-next", **others: object) -> str:
    """A canary Ingress; `annotations` come on top."""
    annotations: dict[str, str] = {"canary": '"true"'}
    if weight is not None:
        annotations["canary-weight"] = weight
    more = others.pop("annotations", None)
    if isinstance(more, Mapping):
        annotations |= more
    return ingress(name, service=service, annotations=annotations, **others)  # type: ignore[arg-type]


def service(
    name: str = "storefront",
    *,
    port: int = 80,
    target: str | int | None = None,
    port_name: str | None = None,
    selector: str = "{app: storefront}",
    namespace: str | None = None,
) -> str:
    """A Service of one port."""
    lines = ["apiVersion: v1", "kind: Service", "metadata:", f"  name: {name}"]
    if namespace:
        lines.append(f"  namespace: {namespace}")
    lines += ["spec:", f"  selector: {selector}", "  ports:", f"    - port: {port}"]
    if port_name is not None:
        lines.append(f"      name: {port_name}")
    if target is not None:
        lines.append(f"      targetPort: {target}")
    return "\n".join(lines) + "\n"


def ingress_class(name: str = "nginx", controller: str = "k8s.io/ingress-nginx", *, default: str | None = None) -> str:
    """An IngressClass; `default` is the annotation's value as written."""
    mark = f"  annotations:\n    ingressclass.kubernetes.io/is-default-class: {default}\n" if default else ""
    head = f"apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: {name}\n"
    return f"{head}{mark}spec:\n  controller: {controller}\n"


def documents(*texts: str) -> str:
    """Several manifests in one file."""
    return "---\n".join(texts)


def full_name(annotation: str) -> str:
    """The annotation with its prefix."""
    return annotation if "/" in annotation else f"nginx.ingress.kubernetes.io/{annotation}"


def place_of(text: str, token: str, occurrence: int = 1) -> tuple[int, int]:
    """Line and column (from 1) of the given occurrence of a token."""
    offset = -1
    for _ in range(occurrence):
        offset = text.index(token, offset + 1)
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
