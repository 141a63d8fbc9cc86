"""«Vilka mötestider passar?»: a guardian says yes or no to each time, and later meets the call that came."""

import pytest

from kring.care.plans import commands as plans
from kring.care.plans.models import Invitation, TimeAnswer
from tests.own_pages import MEETING, fields_of
from tests.unit.portal.family.test_answers import errors_of


@pytest.fixture
def asked(scene):
    from datetime import timedelta

    karin = scene.act("karin")
    begun = plans.draft_summons(
        by=karin, plan_id=scene.plan.pk, question="Hur går det i skolan?", minutes=45, place="Rum 12",
        child_takes_part="a_while",
    )  # fmt: skip
    times = [MEETING, MEETING + timedelta(days=1)]
    return plans.ask_times(by=karin, summons_id=begun.pk, seen=begun.revision, times=times)


@pytest.fixture
def path(scene, asked):
    return f"/mina-sidor/{scene.child.pk}/kallelser/{asked.pk}/tider/"


def keys(asked):
    return [str(one.pk) for one in asked.proposed_times.order_by("starts_at")]


def send(client, path, **said):
    return client.post(path, fields_of(client.get(path).content.decode()) | said)


def mine(scene, asked):
    return Invitation.objects.get(summons=asked, guardian=scene.cast.guardian("maria"))


def test_home_leads_there_and_the_page_says_what_for_and_who_sees(scene, asked, path, maria, read):
    assert path in read(maria, f"/mina-sidor/{scene.child.pk}/")
    page = read(maria, path)
    for words in ("Hur går det i skolan?", "Rum 12", "Ingen tid är bestämd än.", "De som får frågan ser"):
        assert words in page
    assert 'type="radio"' in page
    assert " checked" not in page, "nothing is chosen beforehand"


def test_a_yes_and_a_no_are_kept_can_be_changed_and_leave_home(scene, asked, path, maria, read):
    one, two = keys(asked)
    half = send(maria, path, **{f"t-{one}": "yes"})
    assert errors_of(half.content.decode()) == ["Välj ja eller nej för varje tid."]
    assert not TimeAnswer.objects.exists()
    assert send(maria, path, **{f"t-{one}": "yes", f"t-{two}": "no"}).status_code == 302
    said = mine(scene, asked).time_answers.order_by("time__starts_at").values_list("can", flat=True)
    assert list(said) == [True, False]
    assert path not in read(maria, f"/mina-sidor/{scene.child.pk}/")
    assert "Du kan ändra ditt svar tills tiden är bestämd." in read(maria, path)
    send(maria, path, **{f"t-{one}": "no", f"t-{two}": "no"})
    assert not mine(scene, asked).time_answers.filter(can=True).exists()


def test_once_a_time_is_picked_the_page_is_the_call_and_who_could_comes(scene, asked, path, maria, read):
    one, two = keys(asked)
    open_page = fields_of(maria.get(path).content.decode())
    send(maria, path, **{f"t-{one}": "yes", f"t-{two}": "no"})
    plans.pick_time(by=scene.act("karin"), summons_id=asked.pk, seen=asked.revision, time_id=one)
    call = f"/mina-sidor/{scene.child.pk}/kallelser/{asked.pk}/"
    assert maria.get(path).headers["Location"] == call
    late = maria.post(path, open_page | {f"t-{one}": "no", f"t-{two}": "yes"})
    assert late.headers["Location"] == call, "sent after it was picked: to the call, and nothing changes"
    assert "Du svarade «Kommer»" in read(maria, call)
    assert mine(scene, asked).answer == "comes"


@pytest.mark.parametrize("said", ["maybe", "", "<script>"])
def test_nonsense_is_asked_again(asked, path, maria, said):
    one, two = keys(asked)
    assert send(maria, path, **{f"t-{one}": said, f"t-{two}": "no"}).status_code == 200
    assert not TimeAnswer.objects.exists()


def test_it_is_nobody_else_s(scene, asked, path, maria):
    other = path.replace(str(scene.child.pk), str(scene.cast.child("noa").pk))
    assert maria.get(other).status_code == 404
