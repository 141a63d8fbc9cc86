"""The addresses of the plan's pages. Only opaque ids; no name and no number of anybody."""

from django.urls import path, register_converter

from .views import closure, consent, content, follow_up, meeting, own, plan, readers, summons, times

KINDS = {"behov": "need", "mal": "goal", "insats": "activity"}


class ItemKind:
    """The kind of an item: Swedish in the address, English in the code."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return KINDS[value]

    def to_url(self, value: str) -> str:
        return next(word for word, kind in KINDS.items() if kind == value)


register_converter(ItemKind, "item_kind")

urlpatterns = [
    path("barn/<uuid:child_id>/plan/", plan.plan_of_child, name="plan"),
    path("barn/<uuid:child_id>/plan/ny/", plan.start, name="plan-start"),
    path("planer/stangda/", own.closed, name="plans-closed"),
    path("planer/kopior/<uuid:copy_id>/", own.copy, name="plan-copy"),
    path("planer/<uuid:plan_id>/", plan.plan_page, name="plan-page"),
    path("planer/<uuid:plan_id>/besluta/", plan.accept, name="plan-accept"),
    path("planer/<uuid:plan_id>/gors-inte/", plan.decline, name="plan-decline"),
    path("planer/<uuid:plan_id>/skriv/<slug:part>/", plan.describe_part, name="plan-describe"),
    path("planer/<uuid:plan_id>/verksamheter/ny/", plan.add_party, name="plan-party-add"),
    path(
        "planer/<uuid:plan_id>/verksamheter/<uuid:unit_id>/lamna/", plan.leave_party, name="plan-party-leave"
    ),
    path(
        "planer/<uuid:plan_id>/verksamheter/<uuid:unit_id>/kontakt/",
        plan.name_contact,
        name="plan-party-contact",
    ),
    path("planer/<uuid:plan_id>/inget-just-nu/", plan.nothing_now, name="plan-nothing-now"),
    path("planer/<uuid:plan_id>/behov/nytt/", content.add_need, name="plan-need-add"),
    path("planer/<uuid:plan_id>/mal/nytt/", content.add_goal, name="plan-goal-add"),
    path("planer/<uuid:plan_id>/insatser/ny/", content.add_activity, name="plan-activity-add"),
    path("planer/ses-over/<uuid:row_id>/", readers.review, name="plan-review"),
    path("planer/behov/<uuid:need_id>/", content.change_need, name="plan-need"),
    path("planer/mal/<uuid:goal_id>/", content.change_goal, name="plan-goal"),
    path("planer/insatser/<uuid:activity_id>/", content.change_activity, name="plan-activity"),
    path("planer/ta-bort/<item_kind:kind>/<uuid:item_id>/", content.remove, name="plan-remove"),
    path("planer/<uuid:plan_id>/samtycke/", consent.consent, name="plan-consent"),
    path("planer/<uuid:plan_id>/samtycke/<slug:signer>/", consent.answer, name="plan-consent-answer"),
    path("planer/samtycke/<uuid:consent_id>/aterta/", consent.withdraw, name="plan-consent-withdraw"),
    path("planer/<uuid:plan_id>/faststall/", follow_up.establish, name="plan-establish"),
    path("planer/<uuid:plan_id>/versioner/", follow_up.version_list, name="plan-versions"),
    path("planer/<uuid:plan_id>/versioner/ny/", follow_up.new_version, name="plan-version-new"),
    path("planer/versioner/<uuid:version_id>/", follow_up.version, name="plan-version"),
    path("planer/<uuid:plan_id>/uppfoljning/", follow_up.follow_ups, name="plan-follow-ups"),
    path("planer/<uuid:plan_id>/uppfoljning/ny/", follow_up.follow_up, name="plan-follow-up"),
    path("planer/<uuid:plan_id>/uppfoljning/flytta/", follow_up.move_follow_up, name="plan-follow-up-move"),
    path(
        "planer/uppfoljning/<uuid:follow_up_id>/lasare/", readers.of_follow_up, name="plan-follow-up-readers"
    ),
    path("planer/<uuid:plan_id>/avsluta/", closure.close, name="plan-close"),
    path("planer/<uuid:plan_id>/avsluta/lasare/", readers.of_closure, name="plan-close-readers"),
    path("planer/<uuid:plan_id>/moten/", summons.meetings_of_plan, name="plan-meetings"),
    path("planer/<uuid:plan_id>/kalla/", summons.summon, name="summon"),
    path("moten/", summons.meetings, name="meetings"),
    path("moten/kallelser/<uuid:summons_id>/", summons.summons, name="summons"),
    path("moten/kallelser/<uuid:summons_id>/skriv/", summons.edit, name="summons-edit"),
    path("moten/kallelser/<uuid:summons_id>/kontrollera/", summons.check, name="summons-check"),
    path("moten/kallelser/<uuid:summons_id>/flytta/", summons.move, name="summons-move"),
    path("moten/kallelser/<uuid:summons_id>/stall-in/", summons.cancel, name="summons-cancel"),
    path("moten/kallelser/<uuid:summons_id>/borja/", meeting.start, name="meeting-start"),
    path("moten/kallelser/<uuid:summons_id>/tider/", times.times, name="summons-times"),
    path("moten/kallelser/<uuid:summons_id>/tider/fraga/", times.ask, name="summons-ask"),
    path("moten/kallelser/<uuid:summons_id>/tider/valj/", times.pick, name="summons-pick"),
    path(
        "moten/kallelser/<uuid:summons_id>/tider/ta-tillbaka/", times.withdraw, name="summons-times-withdraw"
    ),
    path("moten/tider/<uuid:invitation_id>/", times.answer, name="summons-times-answer"),
    path("moten/svar/<uuid:invitation_id>/", summons.answer, name="summons-answer"),
    path("moten/<uuid:meeting_id>/", meeting.meeting, name="meeting"),
    path("moten/<uuid:meeting_id>/efter/", meeting.after, name="meeting-after"),
    path("moten/<uuid:meeting_id>/lasare/", readers.of_meeting, name="meeting-readers"),
    path("skarmdelning/", meeting.hide_identity, name="hide-identity"),
]
