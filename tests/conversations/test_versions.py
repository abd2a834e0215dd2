"""Whatever is recorded, changed or taken back in whatever order: versions follow each other, none is lost."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import changes as did
from conversations.session import Place
from conversations.vocabulary import Stage, Verification
from tests.conversations.talking import Talk, participant

RECORD = [
    ("travail", "1", "mars 2026", "Couturière", "1"),
    ("formation", "J’ai commencé", "2026", "Cuisine", "1"),
    ("stage", "C’est terminé", "2024", "2025", "Accueil du public", "1"),
    ("activité", "Elle est déclarée", "05/2026", "Couscous", "1"),
    ("recherche travail", "J’ai postulé", "2026", "1"),
]
CHANGE = [
    ("j’ai perdu mon travail", "oui", "octobre 2026", "1"),
    ("j’ai fini ma formation", "oui", "octobre 2026", "1"),
    ("carnet", "1", "1", "1", "octobre 2026", "1"),
    ("carnet", "1", "2", "2", "novembre 2026", "1"),
    ("carnet", "1", "corriger une réponse", "2", "2", "avril 2026", "1"),
    ("carnet", "1", "retirer du carnet", "oui"),
    ("carnet", "1", "1", "retirer du carnet", "oui"),
    ("carnet", "1", "retirer du carnet", "non"),
    ("menu",),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*RECORD, *CHANGE]), max_size=8))
def test_versions_follow_each_other_without_a_gap(ways: list[tuple[str, ...]]) -> None:
    talk = participant()
    for said in ways:
        talk.later(hours=1).says("menu", *said, "menu")
        assert talk.where() is Place.HOME
    steps: dict[str, list[did.MilestoneRecorded]] = {}
    for change in talk.did(did.MilestoneRecorded):
        assert isinstance(change, did.MilestoneRecorded)
        steps.setdefault(change.milestone_id, []).append(change)
    for versions in steps.values():
        assert [one.version for one in versions] == list(range(1, len(versions) + 1))
        assert len({one.kind for one in versions}) == 1, "a step stays what it is"
        withdrawn = [one.verification is Verification.WITHDRAWN for one in versions]
        assert not any(withdrawn[:-1]), "what was taken back is changed no more"
        assert all(bool(one.ended_on) is (one.stage in (Stage.COMPLETED, Stage.STOPPED)) for one in versions)
    shown = {step.id: step.version for step in talk.snapshot.milestones}
    assert shown == {
        step_id: versions[-1].version
        for step_id, versions in steps.items()
        if versions[-1].verification is not Verification.WITHDRAWN
    }


def test_a_step_that_is_gone_meanwhile_is_recorded_anew_not_lost() -> None:
    talk: Talk = participant()
    talk.says(*RECORD[0])
    talk.says("carnet", "1")
    talk.taps("completed")
    talk.snapshot = replace(talk.snapshot, milestones=())
    talk.says("octobre 2026", "1")
    step = talk.did(did.MilestoneRecorded)[-1]
    assert (step.version, step.ended_on) == (1, "2026-10")
