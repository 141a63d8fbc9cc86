"""The whole log: many chains, found whole or not chain by chain, and proven against a seal kept elsewhere."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from kring.audit import queries
from kring.audit.chain import Fault
from kring.audit.commands import Act, record
from kring.audit.models import AccessLogRow, Action, ChainHead, Outcome
from tests.cast import NOW

CHAINS = (0, 1, 63)


@pytest.fixture
def log(db):
    """Three chains of three, two and one row: each new one is the shortest, so it is written to."""
    AccessLogRow.objects.all().delete()
    ChainHead.objects.all().delete()
    for chain, length in zip(CHAINS, (3, 2, 1), strict=True):
        ChainHead.objects.create(chain=chain)
        for _ in range(length):
            record([Act(at=NOW, action="read", person_id=uuid4(), rule="8.2.1", what="plan")])
    return AccessLogRow.objects.order_by("chain", "position")


def told() -> list[str]:
    return [str(fault) for fault in queries.faults()]


def test_each_chain_counts_for_itself(log):
    assert [(row.chain, row.position) for row in log] == [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (63, 1)]
    assert told() == []


@pytest.mark.parametrize(
    ("chain", "position", "change", "faults"),
    [
        (0, 2, {"reason": "x"}, ["chain 0, row 2: altered or moved"]),
        (1, 1, {"role": "x"}, ["chain 1, row 1: altered or moved"]),
        (63, 1, {"what": "x"}, ["chain 63, row 1: altered or moved"]),
        (63, 1, {"chain": 5}, ["chain 63, row 1: removed"]),
        (1, 2, {"position": 3}, ["chain 1, row 2: removed"]),
    ],
)
def test_a_fault_is_told_with_its_chain_and_no_other(log, chain, position, change, faults):
    AccessLogRow.objects.filter(chain=chain, position=position).update(**change)
    assert told() == faults


@pytest.mark.parametrize("chain", CHAINS)
def test_a_chain_that_is_gone_is_told_row_by_row(log, chain):
    gone = list(AccessLogRow.objects.filter(chain=chain).values_list("position", flat=True))
    AccessLogRow.objects.filter(chain=chain).delete()
    assert told() == [f"chain {chain}, row {position}: removed" for position in sorted(gone)]


def test_every_word_of_an_act_is_kept_as_it_was_said(log):
    act = Act(
        at=NOW,
        action=Action.EXPORT,
        outcome=Outcome.REFUSED,
        person_id=uuid4(),
        role="coordinator",
        unit_id=uuid4(),
        child_id=uuid4(),
        rule="8.3.1",
        purpose="quality",
        what="plan.pdf",
        object_id="42",
        reason="Ombedd",
    )
    before = AccessLogRow.objects.latest("pk").pk
    record([act])
    row = AccessLogRow.objects.get(pk__gt=before)
    assert {name: getattr(row, name) for name in vars(act)} == vars(act)
    assert str(row) == f"export plan.pdf at {row.chain}:{row.position}"
    assert told() == []


def test_what_is_not_said_of_an_act_is_care_and_allowed():
    act = Act(at=NOW, action="read", person_id=None, rule="r", what="w")
    assert (act.outcome, act.purpose) == ("allowed", "care")
    assert (act.role, act.object_id, act.reason, act.unit_id, act.child_id) == ("", "", "", None, None)


def test_a_new_row_goes_to_the_shortest_chain(log):
    record([Act(at=NOW, action="read", person_id=None, rule="r", what="w")])
    assert ChainHead.objects.get(chain=63).position == 2
    assert str(ChainHead.objects.get(chain=63)) == "63:2"


# Seals


def test_a_seal_has_the_place_and_digest_of_every_chain(log):
    last = {row.chain: row for row in log}
    assert queries.seal() == {str(chain): [last[chain].position, last[chain].digest] for chain in CHAINS}


def test_the_words_of_a_seal_are_sixteen_letters_of_what_it_says():
    words = queries.seal_words({"0": [1, "a"], "1": [2, "b"]})
    assert words == queries.seal_words({"1": [2, "b"], "0": [1, "a"]})
    assert len(words) == 16 and set(words) <= set("0123456789abcdef")
    others = [{"0": [2, "a"], "1": [2, "b"]}, {"0": [1, "c"], "1": [2, "b"]}, {"0": [1, "a"]}, {}]
    assert len({words, *map(queries.seal_words, others)}) == 5


@pytest.mark.parametrize(
    ("seal", "faults"),
    [
        ({}, []),
        ({"0": [0, ""]}, []),  # a chain that was empty then
        ({"0": [3, "right"], "1": [2, "right"]}, []),
        ({"0": [2, "right"]}, []),  # it has grown since
        ({"0": [3, "f" * 64]}, [(0, 3)]),
        ({"0": [4, "right"]}, [(0, 4)]),  # rows that were there then are gone
        ({"9": [1, "f" * 64]}, [(9, 1)]),
        ({"0": [4, "x"], "1": [2, "right"], "63": [2, "x"]}, [(0, 4), (63, 2)]),
    ],
)
def test_a_seal_of_then_against_the_log_of_now(log, tmp_path, seal, faults):
    digests = {(row.chain, row.position): row.digest for row in log}
    kept = {
        chain: [position, digests.get((int(chain), position), "lost") if digest == "right" else digest]
        for chain, (position, digest) in seal.items()
    }
    path = tmp_path / "seal.json"
    path.write_text(json.dumps(kept))
    assert list(queries.faults_against(path)) == [
        Fault(chain, position, "not what the seal says") for chain, position in faults
    ]


# The command


def run(*words: str) -> str:
    out = StringIO()
    call_command("audit", *words, stdout=out)
    return out.getvalue()


def test_a_whole_log_is_counted_and_its_seal_told(log):
    assert run("verify") == (f"The access log is whole: 6 rows. Seal: {queries.seal_words(queries.seal())}\n")


def test_every_fault_is_told_on_a_line_before_the_sum(log):
    AccessLogRow.objects.filter(position=1).update(reason="x")
    out = StringIO()
    with pytest.raises(CommandError, match=r"NOT whole: 3 fault\(s\)"):
        call_command("audit", "verify", stdout=out)
    assert out.getvalue().splitlines() == [f"chain {chain}, row 1: altered or moved" for chain in CHAINS]


def test_a_seal_is_read_out_and_written_when_a_file_is_named(log, tmp_path):
    path = tmp_path / "seal.json"
    words = queries.seal_words(queries.seal())
    assert run("seal") == run("seal", "--seal", str(path)) == f"Seal: {words}\n"
    assert json.loads(path.read_text()) == queries.seal()
    assert run("verify", "--seal", str(path)).endswith(f"Seal: {words}\n")


def test_only_a_log_can_be_verified_or_sealed(log):
    with pytest.raises(CommandError, match="invalid choice"):
        run("forget")
