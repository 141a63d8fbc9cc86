"""Makes static/design/kring.css from the used parts of Designsystemet and our own source files, and child.css
with what only the child's pages have beside it.

    python -m kring.design.build

No Node and no network: the parts are committed beside their licences and SHA256SUMS. The result is
committed too, so a running Kring never builds; a test fails when it is stale.
"""

import re
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static" / "design"
VENDOR = STATIC / "vendor"
TARGET = STATIC / "kring.css"
CHILD = STATIC / "child.css"
FIGURES = STATIC / "figures.css"

# The theme's scales and corners are used; its colours are ours (source/10-theme.css).
THEME_LAYERS = (
    "ds.theme.size-mode",
    "ds.theme.size",
    "ds.theme.semantic",
)
COMPONENTS = ("base", "button", "input", "label", "error-summary")
HEAD = (
    "/* Made by `python -m kring.design.build`: do not edit here. Contains parts of Designsystemet, "
    "(c) Digitaliseringsdirektoratet, MIT: see vendor/. */\n"
)


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Every top-level `@layer name { ... }` as (name, text), in order."""
    for start in re.finditer(r"^@layer ([\w.-]+) \{", css, re.MULTILINE):
        depth, at = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(css[at], 0)
            at += 1
        yield start.group(1), css[start.start() : at]


def smaller(css: str) -> str:
    """The same rules without comments and needless space. Spaces round + and - stay: calc() needs them."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r"([{;][\w-]+): ", r"\1:", css)
    return css.replace(";}", "}").strip()


def stylesheet() -> str:
    """The whole stylesheet every page links."""
    theme = (VENDOR / "designsystemet-theme" / "designsystemet.css").read_text("utf-8")
    parts = [text for name, text in blocks(theme) if name in THEME_LAYERS]
    for name in COMPONENTS:
        css = (VENDOR / "designsystemet-css" / f"{name}.css").read_text("utf-8")
        parts.append(f"@layer ds.components {{{css}}}")
    parts += [path.read_text("utf-8") for path in sorted((STATIC / "source").glob("*.css"))]
    return HEAD + "@layer ds.theme,ds.elements,ds.components;" + smaller("\n".join(parts)) + "\n"


def child_stylesheet() -> str:
    """What the child's pages link beside it."""
    return _apart("child")


def figures_stylesheet() -> str:
    """What pages with figures and charts link beside it."""
    return _apart("figures")


def _apart(folder: str) -> str:
    parts = [path.read_text("utf-8") for path in sorted((STATIC / "source" / folder).glob("*.css"))]
    return smaller("\n".join(parts)) + "\n"


if __name__ == "__main__":
    TARGET.write_text(stylesheet(), encoding="utf-8")
    CHILD.write_text(child_stylesheet(), encoding="utf-8")
    FIGURES.write_text(figures_stylesheet(), encoding="utf-8")
