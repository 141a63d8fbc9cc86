"""The staircase: import contracts, and no module that imports itself the long way round."""

import configparser
import os
import subprocess
import sys

import grimp
import pytest

from tests.architecture.source import ROOT, SOURCE

CONTRACTS = ROOT / ".importlinter"


@pytest.fixture(scope="module")
def contracts() -> configparser.ConfigParser:
    parsed = configparser.ConfigParser()
    parsed.read(CONTRACTS)
    return parsed


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("kring", "synthetic", cache_dir=None)


def test_the_import_contracts_hold():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_no_contract_has_an_exception(contracts):
    assert not [name for name in contracts.sections() if contracts.has_option(name, "ignore_imports")]


def test_every_package_stands_on_a_floor(contracts):
    floors = contracts["importlinter:contract:floors"]["layers"]
    packages = {path.parent.name for path in SOURCE.glob("kring/*/__init__.py")}
    missing = {name for name in packages if f"kring.{name}" not in floors}
    assert not missing, f"give these packages a floor in .importlinter: {sorted(missing)}"


def test_every_domain_package_is_ordered_inside(contracts):
    containers = contracts["importlinter:contract:inside"]["containers"].split()
    with_commands = {path.parent.name for path in SOURCE.glob("kring/*/commands.py")}
    missing = {name for name in with_commands if f"kring.{name}" not in containers}
    assert not missing, f"add these to the contract 'inside': {sorted(missing)}"


def test_no_import_cycle(graph):
    cycles = [
        f"{module} → {imported}"
        for module in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(module))
        if graph.find_shortest_chain(importer=imported, imported=module)
    ]
    assert not cycles, "these imports close a circle:\n" + "\n".join(cycles)


def test_the_synthetic_region_knows_neither_django_nor_kring(graph):
    inside = {module for module in graph.modules if module.split(".")[0] == "synthetic"}
    reached = {imported for module in inside for imported in graph.find_modules_directly_imported_by(module)}
    assert not {module for module in reached if module.split(".")[0] in {"django", "kring"}}


def test_every_package_says_what_it_is_in_swedish_health_care():
    silent = []
    for path in sorted(SOURCE.glob("kring/**/__init__.py")):
        package = path.parent
        is_domain = (package / "models.py").exists() or (package / "models").is_dir()
        if is_domain and not path.read_text(encoding="utf-8").lstrip().startswith('"""'):
            silent.append(str(package.relative_to(ROOT)))
    assert not silent, f"no docstring in __init__.py: {silent}"
