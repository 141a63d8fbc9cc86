"""What every template may use, and that what people wrote is never taken for markup."""

import pytest
from django.urls import NoReverseMatch
from django.utils import translation
from jinja2 import Environment

from kring.config.jinja import environment, url


@pytest.fixture(scope="module")
def env() -> Environment:
    return environment(autoescape=True)


def shown(env: Environment, template: str, **values: object) -> str:
    with translation.override("sv"):
        return env.from_string(template).render(values)


def test_what_people_wrote_is_never_markup(env):
    assert shown(env, "{{ x }}", x="<b>&") == "&lt;b&gt;&amp;"


def test_values_in_a_translated_text_are_no_markup_either(env):
    assert shown(env, '{{ _("Visar %(n)s av %(all)s", n=n, all=3) }}', n="<b>") == "Visar &lt;b&gt; av 3"


def test_lines_of_code_leave_no_empty_lines(env):
    assert shown(env, "<ul>\n  {% for n in x %}\n  <li>{{ n }}\n  {% endfor %}\n</ul>", x=[1, 2]) == (
        "<ul>\n  <li>1\n  <li>2\n</ul>"
    )


@pytest.mark.parametrize(("language", "words"), [("sv", "Om 3 dagar"), ("en", "In 3 days")])
def test_words_are_in_the_language_of_the_page(env, language, words):
    template = env.from_string('{{ ngettext("Om %(n)s dag", "Om %(n)s dagar", n, n=n) }} {{ language() }}')
    with translation.override(language):
        assert template.render(n=3) == f"{words} {language}"


def test_an_address_is_found_by_its_name_and_what_it_takes(env):
    assert shown(env, '{{ url("log-in") }}') == "/logga-in/"
    assert url("log-in") == "/logga-in/"


def test_an_address_that_is_not_there_stops_the_page(env):
    with pytest.raises(NoReverseMatch):
        shown(env, '{{ url("ingenstans") }}')


def test_a_file_is_found_by_its_name(env):
    assert shown(env, '{{ static("design/kring.css") }}') == "/static/design/kring.css"


@pytest.mark.parametrize(
    ("template", "sv", "en"),
    [
        ('{{ _("Logga ut") }}', "Logga ut", "Log out"),
        ('{{ _("Delas inte sedan %(day)s", day=3) }}', "Delas inte sedan 3", "Not shared since 3"),
        ("{{ _(word) }}", "Möten", "Meetings"),
    ],
)
def test_a_text_that_was_said_in_one_language_is_said_in_the_other_too(env, template, sv, en):
    page = env.from_string(template)
    for _ in range(2):
        for language, said in (("sv", sv), ("en", en)):
            with translation.override(language):
                assert page.render(word="Möten") == said


def test_a_text_without_places_keeps_its_percent_sign_as_one(env):
    assert shown(env, '{{ _("100 %% av %(n)s", n=2) }} {{ _("5 %%") }}') == "100 % av 2 5 %"


def test_values_are_said_anew_each_time(env):
    page = env.from_string('{{ _("Visar %(n)s av %(all)s", n=n, all=9) }}')
    with translation.override("sv"):
        assert [page.render(n=n) for n in (1, 2, "<i>")] == [
            "Visar 1 av 9",
            "Visar 2 av 9",
            "Visar &lt;i&gt; av 9",
        ]


def test_a_text_that_is_not_there_in_english_is_said_in_swedish(env):
    with translation.override("en"):
        assert env.from_string('{{ _("Ett ord som ingen har översatt") }}').render() == (
            "Ett ord som ingen har översatt"
        )
