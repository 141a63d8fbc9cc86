"""The plan on paper: tags for screen readers, what each version promises, who gets which, and the log."""

import hashlib
import io
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pypdf
import pytest
import typst
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kring import clock
from kring.access.actors import Actor
from kring.access.policy.plans import CONSENTED
from kring.audit.models import AccessLogRow, Action, Outcome
from kring.care.plans import queries
from kring.care.plans.models import Activity, Goal, Need, Plan, PlanParty, Summons
from kring.care.plans.pdf import make, rules
from kring.care.plans.pdf.child import drawings
from kring.care.plans.pdf.make import Version
from kring.children.models import Child, CloseRelation, Disclosure
from kring.demo import stories
from kring.design.paper import characters, typesetting
from kring.design.symbols import WORDS, word
from kring.organisations.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.any_database

FONTS = characters.FONTS
NAMES = ("Alva", "Berg", "Karin", "Lund", "Johan", "Åberg", "Maria")


class Papers:
    """Alva's plan, established, followed by a second version; and what comes out of it on paper."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.plan = Plan.objects.get(child__person__subject="alva")

    def content(self, actor: Actor) -> queries.PlanContent:
        plan = queries.plan_or_404(actor, self.plan.pk, what="test")
        return queries.content_of(actor, plan)

    def file(self, version: Version, subject: str = "karin", **more: bool) -> bytes:
        actor = self.cast.actor(subject)
        return make.paper(version, self.content(actor), actor, **more)

    def read(self, version: Version, subject: str = "karin", **more: bool) -> pypdf.PdfReader:
        return reader(self.file(version, subject, **more))

    def words(self, version: Version, subject: str = "karin", **more: bool) -> str:
        return words_of(self.read(version, subject, **more))

    def write(self, **fields: str) -> None:
        """Change the plan behind everyone's back."""
        Plan.objects.filter(pk=self.plan.pk).update(**fields)


def reader(file: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(file))


def words_of(pdf: pypdf.PdfReader) -> str:
    return plain("\n".join(page.extract_text() for page in pdf.pages))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\N{ZERO WIDTH SPACE}", "").replace("\N{SOFT HYPHEN}", ""))


def squeezed(text: str) -> str:
    """Without any space: where a line was broken is not the question."""
    return re.sub(r"\s+", "", plain(text)).replace("-", "")


def structure(pdf: pypdf.PdfReader) -> Iterator[pypdf.generic.DictionaryObject]:
    """Every element of the tag tree."""
    waiting = [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, pypdf.generic.ArrayObject) else [kids]
        found = (kid.get_object() for kid in kids)
        waiting += [kid for kid in found if isinstance(kid, pypdf.generic.DictionaryObject) and "/S" in kid]


def tags(pdf: pypdf.PdfReader) -> list[str]:
    return [str(element["/S"]) for element in structure(pdf) if "/S" in element]


def outline(pdf: pypdf.PdfReader) -> list[str]:
    def titles(level: list) -> Iterator[str]:
        for item in level:
            if isinstance(item, list):
                yield from titles(item)
            else:
                yield str(item.title)

    return list(titles(pdf.outline))


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Alva's story, told once for all tests here; each test is undone inside it, and it itself at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.frozen(Cast.now):
            stories.alva(stories.Teller(Cast.now))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def papers(told, cast) -> Papers:
    return Papers(cast)


@pytest.fixture
def open_pdf(papers, cast) -> Callable[..., object]:
    """Ask for a version as somebody in the cast."""

    def ask(subject: str, version: str = "", plan_id: UUID | None = None, role: str | None = None):
        client = cast.log_in(Client(), subject, role)
        kwargs = {"plan_id": plan_id or papers.plan.pk} | ({"version": version} if version else {})
        address = reverse("plan-pdf", kwargs=kwargs)
        if version != "family" or not cast.actor(subject, role).is_staff:
            return client.get(address)
        return client.post(address, HANDED | {"guardian": str(cast.guardian("maria").pk)})

    return ask


HANDED = {"tested": "on", "reason": "Inget som rör någon annan"}
"""The harm test of a copy for a guardian; test_hand_over holds it."""
every_version = pytest.mark.parametrize("version", list(Version), ids=str)


# Tags, language, title: what a screen reader stands on.


@every_version
def test_it_is_tagged_and_says_so(papers, version):
    root = papers.read(version).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is pypdf.generic.BooleanObject(True) or root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


@every_version
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_language_is_that_of_the_screen(papers, version, language):
    with translation.override(language):
        assert papers.read(version).trailer["/Root"]["/Lang"] == language


@every_version
def test_there_is_one_first_heading_and_no_level_is_skipped(papers, version):
    levels = [int(tag[2:]) for tag in tags(papers.read(version)) if re.fullmatch(r"/H\d", tag)]
    assert levels.count(1) == 1
    assert set(levels) <= {1, 2, 3}


@every_version
def test_every_heading_is_a_bookmark(papers, version):
    pdf = papers.read(version)
    headings = [tag for tag in tags(pdf) if re.fullmatch(r"/H\d", tag)]
    assert len(outline(pdf)) == len(headings)


def test_bookmarks_lead_through_the_whole_plan(papers):
    found = outline(papers.read(Version.PROFESSIONAL))
    for heading in ("Behov", "Mål och insatser", "Det lagen kräver", "De som är med", "Samtycke", "Möten"):
        assert heading in found


def test_tables_have_heads_that_are_tied_to_their_columns(papers):
    pdf = papers.read(Version.PROFESSIONAL)
    heads = [element for element in structure(pdf) if element.get("/S") == "/TH"]
    assert len(heads) >= 20
    scopes = {str(row["/Scope"]) for head in heads for row in attributes(head) if "/Scope" in row}
    assert scopes == {"/Column"}


def attributes(element: pypdf.generic.DictionaryObject) -> list[pypdf.generic.DictionaryObject]:
    found = element.get("/A", [])
    rows = found if isinstance(found, pypdf.generic.ArrayObject) else [found]
    return [row.get_object() for row in rows]


def test_every_picture_says_its_word(papers):
    figures = [one for one in structure(papers.read(Version.CHILD)) if one.get("/S") == "/Figure"]
    assert len(figures) >= 10
    known = {str(translated) for translated in WORDS.values()}
    assert all(str(figure["/Alt"]) in known for figure in figures)


def test_a_picture_without_words_is_never_made():
    """The standard refuses it, so nobody can forget."""
    with pytest.raises(typst.TypstError, match="alt"):
        typst.compile(
            b"#set document(title: \"x\")\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' "
            b'height=\'9\'/>"), format: "svg")',
            format="pdf",
            pdf_standards="ua-1",
        )


@every_version
def test_only_our_own_fonts_and_all_of_them_inside(papers, version):
    fonts = {}
    for page in papers.read(version).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0].get_object()
            fonts[str(font["/BaseFont"]).split("+")[-1]] = inner["/FontDescriptor"]
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in fonts.values())
    assert all(name.startswith(("SourceSans", "Lexend", "Noto")) for name in fonts), fonts


# Nothing of the child outside the pages themselves.


@every_version
def test_title_and_metadata_name_nobody(papers, version):
    pdf = papers.read(version)
    title = {"family": "Samordnad individuell plan (SIP) för familjen", "child": "Min plan"}
    assert pdf.metadata.title == title.get(version.value, "Samordnad individuell plan (SIP)")
    said = " ".join(map(str, pdf.metadata.values())) + pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert not [name for name in NAMES if name in said]


@every_version
def test_headers_name_nobody_and_let_nobody_keep_it(open_pdf, version):
    response = open_pdf("karin", version.value)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="plan-2026-11-16.pdf"'
    assert response.headers["Cache-Control"] == "no-store"
    assert not [name for name in NAMES if name in str(response.headers)]


def test_the_address_names_nobody(papers):
    address = reverse("plan-pdf", kwargs={"plan_id": papers.plan.pk, "version": "family"})
    assert address == f"/planer/{papers.plan.pk}/pdf/familj/"


# The frame of every page.


@every_version
def test_every_page_says_what_it_is_which_version_when_and_how_many(papers, version):
    pdf = papers.read(version)
    for number, page in enumerate(pdf.pages, 1):
        words = plain(page.extract_text())
        assert f"Sida {number} av {len(pdf.pages)}" in words
        for part in ("Samordnad individuell plan (SIP)", "Version 2", "16 november 2026"):
            assert part in words
        assert "Innehåller känsliga uppgifter" in words


def test_written_in_since_its_version_it_says_so(open_pdf, papers):
    assert "med senare ändringar" not in words_of(reader(open_pdf("karin", "family").content))
    papers.write(situation="Nu går det bättre.")
    assert "Version 2 med senare ändringar" in words_of(reader(open_pdf("karin", "family").content))


@every_version
def test_a_draft_says_that_it_does_not_hold(papers, version):
    assert "gäller inte" not in papers.words(version)
    papers.write(status="draft")
    for page in papers.read(version).pages:
        assert "Utkast – gäller inte" in plain(page.extract_text())


@pytest.mark.parametrize(
    ("status", "says"), [("ended", "Planen är avslutad."), ("declined", "Planen görs inte.")]
)
def test_a_plan_that_is_over_sets_no_new_day(papers, status, says):
    papers.write(status=status, declined_reason="Behövs inte")
    words = papers.words(Version.FAMILY)
    assert says in words
    assert "19 november" not in words


# What each version promises.


def test_the_professional_version_holds_the_whole_plan(papers):
    words = papers.words(Version.PROFESSIONAL)
    for part in (
        "Alva Berg",
        "12 mars 2016",
        "Jag vill berätta själv men först med bild.",
        "Alva har en språkstörning.",
        "Få vara med när klassen sjunger",
        "«Jag tränar på att berätta.»",
        "Alva berättar om något som har hänt",
        "Träna på att berätta med bilder.",
        "Sara Nyman, logoped",
        "Varje torsdag",
        "2026-11-26",
        "Biblioteket har sagostund",
        "Alva slutar svara och lägger sig",
        "Jag vill att det är bilder överallt.",
        "Alla är överens om bildstöd hela dagen.",
        "Hur har det gått med bilderna?",
        "Ny insats från logopeden",
    ):
        assert part in words


def test_each_part_says_whose_it_is(papers):
    """The unit that wrote it, and the authority or provider that answers for it."""
    words = papers.words(Version.PROFESSIONAL)
    assert "Personuppgiftsansvarig" in words
    assert squeezed("Albackeskolan Utbildningsnämnden i Borås") in squeezed(words)
    assert squeezed("Logopedmottagningen för barn, Borås Region Västra Götaland") in squeezed(words)


def test_the_four_statutory_items_stand_together(papers):
    words = papers.words(Version.PROFESSIONAL)
    for heading in (
        "Insatser som behövs",
        "Varje verksamhets ansvar",
        "Åtgärder av någon annan",
        "Övergripande ansvar",
    ):
        assert heading in words
    assert "Saknas:" not in words
    papers.write(needed_efforts="")
    assert "Saknas: vilka insatser som behövs" in papers.words(Version.PROFESSIONAL)


def test_consent_shows_who_answered_and_what_it_opens(papers):
    words = papers.words(Version.PROFESSIONAL)
    assert re.search(r"Maria Berg Ja Muntligt 2026-10-09 tills vidare", words)
    assert re.search(r"Albackeskolan Ja Ja", words)


def test_the_family_version_is_for_a_family(papers):
    words = papers.words(Version.FAMILY)
    for part in (
        "Det här är viktigt för mig",
        "Vem gör vad",
        "Jonas Fors, rektor",
        "26 november 2026",
        "Nästa uppföljning",
        "torsdag 19 november 2026",
        "Ring hit om du undrar",
        "Karin Lund, samordnare",
        "031-390 06 43",
        "Planen är barnets.",
    ):
        assert part in words
    for part in ("Personuppgiftsansvarig", "Samtycke Vem", "Det lagen kräver", "Alla är överens om bildstöd"):
        assert part not in words


def test_the_child_s_words_come_first(papers):
    for version in (Version.PROFESSIONAL, Version.FAMILY):
        words = papers.words(version)
        assert words.index("Jag vill berätta själv") < words.index("Alva har en språkstörning")
        assert words.index("Jag vill berätta själv") < words.index("Träna på att")


def test_the_child_s_version_is_a_child_s(papers):
    words = papers.words(Version.CHILD)
    for part in (
        "Min plan",
        "Viktigt för mig",
        "Det jag vill",
        "Vem: Sara",
        "Mina vuxna",
        "Då pratar vi igen",
    ):
        assert part in words
    for part in ("språkstörning", "Personuppgiftsansvarig", "Samtycke", "Berg", "031-"):
        assert part not in words


def test_our_own_lines_to_a_child_are_at_most_eight_words(papers):
    from kring.care.plans.pdf import child

    actor = papers.cast.actor("karin")
    content = papers.content(actor)
    lines = list(child._labels().values())
    lines += [child._status(status)["words"] for status in Goal.Status.values]
    lines += [row["words"] for row in child.sheet(content)["follow_up"]]
    assert not [line for line in lines for part in line.split("\n") if len(part.split()) > 8]


def test_the_child_s_version_is_large(papers):
    sizes = set()
    for page in papers.read(Version.CHILD).pages:
        body = []
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size, body=body: body.append((text.strip(), size, tm[5]))
        )
        sizes |= {round(size) for text, size, at in body if "Träna" in text or "Vem:" in text}
    assert sizes
    assert min(sizes) >= 11


def test_a_fold_stands_in_the_middle_of_each_sheet(papers):
    for page in papers.read(Version.CHILD).pages:
        assert "Vik här" in page.extract_text()
    assert "Vik här" not in papers.words(Version.FAMILY)


def test_goals_fit_two_to_a_sheet(papers):
    assert (Goal.objects.filter(plan=papers.plan).count(), len(papers.read(Version.CHILD).pages)) == (3, 4)
    Goal.objects.filter(plan=papers.plan, by_child=True).delete()
    assert len(papers.read(Version.CHILD).pages) == 3


@every_version
def test_it_can_be_read_in_english(papers, version):
    """Words that have a translation are translated; nothing breaks for those that have none."""
    with translation.override("en"):
        assert "16 November 2026" in papers.words(version)


# The same again, and how long it takes.


@every_version
def test_the_same_plan_on_the_same_day_is_the_same_file(papers, version):
    assert papers.file(version) == papers.file(version)


def test_another_day_is_another_file(papers):
    first = papers.file(Version.FAMILY)
    later = papers.cast.actor("karin", now=papers.cast.now + timedelta(days=1))
    assert make.paper(Version.FAMILY, papers.content(later), later) != first


@every_version
def test_it_is_made_while_you_wait(papers, version):
    actor = papers.cast.actor("karin")
    content = papers.content(actor)
    make.paper(version, content, actor)
    content.plan.what_matters = "Något helt nytt, så att inget är gjort i förväg."
    before = time.process_time()
    file = make.paper(version, content, actor)
    assert time.process_time() - before < 0.3
    assert len(file) < 200_000


# Text that looks like code is text.

HOSTILE = [
    '#import "common.typ": data',
    '#read("/etc/passwd") #sys.inputs',
    "$ x^2 $ och @etikett <etikett>",
    "] #panic() [",
    r"\ \u{41} \n back\\slash",
    "\"citat\" och 'enkla'",
    "= Rubrik == Två",
    "* fet * _kursiv_ `kod`",
    "// borta? /* också? */",
    "- ett + två / tre: fyra",
    "{{ mall }} {% if %} ${x}",
    "<script>alert(1)</script> & &amp;",
    "Zoë Ångström Źdźbło Ñandú Øyvind Þór",
    "Україна і Ελλάδα",
    "1 000 000 – 2½ × ≤ → ✓",
]


@every_version
def test_hostile_text_comes_out_as_it_was_written(papers, version):
    text = "\n".join(HOSTILE)
    Goal.objects.filter(plan=papers.plan).update(words=text, explanation=text)
    papers.write(what_matters=text)
    words = squeezed(papers.words(version))
    # Once in the child's words, and once for each of the two goals.
    assert {line: words.count(squeezed(line)) >= 3 for line in HOSTILE} == dict.fromkeys(HOSTILE, True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_alone_is_only_text(text):
    on = clock.day_of(Cast.now)
    file = make.preparation([(text, [("", text), ("draw", text)])], when=text, on=on)
    assert squeezed(words_of(reader(file))).count(squeezed(text)) == 4


OTHER_WRITING = ("نور فاطمة", "שלום", "ሰላም ኣለም", "สวัสดี", "Omar نور Ali")


@every_version
def test_other_writing_is_drawn_and_can_be_copied(papers, version):
    papers.write(what_matters="\n".join(OTHER_WRITING))
    words = papers.words(version)
    assert {char for text in OTHER_WRITING for char in text if char.isalpha()} - set(words) == set()
    assert characters.UNKNOWN not in words


@pytest.mark.parametrize("text", ["🐴 ❤️ 😀", "👩‍👩‍👧 och 👍🏽", "⭐ 🎉"])
def test_small_pictures_in_the_child_s_words_are_kept(papers, text):
    papers.write(what_matters=f"Jag gillar {text}")
    words = papers.words(Version.CHILD)
    first = next(char for char in text if ord(char) > 0x2000)
    assert first in words
    assert characters.UNKNOWN not in words


def test_what_no_font_can_draw_is_marked_and_said(papers):
    papers.write(what_matters="Jag heter 明.")
    words = papers.words(Version.FAMILY)
    assert f"Jag heter {characters.UNKNOWN}." in words
    assert "gick inte att skriva ut" in words
    papers.write(what_matters="Jag heter Ming.")
    assert "gick inte att skriva ut" not in papers.words(Version.FAMILY)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x00b\x07c", "abc"),
        ("rad ett\r\nrad två", "rad ett\nrad två"),
        ("en\ttabb", "en tabb"),
        ("\u202evänd\u202c", "vänd"),
        ("a\u0301", "á"),
        ("\ufeffstart", "start"),
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍👧", "👩👧"),
        ("\ud800", characters.UNKNOWN),
        ("", ""),
    ],
)
def test_marks_that_are_not_seen_are_gone_and_the_rest_stays(text, printed):
    assert characters.printable(text) == printed


def test_very_long_words_may_be_broken():
    printed = characters.printable("x" * 100)
    assert printed.replace("\N{ZERO WIDTH SPACE}", "") == "x" * 100
    assert max(map(len, printed.split("\N{ZERO WIDTH SPACE}"))) <= 24


@every_version
@pytest.mark.parametrize(
    "text", ["x" * 100_000, "Ett ord till #x $y$ @z ] \\ " * 4000], ids=["word", "words"]
)
def test_a_very_long_text_is_printed_whole_and_in_time(papers, version, text):
    papers.write(what_matters=text)
    before = time.process_time()
    pdf = papers.read(version)
    assert time.process_time() - before < 3
    assert len(pdf.pages) > 10
    assert sum(page.extract_text().count("x") for page in pdf.pages) >= text.count("x")


@every_version
def test_very_long_goals_are_made_in_time(papers, version):
    """Beside a picture in a grid they once took a quarter of a minute."""
    Goal.objects.filter(plan=papers.plan).update(words="Jag vill " * 12_000)
    before = time.process_time()
    assert len(papers.read(version).pages) > 20
    assert time.process_time() - before < 5


def test_words_of_many_lines_keep_their_lines(papers):
    papers.write(situation="Första raden.\n\nAndra raden.")
    pages = [page.extract_text() for page in papers.read(Version.FAMILY).pages]
    assert any(re.search(r"Första raden\.\s*\n\s*Andra raden\.", page) for page in pages)


def test_templates_read_data_and_never_run_it():
    for template in typesetting.HOUSE.rglob("*.typ"):
        source = template.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|\bread\(|#include|plugin\(", source), template.name


# Who gets which.

MATRIX = [
    ("karin", None, {"professional": 200, "family": 200, "child": 200}),
    ("sara", None, {"professional": 200, "family": 200, "child": 200}),
    ("jonas", None, {"professional": 200, "family": 200, "child": 200}),
    ("lena", "school_nurse", {"professional": 200, "family": 200, "child": 200}),
    ("lena", "guardian", {"professional": 404, "family": 404, "child": 404}),
    ("eva", None, {"professional": 200, "family": 200, "child": 200}),
    ("maria", None, {"professional": 403, "family": 200, "child": 403}),
    ("johan", None, {"professional": 403, "family": 200, "child": 403}),
    ("alva", None, {"professional": 403, "family": 403, "child": 200}),
    ("leila", None, {"professional": 404, "family": 404, "child": 404}),
    ("noa", None, {"professional": 404, "family": 404, "child": 404}),
    ("fatima", None, {"professional": 404, "family": 404, "child": 404}),
    ("ulla", None, {"professional": 404, "family": 404, "child": 404}),
    ("rune", None, {"professional": 403, "family": 403, "child": 403}),
    ("petra", None, {"professional": 403, "family": 403, "child": 403}),
    ("ann", None, {"professional": 403, "family": 403, "child": 403}),
]


@pytest.mark.parametrize(
    ("subject", "role", "expected"), MATRIX, ids=lambda value: value if isinstance(value, str) else ""
)
def test_role_by_version(open_pdf, subject, role, expected):
    found = {version: open_pdf(subject, version, role=role).status_code for version in expected}
    assert found == expected


@pytest.mark.parametrize(
    ("subject", "title"), [("karin", "Samordnad"), ("maria", "familjen"), ("alva", "Min plan")]
)
def test_without_a_version_one_gets_one_s_own(open_pdf, subject, title):
    assert title in reader(open_pdf(subject).content).metadata.title


def test_what_is_invisible_is_missing(open_pdf):
    invisible, missing = open_pdf("leila", "family"), open_pdf("leila", "family", plan_id=uuid4())
    assert (invisible.status_code, invisible.content) == (missing.status_code, missing.content)


def test_an_unknown_version_is_no_address(papers, cast):
    client = cast.log_in(Client(), "karin")
    assert client.get(f"/planer/{papers.plan.pk}/pdf/allt/").status_code == 404


def test_every_role_has_a_version_of_its_own():
    assert rules.versions_for("guardian") == (Version.FAMILY,)
    assert rules.versions_for("child") == (Version.CHILD,)
    assert rules.versions_for("coordinator") == tuple(Version)
    assert rules.refused("guardian", Version.FAMILY, whole=True) == ""
    assert rules.refused("guardian", Version.CHILD, whole=True) == rules.WRONG_VERSION
    assert rules.refused("physician", Version.PROFESSIONAL, whole=False) == ""
    assert rules.refused("physician", Version.FAMILY, whole=False) == rules.NOT_WHOLE


def close_to(papers: Papers, key: str) -> None:
    """End what was shared with a unit."""
    shared = Disclosure.objects.filter(subject=papers.plan.pk, unit__key=key)
    shared.update(ended_at=papers.cast.now - timedelta(hours=1))


def test_a_party_it_is_no_longer_shared_with_prints_its_own_items_only(open_pdf, papers):
    close_to(papers, "skola-boras-1")
    words = words_of(reader(open_pdf("jonas", "professional").content))
    assert "Bildschema på tavlan" in words
    assert "bara det som ni själva har bidragit med" in words
    for part in (
        "Träna på att berätta",
        "Jag vill berätta själv",
        "språkstörning",
        "Karin Lund",
        "Maria Berg",
    ):
        assert part not in words
    assert open_pdf("jonas", "family").status_code == 403
    assert open_pdf("jonas", "child").status_code == 403


# The log.


def printed() -> list[AccessLogRow]:
    """The rows of papers; that one is for a certain guardian has a row of its own, held by test_hand_over."""
    rows = AccessLogRow.objects.filter(action=Action.PRINT).exclude(what="plan.pdf.handed_over")
    return list(rows.order_by("pk"))


@every_version
def test_each_print_is_in_the_log(open_pdf, papers, cast, version):
    open_pdf("sara", version.value)
    (row,) = printed()
    sara = cast.actor("sara")
    assert (row.person_id, row.unit_id, row.child_id) == (sara.person_id, sara.unit_id, papers.plan.child_id)
    assert (row.what, row.object_id) == (f"plan.pdf.{version}", str(papers.plan.pk))
    assert (row.outcome, row.rule) == (Outcome.ALLOWED, CONSENTED.id)


def test_a_refused_version_is_in_the_log_with_its_rule(open_pdf, papers, cast):
    open_pdf("maria", "professional")
    (row,) = printed()
    assert (row.outcome, row.rule) == (Outcome.REFUSED, rules.WRONG_VERSION)
    assert (row.what, row.child_id) == ("plan.pdf.professional", papers.plan.child_id)


def test_a_refusal_of_what_is_invisible_is_no_print(open_pdf):
    open_pdf("leila", "family")
    assert not printed()
    assert AccessLogRow.objects.filter(outcome=Outcome.REFUSED, what="plan.pdf.family").count() == 1


@every_version
def test_a_mark_across_the_pages_leaves_the_tags_whole(papers, version):
    """A table that goes on over two pages once lost its structure to a mark in front of it."""
    pdf = papers.read(version, marked=True)
    assert "/Figure" in tags(pdf) or "/Table" in tags(pdf)
    assert all("Karin Lund måndag 16 november 2026" in plain(page.extract_text()) for page in pdf.pages)


def test_the_family_s_plan_is_one_sheet_printed_on_both_sides(papers):
    """As long as nobody of the family has added anything of its own."""
    for kind in (Goal, Activity, Need):
        kind.objects.filter(plan=papers.plan, unit=None).delete()
    CloseRelation.objects.filter(child=papers.plan.child).delete()
    assert len(papers.read(Version.FAMILY).pages) == 2


# Protected identity.


@pytest.fixture
def protected(cast) -> Plan:
    """A draft for Sigrid at Karin's unit, with pupil health as the other party and a summons."""
    karin, now = cast.actor("karin"), cast.now
    stamp = {"changed_at": now, "changed_by_id": karin.person_id}
    plan = Plan.objects.create(
        child=cast.child("sigrid"),
        unit_id=karin.unit_id,
        need_identified_on=karin.today,
        coordinator_id=karin.person_id,
        what_matters="Jag vill ha det lugnt.",
        **stamp,
    )
    lena = cast.lena
    PlanParty.objects.create(plan=plan, unit_id=karin.unit_id, contact=cast.karin, joined_at=now)
    PlanParty.objects.create(plan=plan, unit=cast.unit("elevhalsa-boras"), contact=lena, joined_at=now)
    Summons.objects.create(
        plan=plan, question="Hur går det?", place="Rum 4, Storgatan 1", starts_at=now, sent_at=now, **stamp
    )
    return plan


@pytest.fixture
def at_the_door(cast, protected) -> Client:
    """Karin, who has written why she opens Sigrid's pages."""
    client = cast.log_in(Client(), "karin")
    door = reverse("open-protected", kwargs={"child_id": protected.child_id})
    assert client.post(door, {"reason": "Förbereder mötet"}).status_code == 302
    return client


def paper_of(plan: Plan, version: str = "professional") -> str:
    return reverse("plan-pdf", kwargs={"plan_id": plan.pk, "version": version})


def test_a_protected_child_is_not_opened_without_the_door(cast, protected):
    response = cast.log_in(Client(), "karin").get(paper_of(protected))
    assert response.status_code == 302
    assert str(protected.child_id) in response.headers["Location"]
    assert not printed()


@every_version
def test_a_protected_child_s_plan_is_stopped_before_a_second_page(at_the_door, protected, version):
    response = at_the_door.get(paper_of(protected, version.value))
    page = response.content.decode()
    assert response.headers["Content-Type"].startswith("text/html")
    assert "Skriva ut trots skyddade personuppgifter" in page
    assert "Sigrid" not in page
    assert not printed()


@pytest.mark.parametrize("reason", ["", "   ", "ok", "x" * 201])
def test_without_a_reason_nothing_is_printed(at_the_door, protected, reason):
    response = at_the_door.post(paper_of(protected), {"reason": reason})
    assert response.headers["Content-Type"].startswith("text/html")
    assert "Det finns något att rätta" in response.content.decode()
    assert not printed()


def test_with_a_reason_it_is_printed_with_name_and_time_on_every_page(at_the_door, protected, cast):
    response = at_the_door.post(paper_of(protected), {"reason": "Lämnas på mötet"})
    assert response.headers["Content-Type"] == "application/pdf"
    pdf = reader(response.content)
    for page in pdf.pages:
        assert "Karin Lund måndag 16 november 2026 kl. 10.00" in plain(page.extract_text())
    (row,) = printed()
    assert (row.reason, row.rule, row.outcome) == ("Lämnas på mötet", "8.8.carried_out", Outcome.ALLOWED)
    assert row.child_id == protected.child_id


def test_the_paper_of_a_protected_child_hides_where_it_can_be_found(at_the_door, protected, cast):
    response = at_the_door.post(paper_of(protected), {"reason": "Lämnas på mötet"})
    words = words_of(reader(response.content))
    assert "Jag vill ha det lugnt." in words
    assert "Dolt" in words
    for part in (cast.unit("elevhalsa-boras").name, "Lena Ek", "Vera", "Borås stad"):
        assert part not in words


def test_a_protected_child_s_family_paper_hides_other_units_too(at_the_door, protected, cast):
    response = at_the_door.post(paper_of(protected, "family"), {"reason": "Lämnas på mötet"})
    words = words_of(reader(response.content))
    assert cast.unit("elevhalsa-boras").name not in words
    assert cast.unit("elevhalsa-boras").phone not in words or not cast.unit("elevhalsa-boras").phone


@pytest.mark.parametrize("subject", ["lena", "vera", "sara"])
def test_outside_the_group_the_plan_does_not_exist(cast, protected, subject):
    client = cast.log_in(Client(), subject)
    version = "family" if subject == "vera" else "professional"
    answers = [
        client.get(paper_of(protected, version)),
        client.get(reverse("plan-pdf", kwargs={"plan_id": uuid4(), "version": version})),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content


def test_a_protected_child_gets_no_paper_from_its_own_pages(cast, protected):
    response = cast.log_in(Client(), "sigrid").get(paper_of(protected, "child"))
    assert response.status_code == 403
    (row,) = printed()
    assert (row.outcome, row.rule) == (Outcome.REFUSED, "8.8.carried_out")


def test_protected_staff_stand_by_title_only(papers):
    Person.objects.filter(subject="sara").update(protected_identity=True)
    for version in Version:
        words = papers.words(version)
        assert "Nyman" not in words
        assert "Vem: Sara" not in words
    assert "Logoped" in papers.words(Version.PROFESSIONAL)


def test_a_partly_known_birth_date_is_only_its_year(papers):
    Child.objects.filter(pk=papers.plan.child_id).update(birth_precision="year")
    words = papers.words(Version.PROFESSIONAL)
    assert "12 mars 2016" not in words
    assert "Född 2016" in words


# «Mitt papper»: the child's preparation.

ANSWERS = [
    ("Det här är jag bra på", [("draw", "Rita"), ("", "Jag är snabb på Minecraft")]),
    ("Det här är svårt för mig", []),
]


@pytest.fixture
def my_paper(db) -> pypdf.PdfReader:
    today = clock.day_of(Cast.now)
    return reader(make.preparation(ANSWERS, when="På tisdag. Klockan 10.", on=today))


def test_the_child_s_own_paper_holds_what_it_answered(my_paper):
    words = words_of(my_paper)
    for part in (
        "Mitt papper",
        "På tisdag. Klockan 10.",
        "Rita",
        "Jag är snabb på Minecraft",
        "Jag hoppade över.",
    ):
        assert part in words
    assert my_paper.metadata.title == "Mitt papper"
    assert my_paper.trailer["/Root"]["/Lang"] == "sv"


def test_the_child_s_own_paper_speaks_its_pictures(my_paper):
    spoken = [str(one["/Alt"]) for one in structure(my_paper) if one.get("/S") == "/Figure"]
    assert word("draw") in spoken
    assert word("speech") in spoken


# Fonts and pictures.


def test_the_fonts_are_those_that_were_summed():
    for line in (FONTS / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest, name
    summed = {line.split()[1] for line in (FONTS / "SHA256SUMS").read_text().splitlines()}
    assert {path.name for path in FONTS.glob("*.ttf")} <= summed


def test_the_fonts_are_few_and_free():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "LICENSE.txt").read_text()
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) < 2_100_000


def test_swedish_and_its_neighbours_can_be_drawn():
    assert set("abcåäöÅÄÖéüøæß–«»”’…½€ščžłńęąďőűșțћђїґ") <= characters.drawable()


def test_every_symbol_can_be_drawn():
    found = drawings(WORDS)
    assert set(found) == set(WORDS)
    assert all(svg.startswith("<svg ") and svg.endswith("</svg>") for svg in found.values())


def test_templates_stand_beside_the_code():
    assert {path.stem for path in make.TEMPLATES.glob("*.typ")} >= {*Version, "preparation"}
