"""Every Swedish text of the pages into src/kring/locale, and the English of it ready to read.

Swedish stands in the source; English stands in one catalogue. Needs neither GNU gettext nor Babel:

    python -m tools.translations extract    collect the texts; new ones stand untranslated, old ones go
    python -m tools.translations compile    write the .mo file that Django reads
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from tools.environment import say

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from kring.access.policy.catalogue import rules  # noqa: E402
from kring.access.roles import ROLES  # noqa: E402

SOURCE = ROOT / "src" / "kring"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "Kring",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
SHOWN_OF_FILES = {
    "doors.toml": {"group": ["title", "lead"], "door": ["title", "who", "tries"]},
    "cast.toml": {"staff": ["title"]},
}
JINJA = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701


@dataclass(frozen=True)
class Text:
    """One Swedish text to translate: its words, its plural or context if it has one, and its file."""

    words: str
    place: str
    plural: str = ""
    context: str | None = None


def texts() -> list[Text]:
    """Every text of the source, in the order of the files."""
    found = [*from_tables()]
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            found += from_python(path.read_text(encoding="utf-8"), _place(path))
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        found += from_template(path.read_text(encoding="utf-8"), _place(path))
    return found


def from_python(code: str, place: str) -> Iterator[Text]:
    """The texts given to gettext's functions, whatever the module calls them by."""
    tree = ast.parse(code)
    named = _names(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = named.get(ast.unparse(node.func).rpartition(".")[2], "")
        words = [
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if called in SINGLE and words:
            yield Text(words[0], place)
        elif called in PLURAL and len(words) > 1:
            yield Text(words[0], place, plural=words[1])
        elif called in CONTEXT and len(words) > 1:
            yield Text(words[1], place, context=words[0])


def _names(tree: ast.AST) -> dict[str, str]:
    """What a module calls each of gettext's functions."""
    names = {name: name for name in SINGLE | PLURAL | CONTEXT}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {one.asname or one.name: one.name for one in node.names}
    return names


def from_template(page: str, place: str) -> Iterator[Text]:
    """The texts of one Jinja template; a text built while the page is shown cannot be found."""
    for _line, _function, words in extract_from_ast(JINJA.parse(page)):
        given = [one for one in (words if isinstance(words, tuple) else (words,)) if isinstance(one, str)]
        if given:
            yield Text(given[0], place, plural=given[1] if len(given) > 1 else "")


def from_tables() -> Iterator[Text]:
    """The texts that stand in tables and are translated where a page shows them: roles, rules and doors."""
    for role in ROLES.values():
        yield from (Text(words, "src/kring/access/roles.py") for words in (role.title, role.sentence))
    yield from (Text(rule.says, "src/kring/access/policy/catalogue.py") for rule in rules().values())
    for name, tables in SHOWN_OF_FILES.items():
        facts = tomllib.loads((SOURCE / "demo" / name).read_text(encoding="utf-8"))
        for table, columns in tables.items():
            given = [row[column] for row in facts[table] for column in columns if column in row]
            words = [one for cell in given for one in (cell if isinstance(cell, list) else [cell])]
            yield from (Text(one, f"src/kring/demo/{name}") for one in words)


def expected() -> polib.POFile:
    """The catalogue as the source wants it: every text once, with the files it stands in, untranslated."""
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = HEADER
    entries: dict[tuple[str | None, str], polib.POEntry] = {}
    for text in texts():
        key = (text.context, text.words)
        if key not in entries:
            entries[key] = polib.POEntry(msgid=text.words, msgctxt=text.context)
            catalogue.append(entries[key])
        entry = entries[key]
        if text.plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = text.plural, {0: "", 1: ""}
        if (text.place, "") not in entry.occurrences:
            entry.occurrences.append((text.place, ""))
        if "%(" in text.words and "python-format" not in entry.flags:
            entry.flags.append("python-format")
    return catalogue


def extract(path: Path = CATALOGUE) -> polib.POFile:
    """Write the catalogue anew with the translations it had; new texts stand empty, unused ones are gone."""
    known = {(one.msgctxt, one.msgid): one for one in polib.pofile(str(path))} if path.exists() else {}
    catalogue = expected()
    for entry in catalogue:
        old = known.get((entry.msgctxt, entry.msgid))
        if old is None:
            continue
        if entry.msgid_plural:
            entry.msgstr_plural = old.msgstr_plural or {0: old.msgstr, 1: old.msgstr}
        else:
            entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return catalogue


def compile_catalogue(path: Path = CATALOGUE) -> Path:
    """Write the .mo file beside the catalogue; its bytes depend on nothing but the catalogue."""
    target = path.with_suffix(".mo")
    polib.pofile(str(path)).save_as_mofile(str(target))
    return target


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main(arguments: list[str]) -> int:
    """Extract or compile; the number of texts without English is said, and named."""
    if arguments == ["extract"]:
        catalogue = extract()
        missing = [one for one in catalogue if not one.translated()]
        say(f"{len(catalogue)} texts, {len(missing)} without English.")
        for one in missing:
            say(f"  {one.occurrences[0][0]}: {one.msgid!r}")
        return 0
    if arguments == ["compile"]:
        say(f"Wrote {_place(compile_catalogue())}.")
        return 0
    say(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
