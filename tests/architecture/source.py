"""How the house is measured: files, functions, models and calls, read from the source without running it."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"


def code_files() -> list[Path]:
    """The product's own Python, without migrations, which are written by a machine."""
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def test_files() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


def modules_named(*names: str) -> list[Path]:
    """Files of one kind: `views.py` and everything under `views/`."""
    return [path for path in code_files() if path.stem in names or set(names) & set(path.parts[:-1])]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, line: int = 0) -> str:
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{shown}:{line}" if line else str(shown)


def code_lines(path: Path) -> int:
    """Lines that say something: neither empty nor only a comment."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def functions_in(path: Path) -> Iterator[tuple[int, str]]:
    """Length without the docstring, and where, of every function."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node)
            yield length, f"{place(path, node.lineno)} {node.name}"


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1


def model_fields_in(path: Path) -> Iterator[tuple[int, str]]:
    """Number of database fields, and where, of every class that has any."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef):
            fields = sum(1 for statement in node.body if _is_field(statement))
            if fields:
                yield fields, f"{place(path, node.lineno)} {node.name}"


def _is_field(statement: ast.stmt) -> bool:
    if not (isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)):
        return False
    called = statement.value.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name.endswith("Field") or name == "ForeignKey"


def p90(values: Iterable[int]) -> int:
    ordered = sorted(values)
    return ordered[int(len(ordered) * 0.9)] if ordered else 0


def worst(rows: Iterable[tuple[int, str]], over: int, most: int = 8) -> str:
    """The rows above a limit, largest first, for a message that says what to mend."""
    found = sorted((row for row in rows if row[0] > over), reverse=True)
    return "".join(f"\n  {size:4}  {where}" for size, where in found[:most])


def manager_calls(path: Path) -> Iterator[tuple[str, int, str]]:
    """Model, line and method of every `Model.objects.method(...)`."""
    for node in ast.walk(tree_of(path)):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)):
            continue
        if node.value.attr in {"objects", "_default_manager", "_base_manager"}:
            owner = node.value.value
            yield getattr(owner, "id", getattr(owner, "attr", "?")), node.lineno, node.attr


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


NOT_OURS = {"var", "__pycache__"}


def text_files() -> list[Path]:
    """What the repository holds, as text; lists of checksums are digits by nature and left out."""
    paths = (path for path in sorted(ROOT.rglob("*")) if _is_ours(path.relative_to(ROOT)))
    return [path for path in paths if path.is_file() and path.suffix != ".lock" and _is_text(path)]


def _is_ours(path: Path) -> bool:
    hidden = {part for part in path.parts[:-1] if part.startswith(".")} - {".ci"}
    return not hidden and not NOT_OURS & set(path.parts)


def _is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096]
