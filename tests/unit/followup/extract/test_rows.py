"""A child's rows: each table from what Kring holds, boundaries first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.tables import TABLES, faults
from kring.followup.extract.rules.facts import Block, Flag, Relation, Said, Span, Visit
from kring.followup.extract.rules.rows import rows_of, standing
from tests.unit.followup.extract.making import (
    BORAS,
    CITY,
    DOCTOR,
    HABILITATION,
    MARK,
    NAMES,
    PRIMARY,
    PRIVATE,
    PSYCHIATRY,
    REGION,
    SCHOOL,
    SOCIAL,
    TERMS,
    TODAY,
    child,
    event,
    key,
    plan,
    table,
    terms,
    word,
)

DAY = date(2026, 3, 10)


class TestTheChildAndItsHome:
    @pytest.mark.parametrize(("sex", "told"), [("female", "girl"), ("male", "boy"), ("unknown", "unknown")])
    def test_who_it_is(self, sex, told):
        one = child(who={"sex": sex, "ended": DAY})
        assert table(one, "child") == [(date(2016, 3, 12), told, DAY, False)]

    def test_it_lives_where_the_register_says_since_anything_was_known(self):
        assert table(child(), "residence") == [(BORAS, date(2026, 1, 20), None)]

    def test_what_was_recorded_earlier_is_known_earlier(self):
        assert table(child(event("encounter", date(2024, 5, 1))), "residence")[0][1] == date(2024, 5, 1)

    def test_what_another_provider_wrote_is_not_known(self):
        assert table(child(event("encounter", date(2024, 5, 1), SCHOOL)), "residence")[0][1].year == 2026

    def test_nobody_lives_anywhere_before_its_birth(self):
        born = date(2026, 2, 1)
        assert table(child(who={"born": born}), "residence") == [(BORAS, born, None)]

    def test_a_move_ends_one_home_and_begins_another(self):
        moved = event("moved", DAY, data={"from_municipality": BORAS, "to_municipality": MARK})
        rows = table(child(moved, who={"municipality": MARK}), "residence")
        assert rows == [(BORAS, date(2026, 1, 20), date(2026, 3, 9)), (MARK, DAY, None)]

    def test_who_moves_out_of_the_region_lives_outside(self):
        moved = event("moved", DAY, data={"from_municipality": BORAS, "to_municipality": "0180"})
        assert table(child(moved), "residence") == [(BORAS, date(2026, 1, 20), date(2026, 3, 9))]

    def test_whom_the_register_places_nowhere_in_the_region_lives_outside(self):
        assert table(child(who={"municipality": "0180"}), "residence") == []
        assert table(child(who={"municipality": ""}), "residence") == []


class TestAProtectedChild:
    SHIELDED = {"protected": True}

    @pytest.mark.parametrize("code", [BORAS, MARK, ""])
    def test_it_lives_at_the_one_code_of_all_who_are(self, code):
        rows = table(child(who={"municipality": code} | self.SHIELDED), "residence")
        assert rows == [(TERMS.nowhere, date(2026, 1, 20), None)]

    def test_a_move_inside_the_region_leaves_no_trace(self):
        moved = event("moved", DAY, data={"from_municipality": BORAS, "to_municipality": MARK})
        assert len(table(child(moved, who=self.SHIELDED), "residence")) == 1

    def test_its_units_and_staff_have_words_that_nobody_else_s_rows_share(self):
        met = event("encounter", DAY, data={"resource": 1})
        text = {1: {"status": "finished", "participant": [{"individual": {"reference": "P/1"}}]}}
        shielded = child(met, who=self.SHIELDED, texts=text)
        also = child(met, who={"id": key("noa")} | self.SHIELDED, texts=text)
        open_ = child(met, texts=text)
        words = [{row[1], row[2]} for one in (shielded, also, open_) for row in table(one, "contact")]
        assert len(words) == 3
        assert len(set.union(*words)) == 6

    def test_its_own_contacts_at_one_unit_still_belong_together(self):
        days = [event("encounter", date(2026, 3, at), data={"resource": 1}) for at in (1, 2)]
        one = child(*days, who=self.SHIELDED, texts={1: {"status": "finished"}})
        assert len({row[1] for row in table(one, "contact")}) == 1

    def test_nothing_else_of_it_is_left_out(self):
        held = event("sip_need_identified", DAY, subject=plan().id)
        assert len(table(child(held, plans=[plan()], who=self.SHIELDED), "step")) == 1


ENCOUNTER = {"status": "finished", "class": {"code": "AMB"}}


class TestContacts:
    def met(self, unit=HABILITATION, **text):
        return child(event("encounter", DAY, unit, data={"resource": 1}), texts={1: ENCOUNTER | text})

    @pytest.mark.parametrize(
        ("unit", "level"), [(HABILITATION, "specialist"), (PSYCHIATRY, "specialist"), (PRIMARY, "primary")]
    )
    def test_what_another_system_recorded(self, unit, level):
        told = (DAY, word("unit", unit), None, level, "visit", "done", False)
        assert table(self.met(unit), "contact") == [told]

    def test_social_services_are_no_care(self):
        assert table(self.met(SOCIAL), "contact", terms(agreed=frozenset({CITY}))) == []

    @pytest.mark.parametrize(
        ("status", "told"),
        [
            ("done", "done"),
            ("missed", "no_show"),
            ("cancelled", "cancelled"),
            ("booked", None),
            ("agreed", None),
        ],
    )
    def test_a_visit_that_was_booked_in_kring(self, status, told):
        one = child(visits=[Visit(key("v"), HABILITATION, DAY, "video", status)])
        row = (DAY, word("unit", HABILITATION), None, "specialist", "video", told, True)
        assert table(one, "contact") == ([row] if told else [])

    def test_a_visit_to_which_the_child_was_not_brought(self):
        visit = Visit(key("v"), HABILITATION, DAY, "home", "booked")
        missed = event("visit_missed", DAY, subject=visit.id)
        assert [row[5] for row in table(child(missed, visits=[visit]), "contact")] == ["no_show"]

    def test_one_that_both_systems_tell_of_is_one_contact(self):
        one = self.met()
        one.visits.append(Visit(key("v"), HABILITATION, DAY, "on_site", "done"))
        one.visits.append(Visit(key("w"), HABILITATION, date(2026, 3, 11), "on_site", "done"))
        assert [row[0] for row in table(one, "contact")] == [DAY, date(2026, 3, 11)]

    def test_a_text_that_is_not_there_tells_of_no_contact(self):
        assert table(child(event("encounter", DAY, data={"resource": 9})), "contact") == []


def test_a_diagnosis_is_its_codes_and_where_it_was_made():
    code = {"system": "http://hl7.org/fhir/sid/icd-10-se", "code": "F84.0"}
    one = child(event("condition", DAY, data={"resource": 4}), texts={4: {"code": {"coding": [code]}}})
    assert table(one, "diagnosis") == [(DAY, "F840", word("unit", HABILITATION), False, True)]
    one.admissions.add(4)
    assert table(one, "diagnosis")[0][3] is True


class TestSteps:
    def test_all_of_one_plan_belong_together_and_those_of_another_do_not(self):
        first, second = plan("a"), plan("b", unit=PRIMARY)
        events = [
            event("sip_need_identified", DAY, subject=first.id),
            event("sip_summons_sent", date(2026, 3, 12), subject=first.id),
            event("sip_need_identified", DAY, subject=second.id),
        ]
        rows = table(child(*events, plans=[first, second]), "step")
        assert [(row[0], row[3]) for row in rows] == [
            (DAY, "plan_need_noted"), (DAY, "plan_need_noted"), (date(2026, 3, 12), "plan_summons_sent"),
        ]  # fmt: skip
        assert len({row[1] for row in rows}) == 2
        assert {row[2] for row in rows} == {"sip"}

    def test_a_plan_at_discharge_has_another_process(self):
        out = plan(kind="discharge")
        rows = table(child(event("sip_need_identified", DAY, subject=out.id), plans=[out]), "step")
        assert [row[2] for row in rows] == ["discharge"]

    def test_what_happens_around_a_plan_is_the_plan_s_unit_s_whoever_did_it(self):
        happened = event("sip_summons_sent", DAY, SCHOOL, subject=plan().id)
        assert table(child(happened, plans=[plan()]), "step")[0][4] == word("unit", HABILITATION)
        assert (
            table(child(event("sip_summons_sent", DAY, subject=plan().id), plans=[plan(unit=SCHOOL)]), "step")
            == []
        )

    @pytest.mark.parametrize(
        ("unit", "told", "process"),
        [
            (HABILITATION, "ndd", "ndd"),
            (PSYCHIATRY, "ndd", "ndd"),
            (PSYCHIATRY, "", "bup"),
            (HABILITATION, "", "other"),
            (HABILITATION, "Alva Berg", "other"),
        ],
    )
    def test_the_process_is_one_that_is_known_and_never_free_words(self, unit, told, process):
        rows = table(child(event("concern_raised", DAY, unit, data={"process": told})), "step")
        assert [row[2] for row in rows] == [process]

    def test_one_case_is_one_way_through_a_process(self):
        events = [
            event("concern_raised", DAY, data={"process": "ndd"}),
            event("assessment_started", DAY, data={"process": "ndd"}, hour=13),
            event("concern_raised", DAY, data={"process": "ndd", "pathway": "again"}, hour=14),
        ]
        cases = [row[1] for row in table(child(*events), "step")]
        assert cases[0] == cases[1] != cases[2]

    @pytest.mark.parametrize(
        ("issued", "told"),
        [("2026-03-02", date(2026, 3, 2)), ("", DAY), ("soon", DAY), ("2026-03-20", DAY), (None, DAY)],
    )
    def test_a_referral_counts_from_the_day_it_was_issued(self, issued, told):
        sent = event("referral_sent", DAY, data={"process": "ndd", "issued_on": issued})
        assert table(child(sent), "step")[0][0] == told

    def test_a_placement_is_withheld_until_examinations_are_noted_anywhere(self):
        """Or every placed child would look as if nobody had examined it."""
        placed = Span(key("p"), HABILITATION, "voluntary", DAY, None)
        seen = event("health_examined", date(2026, 3, 30), subject=placed.id)
        one = child(seen, placements=[placed])
        assert [row[3] for row in table(one, "step")] == ["health_examined"]
        rows = table(one, "step", terms(examined=True))
        assert sorted((row[0], row[3]) for row in rows) == [
            (DAY, "placed"),
            (date(2026, 3, 30), "health_examined"),
        ]
        assert len({row[1] for row in rows}) == 1


class TestWhatHasBeenCorrected:
    def test_a_correction_stands_in_the_place_of_what_it_corrects(self):
        wrong = event("concern_raised", DAY, data={"process": "ndd"})
        right = event("concern_raised", date(2025, 12, 30), data={"process": "ndd"}, corrects=wrong.id)
        assert [row[0] for row in table(child(wrong, right), "step")] == [date(2025, 12, 30)]
        again = event("concern_raised", date(2025, 12, 31), data={"process": "ndd"}, corrects=right.id)
        assert [row[0] for row in table(child(again, wrong, right), "step")] == [date(2025, 12, 31)]

    @pytest.mark.parametrize("kind", ["voided", "record_withdrawn"])
    def test_what_is_struck_out_is_gone(self, kind):
        wrong = event("concern_raised", DAY)
        assert table(child(wrong, event(kind, DAY, corrects=wrong.id)), "step") == []

    def test_what_is_voided_by_its_key_is_gone_and_a_key_of_nothing_harms_nobody(self):
        wrong = event("concern_raised", DAY)
        assert table(child(wrong, event("voided", DAY, data={"voids": str(wrong.id)})), "step") == []
        assert len(table(child(wrong, event("voided", DAY, data={"voids": "nothing"})), "step")) == 1

    def test_what_still_holds_is_told_in_the_order_it_happened(self):
        late, early = event("first_contact", DAY), event("concern_raised", date(2026, 1, 1))
        assert standing([late, early]) == [early, late]


class TestWhatHolds:
    def test_a_plan_from_its_establishment_to_its_end(self):
        done = plan(over=date(2026, 9, 1))
        one = child(event("plan_established", DAY, subject=done.id), plans=[done])
        assert table(one, "arrangement") == [
            (DAY, date(2026, 9, 1), "plan"), (done.need, date(2026, 9, 1), "coordination_need"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("changed", "judged"),
        [
            ({}, True),
            ({"by_staff": False}, False),
            ({"declined": True}, False),
            ({"unit": PRIMARY}, True),
            ({"unit": SCHOOL}, False),
        ],
    )
    def test_the_need_of_coordination_is_a_clinician_s_judgement(self, changed, judged):
        rows = table(child(plans=[plan(**changed)]), "arrangement", terms(agreed=frozenset({CITY})))
        assert rows == ([(date(2026, 3, 1), None, "coordination_need")] if judged else [])

    @pytest.mark.parametrize(
        ("role", "told"), [("named_care_contact", True), ("named_physician", False), ("coordinator", False)]
    )
    def test_a_named_care_contact_from_its_first_day_to_its_last(self, role, told):
        held = Span(key("c"), HABILITATION, role, DAY, date(2026, 6, 1))
        rows = table(child(contacts=[held]), "arrangement")
        assert rows == ([(DAY, date(2026, 6, 1), "care_contact")] if told else [])

    def test_support_from_the_municipality_only_when_it_has_agreed_to_be_counted(self):
        around = (Relation(SOCIAL, "social_support", DAY, None),)
        one = child(who={"relations": around})
        assert table(one, "arrangement") == []
        agreed = terms(agreed=frozenset({CITY}))
        assert table(one, "arrangement", agreed) == [(DAY, None, "municipal_support")]


class TestPromisesAndAnswers:
    def test_a_follow_up_that_was_promised(self):
        due, on = date(2026, 10, 1), date(2026, 3, 10)
        one = child(plans=[plan(planned=((due, on),), held=((date(2026, 9, 30), due),))])
        assert table(one, "deadline") == [(due, "plan_follow_up", True)]

    def test_nothing_is_promised_to_a_child_that_has_died(self):
        promised = plan(planned=((date(2026, 10, 1), DAY),))
        assert table(child(plans=[promised], who={"ended": date(2026, 9, 30)}), "deadline") == []
        assert len(table(child(plans=[promised], who={"ended": date(2026, 10, 1)}), "deadline")) == 1

    @pytest.mark.parametrize(
        ("read", "kept"), [(date(2026, 3, 10), True), (date(2026, 3, 11), False), (None, False)]
    )
    def test_an_answer_that_somebody_must_read_by_a_day(self, read, kept):
        assert table(child(flags=[Flag(HABILITATION, DAY, read)]), "deadline") == [
            (DAY, "monitoring_flag", kept)
        ]

    def test_one_whose_day_has_not_passed_is_not_told(self):
        assert table(child(flags=[Flag(HABILITATION, TODAY, TODAY)]), "deadline") == []

    @pytest.mark.parametrize(("face", "positive"), [(5, True), (4, True), (3, False), (1, False)])
    def test_one_of_the_two_best_faces_is_positive(self, face, positive):
        one = child(plans=[plan(said=(Said("child", DAY, face, None),))])
        assert table(one, "answer") == [(DAY, "listened", "child", positive)]

    def test_each_question_that_was_answered_is_a_row_and_one_left_empty_is_none(self):
        said = (Said("guardian", DAY, None, None), Said("guardian", DAY, 2, 5))
        rows = table(child(plans=[plan(said=said)]), "answer")
        assert rows == [(DAY, "listened", "guardian", False), (DAY, "helped", "guardian", True)]

    @pytest.mark.parametrize(("clear", "positive"), [("yes", True), ("little", False), ("no", False)])
    def test_whether_an_answer_became_clear_to_the_child(self, clear, positive):
        rows = table(child(event("answer_clear", DAY, data={"clear": clear})), "answer")
        assert rows == [(DAY, "understood", "child", positive)]


BLOCKS = {
    "its unit": (Block(HABILITATION, REGION, date.min, date.max), False),
    "another unit": (Block(PRIMARY, REGION, date.min, date.max), True),
    "its provider": (Block(None, REGION, date.min, date.max), False),
    "another provider": (Block(None, PRIVATE, date.min, date.max), True),
    "its unit, from the day after": (Block(HABILITATION, REGION, date(2026, 3, 11), date.max), True),
    "its unit, from that day": (Block(HABILITATION, REGION, DAY, date.max), False),
    "its unit, through the day before": (Block(HABILITATION, REGION, date.min, date(2026, 3, 9)), True),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_what_a_child_has_blocked_is_not_counted(name):
    block, told = BLOCKS[name]
    one = child(event("concern_raised", DAY), blocks=[block])
    assert bool(table(one, "step")) is told
    assert len(table(one, "child")) == 1, "the child itself is counted all the same"


def test_a_block_goes_by_the_day_it_was_written_down():
    late = event("concern_raised", date(2025, 1, 1), documented=DAY)
    assert table(child(late, blocks=[Block(HABILITATION, REGION, DAY, DAY)]), "step") == []


@pytest.mark.parametrize(
    ("unit", "agreed", "told"),
    [
        (HABILITATION, (), True),
        (SCHOOL, (), False),
        (SCHOOL, (CITY,), True),
        (DOCTOR, (CITY,), False),
        (None, (), False),
    ],
)
def test_another_provider_s_rows_go_out_when_it_has_agreed(unit, agreed, told):
    rows = table(child(event("concern_raised", DAY, unit)), "step", terms(agreed=frozenset(agreed)))
    assert bool(rows) is told


WORDS = st.sampled_from(["Alva Berg", "20160312-2386", "ndd", "yes", "whole", "2026-03-01", ""])
DATA = st.dictionaries(
    st.sampled_from(
        ["process", "pathway", "clear", "child_took_part", "issued_on", "voids", "from_municipality"]
    ),
    WORDS,
)
KINDS = [
    "concern_raised", "referral_sent", "sip_need_identified", "sip_meeting_held", "answer_clear", "moved",
    "voided", "followed_up", "visit_missed", "encounter",
]  # fmt: skip
EVENTS = st.builds(
    event,
    st.sampled_from(KINDS),
    st.dates(date(2024, 1, 1), TODAY),
    st.sampled_from([HABILITATION, PSYCHIATRY, SCHOOL, None]),
    st.integers(0, 23),
    data=DATA,
    subject=st.sampled_from([None, plan().id]),
)


@given(st.lists(EVENTS, max_size=8), st.booleans())
def test_whatever_has_happened_the_rows_keep_to_the_schema_and_hold_no_word_of_anybody(events, protected):
    one = child(*events, plans=[plan()], who={"protected": protected})
    data = {name: {column.name: [] for column in told.columns} for name, told in TABLES.items()}
    for name, row in rows_of(one, TERMS, NAMES):
        for column, value in zip(data[name].values(), row, strict=True):
            column.append(value)
    assert list(faults(data)) == []
    told = repr(data)
    assert "Alva" not in told
    assert "2386" not in told
    assert not any(str(known) in told for known in (one.person.id, plan().id, HABILITATION))


@given(st.lists(EVENTS, max_size=6, unique_by=lambda one: one.id))
def test_the_order_that_events_are_read_in_changes_nothing(events):
    there = list(rows_of(child(*events, plans=[plan()]), TERMS, NAMES))
    back = list(rows_of(child(*reversed(events), plans=[plan()]), TERMS, NAMES))
    assert there == back
