"""The parts import one way, stay small, and load only what a run needs."""

from __future__ import annotations

import ast
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import write_tree
from tests.engine.slips import SLIP

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kubelint_lb"
MODULES = sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.pyi")])
# From the bottom up: each may import those before it.
LAYERS = (
    "source", "cache", "render", "kube", "settings", "deploy", "cluster", "traffic", "controllers", "detectors", "catalogue",
    "config", "report", "engine", "output", "fleet", "lsp", "cli",
)  # fmt: skip
HEAVY = {
    "jsonschema", "referencing", "sarif_om", "attr", "rich", "pydantic", "pathspec", "email", "asyncio", "importlib.metadata",
}  # fmt: skip
DETECTORS = [path for path in MODULES if path.parent.parent.name == "detectors" and path.parent.name != "forms"]
# Most detectors take less than 80; those with several messages take more.
LONGEST, LONGEST_DETECTOR = 300, 120

each_module = pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in MODULES])


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported, wherever in the module, for type checkers too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            assert node.module is not None
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def own_imports(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line and parts, less the package's name, of what is imported from ourselves."""
    for line, name in imports(path):
        first, *rest = name.split(".")
        if first == "kubelint_lb":
            yield line, rest


def layer_of(path: Path) -> str:
    """The layer of a module, or its own name at the top of the package."""
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def test_every_folder_is_a_layer() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders == set(LAYERS)


@each_module
def test_imports_go_one_way(path: Path) -> None:
    layer = layer_of(path)
    if layer not in LAYERS:
        return
    allowed = {*LAYERS[: LAYERS.index(layer) + 1], "resources", "__version__"}
    assert [(line, ".".join(parts)) for line, parts in own_imports(path) if parts[0] not in allowed] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not even for the type checker: what cannot be read without the other is one module."""
    names = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in MODULES}
    below = {name: {".".join(parts[:-1]) for _, parts in own_imports(path)} & names.keys() for name, path in names.items()}
    while free := [name for name, needed in below.items() if not needed & below.keys() - {name}]:
        for name in free:
            del below[name]
    assert below == {}


@pytest.mark.parametrize("name", ["resources", "__init__"])
def test_what_stands_beside_the_layers_imports_none_of_them(name: str) -> None:
    """But for the public names, which are imported when somebody asks for them."""
    tree = parsed(PACKAGE / f"{name}.py")
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not [node for node in top if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kubelint_lb")]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in DETECTORS])
def test_detectors_know_only_their_api(path: Path) -> None:
    ours = {".".join(parts[:2]) for _, parts in own_imports(path)}
    assert ours <= {"detectors.api"}
    others = {name.split(".")[0] for _, name in imports(path)} - {"kubelint_lb"}
    assert others <= {"__future__", "collections", "dataclasses", "enum", "functools", "itertools", "re", "typing"}


@pytest.mark.parametrize(
    ("layer", "forbidden"),
    [
        ("engine", "ruamel"),
        ("engine", "_ruamel_yaml"),
        ("kube", "ruamel"),
        ("deploy", "ruamel"),
        ("traffic", "ruamel"),
        ("detectors", "ruamel"),
        ("output", "ruamel"),
        ("cli", "ruamel"),
        ("source", "jsonschema"),
        ("kube", "jsonschema"),
        ("engine", "typer"),
        ("output", "typer"),
        ("output", "kubelint_lb.source.node"),
        ("cli", "kubelint_lb.source.node"),
    ],
)
def test_what_a_layer_never_sees(layer: str, forbidden: str) -> None:
    """Only source/ reads YAML, only cli/ knows its framework, and findings reach outputs without nodes."""
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in MODULES
        if layer_of(path) == layer
        for line, name in imports(path)
        if name == forbidden or name.startswith(forbidden + ".")
    ]
    assert found == []


@each_module
def test_modules_stay_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= (LONGEST_DETECTOR if path in DETECTORS else LONGEST)


@each_module
def test_functions_stay_small(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONG.get(f"{path.stem}.{node.name}", 40), f"{path}:{node.lineno}: {node.name}"


# Longer ones, and why: an option a line; the inner loop of reading, where a call costs.
LONG = {"check.check": 70, "build._mapping": 60}


@each_module
def test_modules_are_named_after_what_they_know(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    if path.name != "__init__.py" or path.parent == PACKAGE:
        assert ast.get_docstring(parsed(path)), "what does it know, and why does it exist?"


@each_module
def test_only_the_command_line_prints_and_exits(path: Path) -> None:
    if layer_of(path) in {"cli", "__main__"}:
        return
    calls = [node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    names = {func.id for func in calls if isinstance(func, ast.Name)}
    assert not names & {"print", "exit", "quit", "eval", "exec", "compile", "__import__"}
    assert "sys.exit" not in {ast.unparse(func) for func in calls}


@each_module
def test_nothing_that_executes_what_it_reads_is_imported(path: Path) -> None:
    assert not {name.split(".")[0] for _, name in imports(path)} & {"pickle", "marshal", "shelve", "yaml", "runpy"}


# What a run loads


def loaded_by(code: str, *arguments: str) -> set[str]:
    """The modules that are loaded after some code has run in a fresh interpreter."""
    script = f"{code}\nimport sys, json; sys.stderr.write('MODULES' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    return set(json.loads(done.stderr.rpartition("MODULES")[2]))


def test_the_package_alone_loads_nothing_of_itself() -> None:
    own = {name for name in loaded_by("import kubelint_lb") if name.startswith("kubelint_lb")}
    assert own == {"kubelint_lb"}


def test_the_engine_loads_nothing_heavy() -> None:
    loaded = loaded_by("import kubelint_lb.engine.run")
    assert not loaded & {*HEAVY, "typer", "click", "kubelint_lb.output", "kubelint_lb.cli"}


@pytest.mark.parametrize("text", [SLIP.replace("1.10", "a"), SLIP], ids=["clean", "with a finding"])
def test_linting_a_file_loads_nothing_heavy(tmp_path: Path, text: str) -> None:
    write_tree(tmp_path, {"web.yaml": text})
    code = "import sys, kubelint_lb\nkubelint_lb.lint([sys.argv[1]])"
    loaded = loaded_by(code, str(tmp_path / "web.yaml"))
    assert not loaded & {*HEAVY, "typer", "click"}


def test_the_command_line_loads_nothing_heavy(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": SLIP})
    code = "from kubelint_lb.cli.main import main\nimport sys\ntry: main(['check', sys.argv[1]])\nexcept SystemExit: pass"
    loaded = loaded_by(code, str(tmp_path / "web.yaml"))
    assert not loaded & {*HEAVY, "typer", "click", "dataclasses", "inspect", "kubelint_lb.render.process"}
    assert "kubelint_lb.output.sarif" not in loaded


def test_help_is_of_typer() -> None:
    code = "from kubelint_lb.cli.main import main\ntry: main(['check', '--help'])\nexcept SystemExit: pass"
    loaded = loaded_by(code)
    assert "typer" in loaded
    assert "kubelint_lb.engine.run" not in loaded
    assert not any(name.startswith(("kubelint_lb.cluster", "kubelint_lb.engine.live")) for name in loaded)


def test_only_detectors_with_something_to_look_at_are_loaded(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": SLIP})
    loaded = loaded_by("import sys, kubelint_lb\nkubelint_lb.lint([sys.argv[1]])", str(tmp_path))
    families = {name.split(".")[2] for name in loaded if name.startswith("kubelint_lb.detectors.") and name.count(".") == 3}
    assert families == {"api_server", "forms", "manifest", "service"}


def test_the_names_of_the_detectors_api_are_where_it_says() -> None:
    """They are loaded when asked for; `api.pyi` says the same to type checkers."""
    from kubelint_lb.detectors import api

    stub = parsed(PACKAGE / "detectors" / "api.pyi")
    renamed = {ast.unparse(node.value): ast.unparse(node.targets[0]) for node in stub.body if isinstance(node, ast.Assign)}
    told = {
        renamed.get(str(alias.asname), alias.asname): (node.module, alias.name)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert sorted(map(str, told)) == dir(api)
    for name, (module, there) in told.items():
        assert getattr(api, str(name)) is getattr(importlib.import_module(str(module)), there)
