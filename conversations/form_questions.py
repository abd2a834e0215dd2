"""What is asked of an open form: its next question, the summary, which answer to change."""

from collections.abc import Iterable, Mapping

from conversations import forms
from conversations.asked import Asking
from conversations.forms import Question, QuestionType, Run
from conversations.messages import Choice, Line, Media, MediaKind, Say, Verbatim
from conversations.render.capabilities import CAPABILITIES
from conversations.render.catalogue import say
from conversations.session import FormDialogue, Place, Purpose
from conversations.steering.side_questions import BACK, LATER, SKIP, TALK
from conversations.turn import Turn
from conversations.vocabulary import Language
from conversations.voice.tracks import MOST_ALOUD, track_of

# How what is no words is sent.
SENT: Mapping[QuestionType, str] = {
    QuestionType.IMAGE: "answer.send_image",
    QuestionType.AUDIO: "answer.send_audio",
    QuestionType.VIDEO: "answer.send_video",
    QuestionType.FILE: "answer.send_file",
    QuestionType.PLACE: "form.send_place",
}

# Questions of steps that have a short name where their answers are read again.
SHORT = ("stage", "started_on", "ended_on", "occupation", "employer")


def form_question(turn: Turn, place: Place, dialogue: FormDialogue, language: Language) -> Asking:
    """What the place of this form asks."""
    run = turn.run(dialogue.filling, language)
    question = run.question() if place is Place.FORM and not settled(run, dialogue) else None
    if question is not None and question.readings:
        which = Say("answer.which_reading", {"n": len(question.readings)})
        readings = tuple(Choice(option.name, Verbatim(option.label)) for option in question.readings)
        return Asking((which,), readings, beside=_beside(dialogue, question))
    if question is not None:
        return _of_question(turn, dialogue, run, question, language)
    answered = [(path, _called(dialogue, path, label, language), said) for path, label, said in run.summary()]
    if place is not Place.CHANGE:
        listed = _listed(((label, answer) for _, label, answer in answered), language)
        more = _more(turn, run, dialogue)
        choices = (
            Choice("confirm", Say("form.right")),
            Choice("change", Say("form.change")),
            *more,
            Choice("drop", Say("form.drop")),
        )
        return Asking((Say("form.summary"), listed, Say("form.is_it_right")), choices)
    return Asking(
        (Say("form.which_answer"),),
        tuple(Choice(path, Verbatim(_answered(label, answer, language))) for path, label, answer in answered),
    )


def _called(dialogue: FormDialogue, path: str, label: str, language: Language) -> str:
    """What an answer is called where it is read again: of a step in a word or two, else by its question."""
    name = path.rpartition("/")[2]
    short = dialogue.purpose is Purpose.MILESTONE and name in SHORT
    return say(Say(f"summary.{name}"), language) if short else label


def _of_question(
    turn: Turn, dialogue: FormDialogue, run: Run, question: Question, language: Language
) -> Asking:
    """A question of a form; what is recorded of it in the person's track wins over the sheet's recording."""
    version, track = dialogue.filling.version_id, track_of(turn.snapshot.project, turn.track)
    key = f"{dialogue.filling.form_id}/{question.name}"
    notes = [f"{dialogue.filling.form_id}/{note.place.rpartition('/')[2]}" for note in run.ahead.notes]
    notes_aloud = tuple(each for note in notes for each in track.recording(note))
    few = len(question.options) <= MOST_ALOUD
    options = tuple(
        Choice(
            option.name,
            Verbatim(option.label),
            track.instead(f"{key}.{option.name}" if few else "", attached(option.media, version)),
        )
        for option in question.options
    )
    several = question.type in (QuestionType.SELECT_MULTIPLE, QuestionType.RANK)
    unasked = bool(dialogue.contact_id) and not dialogue.filling.trail
    later = (LATER,) if unasked and options and not several else ()
    return Asking(
        (*recap_lines(run, language), *_question_lines(question)),
        (*options, *later),
        several=several,
        note_media=notes_aloud or attached(question.note_media, version),
        media=track.instead(key, attached(question.media, version)),
        beside=_beside(dialogue, question),
    )


def _beside(dialogue: FormDialogue, question: Question) -> tuple[Choice, ...]:
    """The ways on beside the question: over it where it may be left out, around it for who is stuck at it."""
    if not question.required:
        return (SKIP,)
    if dialogue.stuck_at != question.path:
        return ()
    return (BACK, LATER, TALK) if dialogue.filling.trail else (LATER, TALK)


def _more(turn: Turn, run: Run, dialogue: FormDialogue) -> tuple[Choice, ...]:
    """What can still be added to a summary; a proof that was asked for already is not offered again."""
    if run.ahead.stop is not None:
        return (Choice("details", Say("form.details")),)
    proof = offers_proof(turn, dialogue) and not dialogue.in_detail
    return (Choice("details", Say("form.add_proof")),) if proof else ()


def settled(run: Run, dialogue: FormDialogue) -> bool:
    """Whether the form needs no further answer. A step is noted in a minute: what is optional can wait."""
    if run.ahead.stop is None:
        return True
    hurried = dialogue.purpose is Purpose.MILESTONE and not dialogue.in_detail
    return hurried and not dialogue.filling.asked and not run.needs_more()


def offers_proof(turn: Turn, dialogue: FormDialogue) -> bool:
    """Whether a proof may still be asked for: of a step, and where a file can be sent."""
    return dialogue.may_have_proof and not dialogue.proof and CAPABILITIES[turn.snapshot.channel].media


def _heading(question: str) -> str:
    """A question as the heading of its answer: without its question mark."""
    return question.rstrip(" \u00a0\u202f?؟:")


def _question_lines(question: Question) -> tuple[Line, ...]:
    notes = tuple(Verbatim(text) for text in question.notes)
    if question.type is QuestionType.REPEAT:
        another: Line = Say("form.another_turn_plain")
        if question.label:
            another = Say("form.another_turn", {"what": question.label})
        return (*notes, another)
    return (*notes, Verbatim(question.label or question.name), *_hint(question))


def says_how(question: Question | None, line: Line) -> bool:
    """Whether the question as it is asked tells already what this line tells."""
    if question is None or question.hint or not isinstance(line, Say):
        return False
    return SENT.get(question.type) == line.id


def _hint(question: Question) -> tuple[Line, ...]:
    """The sheet's hint; where it has none and something is to be sent, what, and that it may be left out."""
    if question.hint:
        return (Verbatim(question.hint),)
    if question.type not in SENT:
        return ()
    what = Say(SENT[question.type])
    return (what,) if question.required else (Say("form.or_skip", {"what": what}),)


def attached(media: Iterable[forms.Media], version_id: str) -> tuple[Media, ...]:
    """The files to send. A `big-image` only ever stands beside an `image` of the same, which is enough."""
    return tuple(
        Media(MediaKind(each.kind), version_id, each.name) for each in media if each.kind in set(MediaKind)
    )


def recap_lines(run: Run, language: Language) -> tuple[Line, ...]:
    """What was noted in the group that has just ended, where the sheet shows it on one screen."""
    answered = run.recap()
    if not answered:
        return ()
    return (Say("form.recap"), _listed(answered, language))


def _listed(answered: Iterable[tuple[str, str]], language: Language) -> Verbatim:
    return Verbatim("\n".join(f"• {_answered(label, answer, language)}" for label, answer in answered))


def _answered(label: str, answer: str, language: Language) -> str:
    """A question with its answer, on one line, as the language sets its colon."""
    return say(Say("form.answered", {"question": _heading(label), "answer": answer}), language)
