"""A `kubectl` that answers from the recorded cluster beside it: as a program of its own, or in the process of a test."""

from __future__ import annotations

import json
import sys


class FailedError(Exception):
    """What kubectl says before it ends with 1; and what it printed before."""

    def __init__(self, words: str, printed: str = "") -> None:
        super().__init__(words)
        self.printed = printed


def answer(folder: str, arguments: list[str]) -> tuple[int, str, str]:
    """The exit code, and what goes to standard output and error; the call is noted in the folder."""
    with open(f"{folder}/calls.log", "a") as log:  # noqa: PTH123 - pathlib takes longer to load than all of this
        log.write(json.dumps(arguments) + "\n")
    with open(f"{folder}/cluster.json") as file:  # noqa: PTH123
        cluster = json.load(file)
    try:
        return 0, _printed(cluster, arguments), ""
    except FailedError as failure:
        return 1, failure.printed, f"{failure}\n"


def _printed(cluster: dict, arguments: list[str]) -> str:  # type: ignore[type-arg]
    options = dict(one.partition("=")[::2] for one in arguments if one.startswith("--"))
    words = [one for one in arguments if not one.startswith("--")]
    if words[:2] == ["config", "current-context"]:
        if not cluster["context"]:
            raise FailedError("error: current-context is not set")
        return f"{cluster['context']}\n"
    if options.get("--context", cluster["context"]) != cluster["context"]:
        raise FailedError(f'error: context "{options["--context"]}" does not exist')
    if words == ["version"]:
        client = {"clientVersion": {"gitVersion": "v1.34.1"}}
        if not cluster["version"]:
            words_of_it = "The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?"
            raise FailedError(words_of_it, json.dumps(client))
        return json.dumps({**client, "serverVersion": {"major": "1", "minor": "31+", "gitVersion": cluster["version"]}})
    if words == ["api-resources"]:
        lines = "".join(f"{name:34}{'   '.join(rest.split())}\n" for name, rest in cluster["resources"].items())
        if cluster["complaint"]:
            raise FailedError(cluster["complaint"], lines)
        return lines
    if words[0] != "get":
        raise FailedError(f"error: unknown command {words}")
    return _got(cluster, words[1], options)


def _got(cluster: dict, resource: str, options: dict[str, str]) -> str:  # type: ignore[type-arg]
    plural = resource.split(".")[0]
    if plural in cluster["forbidden"]:
        raise FailedError(f'Error from server (Forbidden): {resource} is forbidden: User "dev" cannot list resource "{plural}"')
    if plural in cluster["broken"]:
        raise FailedError(f"Error from server: conversion webhook for {resource} failed")
    if plural == "customresourcedefinitions":
        return json.dumps(cluster["crd"]) if cluster["crd"] else ""
    *_, namespaced, kind = cluster["resources"][plural].split()
    items = [one for one in cluster["items"] if one["kind"] == kind]
    if namespaced == "true" and "--namespace" in options:
        items = [one for one in items if one["metadata"]["namespace"] == options["--namespace"]]
    if "--field-selector" in options:
        items = [one for one in items if one["metadata"]["name"] == options["--field-selector"].partition("=")[2]]
    if "--output" in options:
        return json.dumps({"apiVersion": "v1", "kind": "List", "items": items, "metadata": {"resourceVersion": ""}})
    return "".join(_row(one, named=namespaced == "true" and "--all-namespaces" in options) + "\n" for one in items)


def _row(item: dict, *, named: bool) -> str:  # type: ignore[type-arg]
    about = item["metadata"]
    columns = [about["namespace"]] if named else []
    columns += [about["name"], *([item["type"]] if item["kind"] == "Secret" else []), str(len(item.get("data", ()))), "5d"]
    return "   ".join(columns)


if __name__ == "__main__":
    code, out, err = answer(sys.argv[0].rpartition("/")[0], sys.argv[1:])
    sys.stdout.write(out)
    sys.stderr.write(err)
    sys.exit(code)
