"""Facts on the plan and on what somebody does with it: start, write, share, by mandate or by machine."""

from dataclasses import replace

from kring.access.policy import plans
from kring.access.policy.consents import Matter
from kring.access.policy.family import FAMILY
from kring.access.policy.machine import MachineFacts
from kring.access.policy.parties import Sector
from kring.access.policy.plans import ConsentState, PlanAct, PlanView
from kring.access.policy.protected import Grade
from kring.access.policy.routes import LOOK_AND_SEARCH, Act, Asker, Side, Thing
from kring.access.policy.search import SearchFacts, Term
from kring.access.policy.sharing import Draft, Mandate, Report, Sharing, Writer, Writing
from kring.access.policy.staff import Block, WorkNeed

from .consenting import consent_state, signatures_are_there
from .family import family
from .question import Question, moment
from .staff import block_on, need
from .words import CARE_SECTORS, PARTIES, STAFF, ages, asker, disclosed_to, grade, party, side, staff


def plan_view(q: Question) -> PlanView:
    me = q.subject["party"]
    given = disclosed_to(q, me)
    part = plans.Part.SHARED_PLAN if q.resource["kind"] == Thing.PLAN else plans.Part.RECEIVED_COPY
    return PlanView(
        **staff(q),
        part=plans.Part.OWN_ITEM if side(q) is Side.OWN else part,
        contributed_by_own_unit=side(q) is Side.OWN,
        takes_part=bool(q.context["relation"]),
        draft=q.resource["state"] == "draft",
        disclosure_open=given,
        consent=consent_state(q, me),
        was_disclosed=given and rested_on_consent(q),
    )


def rested_on_consent(q: Question) -> bool:
    """Whether the disclosure was made before any consent behind it was taken back."""
    when = q.resource["shared_with"].get(q.subject["party"])
    taken_back = [one["withdrawn_at"] for one in q.context["consents"].values() if one["withdrawn_at"]]
    return all(moment(when) < moment(one) for one in taken_back)


PLAN_ACTS = {
    Act.REQUEST_PLAN: plans.Act.REQUEST,
    Act.START_PLAN: plans.Act.START,
    Act.SUMMON: plans.Act.SUMMON,
    Act.REFUSE_PLAN: plans.Act.REFUSE,
    Act.ESTABLISH_PLAN: plans.Act.ESTABLISH,
}


def plan_act(q: Question) -> PlanAct:
    # A shared plan is itself a matter of weight (8.6), whatever the question calls it.
    weighty = replace(q.about(Thing.PLAN), context={**q.context, "matter": Matter.SIGNIFICANT})
    there = signatures_are_there(weighty, q.resource["share_to"])
    return PlanAct(
        act=PLAN_ACTS[Act(q.action)],
        sector=party(q).sector,
        publicly_funded=True,
        under_plan_limit=ages(q).under_plan_limit,
        documented_reason=bool(q.context["documented_reason"]),
        four_items=q.resource["items_complete"] == 4,
        consent=ConsentState.IN_FORCE if there else ConsentState.NONE,
    )


def searching(q: Question) -> SearchFacts:
    in_care = asker(q) is Asker.CARE or q.subject["kind"] == "analyst"
    return SearchFacts(term=Term(q.context["search_by"]), in_health_care=in_care)


def sharing(q: Question) -> Sharing:
    receiver = q.resource["share_to"]
    to = PARTIES.get(receiver)
    report = q.resource["kind"] == Thing.CONCERN_REPORT
    return Sharing(
        **staff(q),
        own=side(q) is Side.OWN,
        takes_part=need(q) is not WorkNeed.NONE,
        concern_report=report,
        duty_to_report=report and to is not None and to.sector is Sector.SOCIAL_SERVICES,
        draft=q.resource["state"] == "draft",
        blocked=block_on(q) is not Block.NONE,
        child_protected=_stays_in_the_group(q),
        care_only=q.resource["visibility"] == "care_only",
        to_care=to is not None and to.sector in CARE_SECTORS,
        same_provider=to is not None and to.provider == party(q).provider,
        signatures=to is not None and signatures_are_there(q, receiver),
    )


def _stays_in_the_group(q: Question) -> bool:
    """A flag asks for a harm test before anything is given, and never a place; the stronger grade stays."""
    tested = q.context["harm_test"] == "passed" and not q.resource["names_place"]
    return grade(q) is not Grade.NONE and not (grade(q) is Grade.FLAG and tested)


WRITERS = {"child": Writer.CHILD, "guardian": Writer.GUARDIAN, **dict.fromkeys(STAFF, Writer.STAFF)}
FAMILIES_WRITE = {Thing.PLAN_ITEM, Thing.MESSAGE, Thing.MOOD_ANSWER, Thing.PREM_ANSWER}


def writing(q: Question) -> Writing:
    close = asker(q) is Asker.CLOSE
    return Writing(
        writer=WRITERS.get(q.subject["kind"], Writer.OTHER),
        **staff(q),
        own=not close and side(q) is Side.OWN,
        takes_part=need(q) is not WorkNeed.NONE,
        families_write=Thing(q.resource["kind"]) in FAMILIES_WRITE,
        opens_pages=close and FAMILY.decide(family(q), on=q.today).opens,
    )


def draft(q: Question) -> Draft:
    return Draft(draft=q.resource["state"] == "draft", own=side(q) is Side.OWN)


def report(q: Question) -> Report:
    return Report(**staff(q), handles=party(q).sector is Sector.SOCIAL_SERVICES)


def mandate(q: Question) -> Mandate:
    given = q.subject["mandate"]
    if given is None:
        return Mandate()
    summons = Act(q.action) in {Act.SUMMON, Act.START_PLAN}
    reads = Act(q.action) in LOOK_AND_SEARCH and q.resource["kind"] in given["may_read"]
    covers = given["may_summon_sip"] if summons else reads
    about_the_child = q.resource["kind"] == Thing.CHILD or Act(q.action) is Act.REQUEST_PLAN
    return Mandate(in_period=q.holds(given["from"], given["to"]), covers=bool(covers) or about_the_child)


def machine(q: Question) -> MachineFacts:
    scope = f"{q.resource['kind']}.{q.action}"
    return MachineFacts(
        authenticated=bool(q.subject["strong_auth"]),
        valid_today=q.holds(None, q.subject["client_valid_to"]),
        purpose_stated=True,
        scope_covers=scope in q.subject["scopes"],
        needs_active_choice=side(q) is Side.SAME_PROVIDER and Act(q.action) in LOOK_AND_SEARCH,
    )
