"""Words of data status, catalogue and tables by choice, on figures written by hand."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db.models import Q

from kring.access.permissions import Permission
from kring.followup import definitions
from kring.followup.forms import Choice
from kring.followup.presenters import catalogue, exploring, status
from kring.followup.queries import DataStatus
from kring.jobs.models import Job
from tests.unit.followup.by_hand import DEFINITION, calculation, cell, indicator, row_of_years

ME = uuid4()


def actor(*permissions: Permission):
    return SimpleNamespace(person_id=ME, may=lambda permission: permission in permissions)


def found(*, under_way: Job | None = None, has_delivery: bool = True, made=None) -> DataStatus:
    return DataStatus([] if made is None else [made], under_way, has_delivery)


class TestDataStatus:
    @pytest.mark.parametrize(
        ("state", "has_delivery", "may_start"),
        [
            (None, True, True),
            (None, False, False),
            (Job.State.WAITING, True, False),
            (Job.State.RUNNING, True, False),
            (Job.State.FAILED, True, True),
            (Job.State.CANCELLED, True, True),
            (Job.State.FAILED, False, False),
        ],
    )
    def test_one_at_a_time_and_only_with_something_to_count(self, state, has_delivery, may_start):
        work = Job(state=state) if state else None
        assert found(under_way=work, has_delivery=has_delivery).may_start is may_start

    @pytest.mark.parametrize(
        ("started_by", "permissions", "is_linked"),
        [
            (ME, (Permission.SEE_JOBS,), True),
            (ME, (), False),
            (uuid4(), (Permission.SEE_JOBS,), False),
        ],
    )
    def test_only_one_s_own_work_is_linked_to_and_only_for_who_may_open_it(
        self, started_by, permissions, is_linked
    ):
        work = Job(state=Job.State.RUNNING, started_by=started_by)
        told = status.state(found(under_way=work), actor(*permissions))
        assert bool(told.working_href) is is_linked
        assert told.working == "Måtten räknas nu. Sidan visar de förra siffrorna tills det är klart."

    def test_nothing_under_way_says_nothing(self):
        told = status.state(found(), actor())
        assert (told.working, told.working_href, told.why_not) == ("", "", "")

    def test_nothing_counted_has_no_facts_and_no_tables(self):
        assert status.state(found(), actor()).facts == []
        assert status.tables(found()) == []
        assert status.earlier(found()) == []

    def test_each_table_has_its_rows_and_its_years(self):
        tables = [
            {"name": "contact", "rows": 1325060, "first_year": 2012, "last_year": 2024},
            {"name": "residence", "rows": 42623, "first_year": 1995, "last_year": 2042},
            {"name": "unheard", "rows": 1, "first_year": 2012, "last_year": 2012},
        ]
        contact, residence, unheard = status.tables(found(made=calculation(tables=tables)))
        assert contact["name"] == "Kontakter"
        assert contact["rows"].replace("\N{NARROW NO-BREAK SPACE}", " ") == "1 325 060"
        assert contact["years"] == "2012–2024"
        assert residence["years"] == ""
        assert unheard["name"] == "unheard"

    def test_earlier_calculations_are_told_by_when_and_what(self):
        (row,) = status.earlier(found(made=calculation()))
        assert row["when"] == "mån 16 nov 2026 kl. 10.00"
        assert (row["source"], row["version"]) == ("Regionens lager", "0123456789ab")


class TestCatalogue:
    @pytest.mark.parametrize(
        ("counted", "said", "is_linked"),
        [
            ({}, "Inte räknat ännu.", False),
            ({"a_b": 1}, "", True),
            ({"a_b": 3}, "Siffrorna är räknade med version 3.", True),
            ({"other": 1}, "Inte räknat ännu.", False),
        ],
    )
    def test_which_version_the_figures_are_of(self, counted, said, is_linked):
        (row,) = catalogue.rows({"a_b": DEFINITION}, counted, date(2026, 11, 16))
        assert (row.counted, bool(row.href), row.slug) == (said, is_linked, "a-b")

    @pytest.mark.parametrize(
        ("today", "is_due"),
        [(date(2027, 10, 31), False), (date(2027, 11, 1), True), (date(2030, 1, 1), True)],
    )
    def test_who_should_have_looked_again(self, today, is_due):
        (row,) = catalogue.rows({"a": DEFINITION}, {}, today)
        assert row.is_due is is_due

    def test_today_s_definitions_stand_by_name_and_are_whole(self):
        every = definitions.every()
        names = [one["name"] for one in every.values()]
        assert names == sorted(names)
        for one in every.values():
            assert set(DEFINITION) <= set(one)


class TestChoosing:
    PLACES = {"1490": "Borås"}

    def context(self, *cells, choice=None, query="", **definition):
        one = indicator(*cells, **definition)
        return exploring.context(one, choice or Choice("not_brought"), self.PLACES, query)

    @pytest.mark.parametrize(
        ("fields", "name"),
        [
            ({}, "2024"),
            ({"municipality": "1490"}, "2024, Borås"),
            ({"municipality": "1401"}, "2024, 1401"),
            ({"municipality": "protected"}, "2024, Skyddad ort"),
            ({"sex": "girl"}, "2024, Flickor"),
            ({"sex": "unknown"}, "2024, Okänt"),
            ({"municipality": "1490", "sex": "boy"}, "2024, Borås, Pojkar"),
            ({"age_band": "0-5"}, "2024, 0–5 år"),
        ],
    )
    def test_a_row_is_named_by_what_it_is_of(self, fields, name):
        (row,) = self.context(cell(2024, **fields))["rows"]
        assert row.label == name

    def test_the_newest_year_stands_first(self):
        rows = self.context(cell(2022), cell(2024), cell(2023))["rows"]
        assert [row.label for row in rows] == ["2024", "2023", "2022"]

    @pytest.mark.parametrize(("number", "shown", "said"), [(200, 200, False), (201, 200, True)])
    def test_a_long_table_says_that_it_is_cut(self, number, shown, said):
        told = self.context(*(cell(2024, municipality=str(code)) for code in range(number)))
        assert len(told["rows"]) == shown
        assert bool(told["told"]) is said

    @pytest.mark.parametrize(
        ("choice", "there_is"),
        [
            (Choice("a"), True),
            (Choice("a", municipality="alla"), True),
            (Choice("a", sex="girl"), True),
            (Choice("a", age_band="0-5"), False),
            (Choice("a", municipality="1490", sex="girl"), False),
        ],
    )
    def test_a_table_that_there_is_not_is_told_apart_from_one_where_all_is_hidden(self, choice, there_is):
        told = self.context(cell(2024, status="few"), choice=choice)
        assert (told["missing"] == "") is there_is
        if not there_is:
            assert (
                told["missing"] == "Måttet finns inte uppdelat så. Det finns för: hela regionen, kommun, kön."
            )

    @pytest.mark.parametrize(
        ("choice", "drawn"),
        [(Choice("a"), True), (Choice("a", year="2024"), False), (Choice("a", sex="alla"), False)],
    )
    def test_a_chart_is_of_the_region_over_the_years(self, choice, drawn):
        assert (self.context(*row_of_years([6.0] * 12), choice=choice)["chart"] is not None) is drawn

    @pytest.mark.parametrize("query", ["", "matt=a&kommun=alla"])
    def test_the_files_are_of_the_same_choice(self, query):
        hrefs = [one["href"] for one in self.context(query=query)["downloads"]]
        assert [href.partition("?")[2] for href in hrefs] == [query] * 3
        assert [href.partition("?")[0].rpartition(".")[2] for href in hrefs] == ["csv", "xlsx", "json"]

    @pytest.mark.parametrize(
        ("choice", "cells"),
        [
            (Choice("a"), Q(municipality="") & Q(sex="") & Q(age_band="")),
            (Choice("a", year="2024"), Q(year=2024) & Q(municipality="") & Q(sex="") & Q(age_band="")),
            (Choice("a", municipality="alla"), ~Q(municipality="") & Q(sex="") & Q(age_band="")),
            (Choice("a", sex="girl"), Q(municipality="") & Q(sex="girl") & Q(age_band="")),
        ],
    )
    def test_a_choice_names_its_cells(self, choice, cells):
        assert choice.cells() == cells
