"""A canary weight is a bare whole number: of anything else, ingress-nginx makes its default without a word."""

from kubelint_lb.detectors.api import (
    Canary,
    Context,
    Ingress,
    Issue,
    Issues,
    Scalar,
    detector,
    go_int,
    may_be_nginx,
    replace_node,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at the weight and the total of an Ingress with `canary: "true"`."""
    canary = Canary(ingress, ctx.word("nginx-annotation-prefix"))
    if canary.enabled is not True or not may_be_nginx(ctx.controller(ingress), canary):
        return
    for suffix, key in (("canary-weight", "weight"), ("canary-weight-total", "total")):
        node, word = canary.node(suffix), canary.word(suffix)
        if node is None or not word or canary.unknown(suffix) or go_int(word) is not None:
            continue
        issue = Issue(node, key, ingress=ingress.title, value=node.source)
        number = word.strip().removesuffix("%").strip()
        # Of a percentage, the number is the weight only where the whole is 100.
        if go_int(number) is not None and ("%" not in word or (key == "weight" and canary.total == 100)):
            issue = issue.fix(f"write {number}", replace_node(node, _quoted(node, number)))
        yield issue


def _quoted(node: Scalar, number: str) -> str:
    quote = "'" if node.source.startswith("'") else '"'
    return f"{quote}{number}{quote}"
