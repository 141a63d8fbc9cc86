"""The two commands as the one who runs Kring meets them: what they print, and how they end."""

import io
import shutil
import sys

import pytest
from django.core.management import CommandError, call_command

from kring.audit.models import AccessLogRow
from kring.organisations.models import Assignment, Person, Region, Unit
from kring.organisations.region_files import DATA
from tests.unit.register.files import CHILD, EVERYTHING, STAFF, anna, assignment, file_of


def people(*given: str) -> tuple[str, str, str]:
    """What `people` prints, what it complains about, and how it ended badly (empty: well)."""
    return _called("people", *given)


def _called(*given: str) -> tuple[str, str, str]:
    out, err, ended = io.StringIO(), io.StringIO(), ""
    try:
        call_command(*given, stdout=out, stderr=err)
    except CommandError as error:
        ended = str(error)
    return out.getvalue(), err.getvalue(), ended


@pytest.fixture
def saved(tmp_path):
    """Writes lines to a file; answers with its name."""

    def write(*rows) -> str:
        (tmp_path / "people.csv").write_bytes(file_of(*rows).getvalue())
        return str(tmp_path / "people.csv")

    return write


def test_a_file_is_summed_up_kind_by_kind(cast, saved):
    out, err, ended = people(saved(*EVERYTHING))
    assert (err, ended) == ("", "")
    assert out.splitlines()[0] == "Personer:       1 nya, 0 ändrade, 0 avslutade, 0 oförändrade"
    assert len(out.splitlines()) == 6
    again = people(saved(*EVERYTHING))[0]
    assert again.splitlines()[0] == "Personer:       0 nya, 0 ändrade, 0 avslutade, 1 oförändrade"


def test_faulty_lines_stand_in_the_order_of_the_file_and_the_command_fails(cast, saved):
    out, err, ended = people(saved(assignment(key="ingen"), anna(number="1"), anna()))
    assert [line.split(":")[0] for line in err.splitlines()] == ["rad 2", "rad 3"]
    assert ended == "2 rader lästes inte in. Se raderna ovan."
    assert "1 nya" in out


def test_what_is_piped_in_is_read(cast, monkeypatch):
    class Piped:
        buffer = file_of(anna())

    monkeypatch.setattr(sys, "stdin", Piped)
    assert people("-")[2] == ""
    assert Person.objects.filter(subject="anna").exists()


def test_a_missing_file_and_an_empty_one_say_so(cast, saved, tmp_path):
    assert "finns inte" in people(str(tmp_path / "nej.csv"))[2]
    assert "finns inte" in people(str(tmp_path))[2]
    (tmp_path / "tom.csv").write_bytes(b"")
    assert people(str(tmp_path / "tom.csv"))[2] == "Ingenting lästes in. Filen är tom."


@pytest.mark.parametrize("day", ["i går", "2026-02-30", ""])
def test_a_day_that_is_none_is_asked_for_again(cast, saved, day):
    assert people(saved(anna()), f"--end-missing={day}")[2]
    assert not Person.objects.filter(subject="anna").exists()


def test_asked_to_end_it_says_how_many_or_why_none(cast, saved):
    people(saved(anna()))
    others = Assignment.objects.filter(unit__key="sas-bum-boras").count()
    out, _, ended = people(saved(anna(), assignment()), "--end-missing=2026-11-15")
    assert (f"{others} avslutade" in out, ended) == (True, "")
    err = people(saved(assignment(), anna(number="1")), "--end-missing=2026-11-15")[1]
    assert "Inget avslutades" in err


def test_the_words_that_permit_are_passed_on(cast, saved):
    people(saved(anna(protected="true")))
    assert people(saved(anna(protected="false")))[2]
    assert people(saved(anna(protected="false")), "--lift-protection")[2] == ""
    assert people(saved(anna(number="200403042385")), "--change-identity")[2] == ""


def test_nothing_that_is_printed_holds_a_number(cast, saved):
    rows = (*EVERYTHING, assignment(unit=CHILD), anna(key=STAFF), assignment(role=STAFF))
    assert not [number for number in (CHILD, STAFF) if number in "".join(people(saved(*rows)))]


@pytest.fixture
def folder(tmp_path):
    """A region's folder with the smallest region."""
    shutil.copy(DATA / "example_region.toml", tmp_path / "region.toml")
    return tmp_path


def changed(folder, old: str, new: str) -> None:
    file = folder / "region.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def region(folder) -> tuple[str, str]:
    out, _, ended = _called("region", str(folder))
    return out, ended


def test_a_new_region_is_told_table_by_table_and_a_second_time_nothing(db, folder):
    out, ended = region(folder)
    assert ended == ""
    assert out.splitlines() == [
        "Region: 1 nya, 0 ändrade",
        "Grupperingar: 1 nya, 0 ändrade",
        "Kommuner: 2 nya, 0 ändrade",
        "Förvaltningar: 1 nya, 0 ändrade",
        "Personuppgiftsansvariga: 3 nya, 0 ändrade",
        "Verksamheter: 5 nya, 0 ändrade",
    ]
    rows = AccessLogRow.objects.count()
    assert rows == 13
    assert region(folder) == ("Ingenting har ändrats.\n", "")
    assert AccessLogRow.objects.count() == rows


def test_what_changed_is_named_with_its_columns(db, folder):
    region(folder)
    changed(folder, "BUP Granvik", "Barnpsykiatrin i Granvik")
    out, _ = region(folder)
    assert out.splitlines() == [
        "Verksamheter: 0 nya, 1 ändrade",
        "  ändrad: Barnpsykiatrin i Granvik (name)",
    ]
    assert AccessLogRow.objects.filter(what="register.unit").count() == 6


def test_a_unit_that_is_gone_from_the_files_stays(db, folder):
    region(folder)
    text = (folder / "region.toml").read_text(encoding="utf-8")
    (folder / "region.toml").write_text(text[: text.rindex("[[unit]]")], encoding="utf-8")
    assert region(folder) == ("Ingenting har ändrats.\n", "")
    assert Unit.objects.filter(key="granvik-socialtjanst").exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('sector = "school"', 'sector = "skola"', "sector must be one of"),
        ('kind = "school"', 'kind = "grundskola"', "kind must be one of"),
        ('"Granviks skola"', '"' + "x" * 121 + '"', "longer than 120"),
        ('controller = "9901-social"', 'controller = "ingen"', "ingen"),
        ("[region]", "[regionen]", "missing"),
        ('code = "99"', "code = 99", "text in quotes"),
        ('code = "99"', 'code = "999"', "longer than 2"),
        ("[[unit]]", "[[unit", "region.toml"),
    ],
)
def test_a_row_that_cannot_be_used_stops_it_all(db, folder, old, new, says):
    changed(folder, old, new)
    out, ended = region(folder)
    assert out == ""
    assert says in ended
    assert not Region.objects.filter(code__startswith="99").exists()


def test_files_in_another_encoding_are_asked_for_anew(db, folder):
    text = (folder / "region.toml").read_text(encoding="utf-8")
    (folder / "region.toml").write_text(text, encoding="latin-1")
    assert "UTF-8" in region(folder)[1]
    (folder / "region.toml").write_text("\ufeff" + text, encoding="utf-8")
    assert region(folder)[1] == ""


@pytest.mark.parametrize("key", ["9901", "norrskog-vard", "granvik-skola"])
def test_a_region_cannot_take_over_another_region_s_rows(db, folder, key):
    region(folder)
    text = (folder / "region.toml").read_text(encoding="utf-8").replace('code = "99"', 'code = "98"')
    for mine in {"9901", "9902", "norrskog", "granvik"} - {key.partition("-")[0]}:
        text = text.replace(mine, mine[:2] + "x" + mine[3:])
    (folder / "region.toml").write_text(text, encoding="utf-8")
    assert "belongs to another region" in region(folder)[1]
    assert not Region.objects.filter(code="98").exists()


def test_a_folder_without_one_description_says_what_to_do(db, tmp_path, folder):
    shutil.copy(DATA / "example_region.toml", folder / "more.toml")
    assert "har 2" in region(folder)[1]
    assert region(folder / "more.toml")[1] == ""
    assert "har 0" in region(folder / "ingenting")[1]
