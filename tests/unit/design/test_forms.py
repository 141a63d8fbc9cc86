"""Form macros: label, hint and error tied to the field; what people wrote is kept and stays text."""

from typing import Any

import pytest
from django import forms

from kring.design import gallery
from kring.design.fields import DayField
from kring.design.gallery import SampleForm


class Small(forms.Form):
    name = forms.CharField(
        label="Namn", help_text="Som på kortet.", error_messages={"required": "Skriv namnet."}
    )
    more = forms.CharField(label="Mer", required=False)
    day = DayField(label="Dag")
    pick = forms.ChoiceField(label="Val", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, initial="s")


def test_a_label_belongs_to_its_field(render: Any) -> None:
    read = render("{{ m.text(f.name) }}", "forms", f=Small())
    assert read.all("label")[0]["for"] == read.all("input")[0]["id"] == "id_name"
    assert read.all("input")[0]["aria-describedby"] == "id_name-hint"
    assert read.text == "Namn Som på kortet."


def test_an_optional_field_says_so(render: Any) -> None:
    assert render("{{ m.text(f.more) }}", "forms", f=Small()).text == "Mer (frivilligt)"


def test_an_error_is_tied_to_its_field(render: Any) -> None:
    read = render("{{ m.text(f.name) }}", "forms", f=Small({}))
    field = read.all("input")[0]
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_name-hint id_name-error"
    assert {"id_name-hint", "id_name-error"} <= {attrs.get("id") for attrs in read.all("p")}
    assert "Fel: Skriv namnet." in read.text


def test_what_was_written_is_kept_as_text(render: Any) -> None:
    read = render("{{ m.text(f.name) }}", "forms", f=Small({"name": '"><script>x</script>'}))
    assert read.all("input")[0]["value"] == '"><script>x</script>'
    assert read.all("script") == []


def test_a_hint_and_a_label_can_be_said_otherwise(render: Any) -> None:
    read = render("{{ m.text(f.name, hint='Hela namnet.', label='Vem?') }}", "forms", f=Small())
    assert read.text == "Vem? Hela namnet."


def test_keyboard_and_memory_help(render: Any) -> None:
    source = "{{ m.text(f.name, type='tel', inputmode='tel', autocomplete='tel', width='sm') }}"
    field = render(source, "forms", f=Small()).all("input")[0]
    assert (field["type"], field["inputmode"], field["autocomplete"]) == ("tel", "tel", "tel")


def test_a_group_is_a_fieldset_with_a_legend(render: Any) -> None:
    read = render("{{ m.radios(f.pick, hints={'b': 'Mer om b'}) }}", "forms", f=Small())
    assert len(read.all("fieldset")) == len(read.all("legend")) == 1
    first, second = read.all("input")
    assert (first["type"], first["value"], first["id"]) == ("radio", "a", "id_pick_0")
    assert "checked" not in first
    assert second["aria-describedby"] == "id_pick_1-hint"


def test_a_choice_made_is_shown(render: Any) -> None:
    read = render("{{ m.radios(f.pick) }}", "forms", f=Small({"pick": "b"}))
    assert [("checked" in field) for field in read.all("input")] == [False, True]


def test_several_choices(render: Any) -> None:
    form = SampleForm({"who": ["logoped"]})
    read = render("{{ m.checkboxes(f.who) }}", "forms", f=form)
    assert [(a["type"], "checked" in a) for a in read.all("input")] == [
        ("checkbox", False),
        ("checkbox", True),
    ]
    assert len({a["name"] for a in read.all("input")}) == 1


def test_a_day_has_three_labelled_boxes(render: Any) -> None:
    read = render("{{ m.date(f.day) }}", "forms", f=Small({"day_0": "31", "day_1": "feb", "day_2": "2026"}))
    boxes = read.all("input")
    assert [box["value"] for box in boxes] == ["31", "feb", "2026"]
    assert [label["for"] for label in read.all("label")] == [box["id"] for box in boxes]
    assert [box["name"] for box in boxes] == ["day_0", "day_1", "day_2"]
    assert "Ange ett datum som finns" in read.text


def test_the_summary_links_to_the_fields(render: Any) -> None:
    read = render(
        "{{ m.error_summary(f) }}{% for b in f %}{{ m.field(b) }}{% endfor %}", "forms", f=Small({})
    )
    links = [a["href"].removeprefix("#") for a in read.all("a")]
    ids = {attrs["id"] for _tag, attrs in read.tags if "id" in attrs}
    assert links == ["id_name", "id_day_0", "id_pick_0"]
    assert set(links) <= ids
    assert read.with_class("k-errors")[0]["tabindex"] == "-1"


def test_there_is_no_summary_without_errors(render: Any) -> None:
    assert render("{{ m.error_summary(f) }}", "forms", f=Small()).tags == []


def test_errors_of_the_whole_form_are_told(render: Any) -> None:
    form = Small({})
    form.add_error(None, "Välj minst en.")
    assert "Välj minst en." in render("{{ m.error_summary(f) }}", "forms", f=form).text


@pytest.mark.parametrize(
    ("name", "tag", "kind"),
    [
        ("title", "input", "text"),
        ("step", "select", ""),
        ("visible", "input", "radio"),
        ("who", "input", "checkbox"),
        ("text", "textarea", ""),
        ("paper", "input", "file"),
        ("sure", "input", "checkbox"),
        ("day", "input", "text"),
    ],
)
def test_field_picks_the_kind(name: str, tag: str, kind: str, render: Any) -> None:
    read = render("{{ m.field(f[n]) }}", "forms", f=SampleForm(), n=name)
    assert read.all(tag)[0].get("type", "") == kind
    assert len(read.all("label")) >= 1


def test_hidden_fields_stay_hidden(render: Any) -> None:
    (field,) = render("{{ m.hidden(f) }}", "forms", f=Small()).all("input")
    assert (field["type"], field["name"]) == ("hidden", "secret")
    assert render("{{ m.field(f.secret) }}", "forms", f=Small()).all("label") == []


def test_a_form_posts_and_leaves_checking_to_the_server(render: Any) -> None:
    read = render(
        "{% call m.form('/a/', submission='s1', files=True) %}{{ m.submit('Skicka frågan') }}{% endcall %}",
        "forms",
    )
    (form,) = read.all("form")
    assert (form["method"], form["action"], form["enctype"]) == ("post", "/a/", "multipart/form-data")
    assert "novalidate" in form
    assert read.all("input")[0] == {"type": "hidden", "name": "submission", "value": "s1"}
    assert read.text == "Skicka frågan"


def test_every_feeling_has_picture_and_word(render: Any) -> None:
    read = render("{{ m.faces(f.feeling) }}", "child_parts", f=SampleForm())
    pictures = [use["href"].partition("#")[2] for use in read.all("use")]
    assert pictures == ["feel-great", "feel-good", "feel-ok", "feel-sad", "feel-awful", "dont-want"]
    assert "Vill inte svara" in read.text
    assert [("checked" in field) for field in read.all("input")] == [False] * 6


def test_big_choices_show_pictures_by_value(render: Any) -> None:
    read = render(
        "{{ m.big_choices(f.part, pictures=p) }}", "child_parts", f=SampleForm(), p={"a-while": "a-while"}
    )
    assert [use["href"].partition("#")[2] for use in read.all("use")] == ["a-while"]
    assert len(read.all("input")) == len(gallery.TAKE_PART)


def test_listening_is_offered_only_by_the_script(render: Any) -> None:
    read = render("{{ m.listen('card-plan', 'Min plan') }}", "child_parts")
    (button,) = read.all("button")
    assert "hidden" in button
    assert (button["type"], button["data-speak"]) == ("button", "card-plan")
    assert read.text == "Lyssna : Min plan"


def test_a_picture_card_is_a_link_beside_its_button(render: Any) -> None:
    read = render(
        "{% call m.cards() %}{{ m.picture_card('/plan/', 'plan', 'Min plan') }}{% endcall %}", "child_parts"
    )
    assert [tag for tag, _attrs in read.tags if tag in {"ul", "li", "a", "button"}] == [
        "ul",
        "li",
        "a",
        "button",
    ]
    assert read.text.startswith("Min plan")


def test_where_the_child_is(render: Any) -> None:
    read = render("{{ m.step_header(3, 4) }}", "child_parts")
    assert read.text == "Steg 3 av 4"
    assert [li["data-state"] for li in read.all("li")] == ["done", "done", "now", "todo"]
