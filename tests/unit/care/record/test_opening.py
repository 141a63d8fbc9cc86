"""Opening files: what is found in a folder, what is refused, what waits after an upload."""

import gzip
import io
import os
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from kring.care.record import incoming
from kring.care.record.reading.opening import digest_of_bytes, files_of, opened, unpacked
from kring.care.record.rules.faults import Fault, Refused


def fault_of(work) -> Fault:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.problem.fault


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    for name in ("b.json", "a.ndjson.gz", "sub/c.jsonl", "notes.txt", ".hidden.json", "d.JSON", "e.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [shown for shown, _ in files_of(str(tmp_path))] == [
        "a.ndjson.gz",
        "b.json",
        "d.JSON",
        "e.gz",
        "sub/c.jsonl",
    ]


def test_a_single_file_may_be_called_anything(tmp_path):
    (tmp_path / "notes.txt").touch()
    assert files_of(str(tmp_path / "notes.txt")) == [("notes.txt", tmp_path / "notes.txt")]


def test_what_is_not_there_is_refused(tmp_path):
    assert fault_of(lambda: files_of(str(tmp_path))) == Fault.NO_FILES
    assert fault_of(lambda: files_of(str(tmp_path / "none"))) == Fault.UNREADABLE_FILE
    assert fault_of(lambda: opened(tmp_path / "none").__enter__()) == Fault.UNREADABLE_FILE
    assert fault_of(lambda: opened(tmp_path).__enter__()) == Fault.UNREADABLE_FILE


@pytest.mark.parametrize("content", [b"x", b"x" * 1000, os.urandom(70_000)])
def test_content_comes_through_unchanged_and_the_digest_is_of_what_came(content):
    packed = io.BytesIO(gzip.compress(content))
    first = digest_of_bytes(packed)
    assert unpacked(packed, 100_000).read() == content
    assert first == digest_of_bytes(packed) != digest_of_bytes(io.BytesIO(content))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_limit_is_on_what_it_unpacks_to(pack):
    assert unpacked(io.BytesIO(pack(b"a" * 1000)), 1000).read() == b"a" * 1000
    assert fault_of(lambda: unpacked(io.BytesIO(pack(b"a" * 1001)), 1000).read()) == Fault.TOO_LARGE


def test_an_upload_waits_under_a_name_that_says_nothing(settings, tmp_path):
    settings.VAR = tmp_path
    name = incoming.keep(ContentFile(b"content", name="Alva Lindqvist.json"))
    assert [path.name for path in incoming.folder().iterdir()] == [str(name)]
    with incoming.find(name) as file:
        assert file.read() == b"content"
    incoming.remove(name)
    incoming.remove(name)
    with pytest.raises(FileNotFoundError):
        incoming.find(uuid4())


@pytest.mark.django_db
def test_the_command_says_in_words_what_it_needs(cast, settings, tmp_path):
    with pytest.raises(CommandError, match="mappen"):
        call_command("import_record", str(tmp_path))
    with pytest.raises(CommandError, match="går inte att öppna"):
        call_command("import_record", str(tmp_path / "none"))
    settings.DEMO = False
    with pytest.raises(CommandError, match="--unit"):
        call_command("import_record", str(tmp_path), source="new")
    with pytest.raises(CommandError, match="--unit"):
        call_command("import_record", str(tmp_path), source="new", unit="nowhere")


@pytest.mark.django_db
def test_the_command_lists_places_and_ends_in_failure_when_something_was_refused(cast, tmp_path):
    lines = "\n".join(['{"resourceType":"Basic"}'] + ["{}"] * 30)
    (tmp_path / "in.ndjson").write_text(lines)
    out, errors = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="lästes inte in"):
        call_command("import_record", str(tmp_path), stdout=out, stderr=errors)
    assert "in.ndjson: rad 2: Fältet resourceType saknas." in errors.getvalue()
    assert "… 10 till" in errors.getvalue()
    assert "Nya 1, ersatta 0, äldre 0, oförändrade 0, inte inlästa 30" in out.getvalue()
