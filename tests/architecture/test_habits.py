"""Habits that import contracts cannot see: where rows are read and written, and names that say nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import source

WRITES = {"create", "bulk_create", "get_or_create", "update_or_create"}
# Files that turn input into calls and rows into words; none of them asks the database.
NEVER_ASKS = ("views", "forms", "presenters", "rules", "urls")
EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "general",
    "shared",
    "services",
    "signals",
    "v2",
}
# Commands of the terminal and the filling of the demo act for nobody; there is no reader to ask for.
AT_THE_EDGE = {"management", "demo"}
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")


def reads_in(path: Path) -> Iterator[str]:
    for model, line, method in source.manager_calls(path):
        if method not in WRITES:
            yield f"{source.place(path, line)} {model}.objects.{method}"


def test_views_forms_and_words_ask_no_database():
    found = [read for path in source.modules_named(*NEVER_ASKS) for read in reads_in(path)]
    assert not found, "ask in queries.py instead:\n" + "\n".join(found)


def test_the_portal_asks_only_through_queries():
    """Its pages compose what the packages' queries and commands give; it may name a table as a type."""
    found = [
        f"{source.place(path, line)} {model}.objects.{method}"
        for path in source.code_files()
        if "portal" in path.parts and not AT_THE_EDGE & set(path.parts)
        for model, line, method in source.manager_calls(path)
    ]
    assert not found, "compose queries of the packages instead:\n" + "\n".join(found)


def test_children_are_reached_through_the_gate():
    """Only the gate reads the table of children, and the one door through which messages leave."""
    inside = {"children", "access", "notifications"}
    found = [
        f"{source.place(path, line)} Child.objects.{method}"
        for path in source.code_files()
        if not (inside | AT_THE_EDGE) & set(path.parts)
        for model, line, method in source.manager_calls(path)
        if model == "Child" and method not in WRITES
    ]
    assert not found, "use gate.children_for or gate.child_or_404:\n" + "\n".join(found)


def care_functions(kind: str) -> list[tuple[Path, ast.FunctionDef]]:
    return [
        (path, function)
        for path in source.modules_named(kind)
        if "care" in path.parts
        for function in source.public_functions(path)
    ]


def keyword_only(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in function.args.kwonlyargs}


def test_every_care_query_says_who_reads():
    """Functions that are handed rows that came through the gate need not say it again."""
    silent = [
        f"{source.place(path, function.lineno)} {function.name}"
        for path, function in care_functions("queries")
        if ".objects." in ast.unparse(function)
        and "actor" not in keyword_only(function) | {argument.arg for argument in function.args.args}
    ]
    assert not silent, "a read without an actor cannot pass the gate:\n" + "\n".join(silent)


# Commands that are many transactions on purpose, and why.
PIECEWISE = {
    "take_in": "a delivery is taken in parcel by parcel, so that one bad entry does not stop the rest"
}


def commands() -> list[tuple[str, ast.FunctionDef]]:
    """Public functions that write; small questions beside them take their arguments by place."""
    return [
        (f"{source.place(path, function.lineno)} {function.name}", function)
        for path, function in care_functions("commands")
        if function.args.kwonlyargs or is_atomic(function)
    ]


def is_atomic(function: ast.FunctionDef) -> bool:
    return "atomic" in ast.unparse(function)


def test_every_care_command_says_who_writes():
    silent = [where for where, function in commands() if "by" not in keyword_only(function)]
    assert not silent, "a write needs a keyword-only by=:\n" + "\n".join(silent)


def test_every_care_command_stands_or_falls_as_a_whole():
    loose = [
        where for where, function in commands() if not is_atomic(function) and function.name not in PIECEWISE
    ]
    assert not loose, "change, event and log row belong in one transaction:\n" + "\n".join(loose)


def test_time_comes_from_the_one_clock():
    asked = re.compile(
        r"timezone\.now\(|timezone\.(localdate|localtime)\(\)|datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\("
    )
    found = [
        f"{source.place(path, number)} {line.strip()}"
        for path in source.code_files()
        if path.name != "clock.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asked.search(line)
    ]
    assert not found, "time enters through kring.clock:\n" + "\n".join(found)


def test_pure_decisions_ask_neither_clock_nor_database():
    found = [
        f"{source.place(path, node.lineno)} {ast.unparse(node)}"
        for path in source.modules_named("rules", "policy")
        for node in ast.walk(source.tree_of(path))
        if isinstance(node, ast.ImportFrom | ast.Import)
        and re.search(r"\bclock\b(?! import STOCKHOLM$)|django\.db|\.models\b", ast.unparse(node))
    ]
    assert not found, "a rule gets everything as arguments:\n" + "\n".join(found)


def test_no_module_has_an_empty_name():
    named = {part for path in source.code_files() for part in (path.stem, path.parent.name)}
    assert not named & EMPTY_NAMES, "name it after what it holds"


BY_NAME = re.compile(
    r"""order_by\([^)\n]*["']-?(?:\w+__)*(?:name|given_name|family_name)["']"""
    r"""|key=lambda (\w+): \1(?:\.\w+)*\.(?:name|given_name|family_name)\b"""
)


def test_names_stand_in_the_order_of_the_swedish_alphabet():
    """Å after Z, whichever database: `kring.design.alphabet`."""
    found = [
        source.place(path)
        for path in source.code_files()
        if not AT_THE_EDGE & set(path.parts)
        and any(BY_NAME.search(_without_swedish(line)) for line in path.read_text("utf-8").splitlines())
    ]
    assert not found, f"sort names with Swedish(...) or swedish(...): {found}"


def _without_swedish(line: str) -> str:
    return re.sub(r"[Ss]wedish\([^()]*\)", "", line)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('rows.order_by("name")', True),
        ('rows.order_by("birth_date", "-person__family_name", "pk")', True),
        ('rows.order_by(Swedish("name"), "pk")', False),
        ('rows.order_by("name_of_file")', False),
        ("sorted(units, key=lambda unit: unit.name)", True),
        ("sorted(units, key=lambda unit: swedish(unit.name))", False),
    ],
)
def test_what_sorts_names_otherwise_is_seen(line, wrong):
    assert bool(BY_NAME.search(_without_swedish(line))) == wrong


def test_nothing_happens_behind_the_reader_s_back():
    found = [
        source.place(path)
        for path in source.code_files()
        if any(name in path.read_text(encoding="utf-8") for name in SIGNALS)
    ]
    assert not found, f"no signals; call it where it happens: {found}"


def test_nothing_is_left_for_later():
    unfinished = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
    found = [
        source.place(path, number)
        for path in source.text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if unfinished.search(line)
    ]
    assert not found, f"finish it or file an issue: {found}"


FORBIDDEN_WORDS = ("ogiltig", "felaktig", "vänligen", "tyvärr", "oops")


def test_no_fixture_lives_as_long_as_a_package():
    """The folders of tests are no packages, so such a fixture would live as long as the run, and with it
    whatever it holds open: an outer transaction of one folder once stopped every test of threads after it.
    """
    scope = re.compile(r"""scope=["']package""")
    found = [path for path in source.test_files() if scope.search(path.read_text(encoding="utf-8"))]
    assert not [path for path in found if path.name != Path(__file__).name]


def test_screens_blame_nobody():
    """The words that ux forbids: they blame, excuse or say nothing."""
    shown = [path for path in source.code_files() if path.stem not in {"forbidden"}]
    shown += sorted(source.SOURCE.glob("kring/**/templates/**/*.html"))
    found = [
        f"{source.place(path, number)} {line.strip()}"
        for path in shown
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(re.search(rf"\b{word}", line, re.IGNORECASE) for word in FORBIDDEN_WORDS)
    ]
    assert not found, "say what is wrong and what to do:\n" + "\n".join(found)


def test_pages_carry_no_inline_style_or_script():
    """The strict content security policy would switch them off in the browser."""
    inline = re.compile(r"\sstyle=|\son[a-z]+=[\"']|<style|<script(?![^>]*\bsrc=)", re.IGNORECASE)
    found = [
        f"{source.place(path, number)} {line.strip()[:100]}"
        for path in sorted(source.SOURCE.glob("kring/**/templates/**/*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if inline.search(line)
    ]
    assert not found, "move it to a file in static/:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan.objects.filter(x=1)", 1),
        ("models.Plan.objects.get(pk=1)", 1),
        ("Plan.objects.create(x=1)", 0),
        ("plans_of(actor=actor)", 0),
    ],
)
def test_a_read_is_told_from_a_write(tmp_path, text, expected):
    path = tmp_path / "views.py"
    path.write_text(text)
    assert len(list(reads_in(path))) == expected
