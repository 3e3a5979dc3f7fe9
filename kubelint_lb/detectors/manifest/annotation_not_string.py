"""Labels and annotations are maps of strings; YAML makes numbers and booleans of what is not quoted."""

from collections.abc import Iterator

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Node, Scalar, View, Workload, detector, replace_node


@detector
def check(view: View, _ctx: Context) -> Issues:
    """Looks at the labels and annotations of an object, and of the pods it makes."""
    seen = set()
    for what, key, value in _pairs(view):
        if id(value) not in seen:  # an alias shares its values
            seen.add(id(value))
            yield from _issues(what, key, value)


def _pairs(view: View) -> Iterator[tuple[str, str, Node]]:
    for metadata in _metadata(view):
        for field, what in (("labels", "label"), ("annotations", "annotation")):
            found = metadata.get(field)
            if isinstance(found, MappingNode):
                for key, value in found.items():
                    yield what, key, value


def _metadata(view: View) -> Iterator[Node]:
    places: list[Node | None] = [view.at("metadata")]
    if isinstance(view, Workload) and view.template is not None:
        places += [view.template.node.get("metadata"), view.at("spec", "jobTemplate", "metadata")]
    yield from (place for place in places if place is not None)


def _issues(what: str, key: str, value: Node) -> Issues:
    if not isinstance(value, Scalar):
        yield Issue(value, "collection", what=what, key=key, kind="a map" if isinstance(value, MappingNode) else "a list")
        return
    read = value.value
    if read is None:
        yield Issue(value, "empty", what=what, key=key)
    elif not isinstance(read, str):
        kind = "true or false" if isinstance(read, bool) else "a number"
        issue = Issue(value, "scalar", what=what, key=key, value=value.source, kind=kind)
        # A tag outlives quotes, and an alias's value stands elsewhere.
        quotable = value.plain and not value.tagged and value.source == value.text
        yield issue.fix("quote the value", replace_node(value, f'"{value.source}"')) if quotable else issue
