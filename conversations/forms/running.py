"""A form being run within one step: its instance is built once, and moves on with each answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC

from conversations.answers.choose import Chosen
from conversations.answers.refusal import Ambiguous, Refusal
from conversations.forms.asking import Question, media_of_notes, worded, written_notes
from conversations.forms.checking import not_accepted, not_skipped, written
from conversations.forms.choices import Option
from conversations.forms.doubt import picked, tense_of, today_of, values_of, would_accept
from conversations.forms.errors import NothingToAsk
from conversations.forms.filling import Filling, Surroundings
from conversations.forms.fitting import fitting
from conversations.forms.form import Field, Form, QuestionType, Repeat
from conversations.forms.instance import Instance, instance_of
from conversations.forms.naming import named_within
from conversations.forms.places import near
from conversations.forms.preloads import preload
from conversations.forms.reading import value_as_read
from conversations.forms.recap import recap
from conversations.forms.submission import Submission, submitted
from conversations.forms.summary import summed_up
from conversations.forms.turns import TooManyTurns, counted, grown, run_actions
from conversations.forms.understand import Answer, understand
from conversations.forms.walk import MOST_TURNS, Next, Stop, is_note, next_stop, stops
from conversations.forms.wording import Media
from conversations.forms.years import asks_year, how_to_write_a_year, place_among, years_meant
from conversations.messages import Say

LONGEST_CHAIN = 20  # values that set values that set values


class Run:
    """One filling of a form; `filling` is what to store. A refusal changes nothing."""

    def __init__(self, form: Form, filling: Filling, surroundings: Surroundings) -> None:
        self.form = form
        self.filling = filling
        self.surroundings = surroundings
        self.instance = instance_of(form, filling, surroundings)
        self._ahead: Next | None = None

    @classmethod
    def begin(cls, form: Form, surroundings: Surroundings) -> "Run":
        """An empty filling, with all that is there from the start."""
        started = surroundings.now.astimezone(UTC).isoformat(timespec="seconds")
        run = cls(
            form, Filling(form.form_id, form.version_id, {}, (), started, surroundings.seed), surroundings
        )
        preload(run.instance, "/")
        for action in form.actions:
            for place in run.instance.places.get(action.path, ()):
                run_actions(run.instance, (action,), place)
        run.instance.refresh(set(), fresh="/")
        run._keep(grown(run.instance, run.filling, counted(run.instance)), ())
        return run

    @property
    def ahead(self) -> Next:
        """What comes next."""
        if self._ahead is None:
            self._ahead = next_stop(self.instance, self.filling)
        return self._ahead

    def question(self) -> Question | None:
        """The question to ask now; None when the form is complete."""
        question = worded(self.instance, self.ahead)
        if question is None:
            return None
        recapped, readings = self.recap(), self._readings()
        return replace(question, recap=recapped, readings=readings) if recapped or readings else question

    def needs_more(self) -> bool:
        """Whether a question is left that must be answered; one more turn of a repeat counts as one."""
        passed = set(self.filling.trail)
        return any(
            isinstance(stop.item, Repeat) or self.instance.holds(stop.item.required, stop.place)
            for stop in stops(self.instance)
            if stop.place not in passed and not is_note(self.instance, stop)
        )

    def recap(self) -> tuple[tuple[str, str], ...]:
        """Question and answer of the group shown on one screen that has just ended, if one has."""
        return recap(self.instance, self.filling.trail, self.ahead.stop)

    def closing_notes(self) -> tuple[str, ...]:
        """The notes after the last question."""
        return written_notes(self.instance, self.ahead.notes) if self.ahead.stop is None else ()

    def closing_media(self) -> tuple[Media, ...]:
        """What goes with the notes after the last question."""
        return media_of_notes(self.instance, self.ahead.notes) if self.ahead.stop is None else ()

    def summary(self) -> tuple[tuple[str, str, str], ...]:
        """(place, question, answer) of each passed question that is relevant, in the order of the form."""
        return summed_up(self.instance, self.filling.trail, self.filling.spoken.keys())

    def spoken(self) -> Mapping[str, str]:
        """The answers by voice that still apply: place and id of the file."""
        nodes = self.instance.nodes
        return {
            place: file_id
            for place, file_id in self.filling.spoken.items()
            if place in nodes and nodes[place].relevant
        }

    def submission(self) -> Submission:
        """The final values, in document order."""
        return submitted(self.instance)

    def answer(self, typed: Answer) -> Refusal | None:
        """Answer the question at hand. Raises NothingToAsk when the form is complete."""
        stop = self._stop()
        if isinstance(stop.item, Field) and isinstance(typed, Chosen) and self._is_reading(typed):
            return self.put(stop.place, stop.item, typed.names[0])
        return self._take(stop, self._worded(), typed)

    def answer_text(self, text: str) -> Refusal | None:
        """Answer the question at hand with a typed message. Where it can mean several things, nothing is held
        yet: the question becomes which of them is meant, and the next message may say so."""
        stop, asked, language = self._stop(), self._worded(), self.surroundings.language
        meant = picked(text, self._readings(), language)
        if meant is not None:
            return self.answer(Chosen((meant,)))
        tense = tense_of(self.instance, stop.item, stop.place)
        typed = understand(asked, text, language, today_of(self.surroundings), tense)
        if isinstance(typed, Ambiguous):
            return self._ask_which(stop, asked, typed.readings)
        refusal = typed if isinstance(typed, Refusal) else self._take(stop, asked, typed)
        if refusal is not None and asked.type is QuestionType.SELECT_ONE:
            self.filling = replace(self.filling, readings=named_within(text, asked.options))
            return None if self.filling.readings else refusal
        if refusal is None or not asks_year(self.instance, stop.item, stop.place):
            return refusal
        if position := place_among(text, self.filling.readings):
            return self.answer(Chosen((self.filling.readings[position - 1],)))
        return self._year_instead(stop, asked, text)

    def skip(self) -> Refusal | None:
        """Leave the question at hand without an answer; refused where one is required."""
        stop = self._stop()
        if isinstance(stop.item, Repeat):
            self._end_turns(stop)
            return None
        if self.instance.holds(stop.item.required, stop.place):
            return not_skipped(self.instance, stop.item, stop.place)
        return self.put(stop.place, stop.item, "")

    def speak(self, file_id: str) -> None:
        """Pass the question at hand with a recording: it holds nothing until somebody has written it down."""
        stop = self._stop()
        if isinstance(stop.item, Field):
            self.put(stop.place, stop.item, "")
            spoken = {**self.filling.spoken, stop.place: file_id}
            self.filling = replace(self.filling, spoken=spoken)

    def offer(self, place: str, field: Field, value: str) -> Refusal | None:
        """Let the question hold this value if its constraint takes it, and pass on."""
        if not would_accept(self.instance, field, place, value):
            return not_accepted(self.instance, field, place)
        return self.put(place, field, value)

    def put(self, place: str, field: Field, value: str) -> Refusal | None:
        """Let the question hold this value, whatever its constraint says, and pass on."""
        before = self.instance.nodes[place].text
        if place in self.filling.spoken:
            others = {other: file_id for other, file_id in self.filling.spoken.items() if other != place}
            self.filling = replace(self.filling, spoken=others)
        self.instance.hold(place, value)
        changed = self.instance.refresh({field.path})
        if value != before:
            changed |= self._follow(field, place)
        return self._pass(place, changed)

    def _stop(self) -> Stop:
        if self.ahead.stop is None:
            raise NothingToAsk(self.form.form_id)
        return self.ahead.stop

    def _worded(self) -> Question:
        question = worded(self.instance, self.ahead)
        if question is None:
            raise NothingToAsk(self.form.form_id)
        return question

    def _take(self, stop: Stop, asked: Question, typed: Answer) -> Refusal | None:
        value = written(asked, typed, self.surroundings)
        if isinstance(value, Refusal):
            return value
        if isinstance(stop.item, Repeat):
            follow = self._add_turn if value == "yes" else self._end_turns
            follow(stop)
            return None
        return self.offer(stop.place, stop.item, value)

    def _ask_which(self, stop: Stop, asked: Question, readings: tuple[Answer, ...]) -> Refusal | None:
        """Ask which of the readings is meant; the only one of several that the constraint allows is taken."""
        if not isinstance(stop.item, Field):
            return self._take(stop, asked, readings[0])
        values = values_of(asked, readings, self.instance, stop.item, stop.place)
        if not values or (len(values) == 1 < len(readings)):
            fits = next(
                (each for each in readings if written(asked, each, self.surroundings) in values), None
            )
            return self._take(stop, asked, fits or readings[0])
        self.filling = replace(self.filling, readings=values)
        return None

    def _year_instead(self, stop: Stop, asked: Question, text: str) -> Refusal | None:
        """No year was answered where one is asked: propose those that are meant, or say how to write one."""
        if not isinstance(stop.item, Field):
            return None
        years = years_meant(text, today_of(self.surroundings), self.surroundings.language)
        values = values_of(asked, years, self.instance, stop.item, stop.place)
        if not values:
            return how_to_write_a_year(self.instance, stop.item, stop.place)
        self.filling = replace(self.filling, readings=values)
        return None

    def _is_reading(self, chosen: Chosen) -> bool:
        return len(chosen.names) == 1 and chosen.names[0] in self.filling.readings

    def _readings(self) -> tuple[Option, ...]:
        """What the last message can mean, as it is offered."""
        stop = self.ahead.stop
        if stop is None or not isinstance(stop.item, Field):
            return ()
        return tuple(
            Option(value, value_as_read(self.instance, stop.item, stop.place, value))
            for value in self.filling.readings
        )

    def _follow(self, field: Field, place: str) -> set[str]:
        """What a changed value sets elsewhere; the paths changed."""
        changed: set[str] = set()
        waiting = [(field, place)]
        for _ in range(LONGEST_CHAIN):
            if not waiting:
                break
            field, place = waiting.pop(0)
            for action in field.actions:
                set_paths = run_actions(self.instance, (action,), place)
                if set_paths:
                    changed |= self.instance.refresh(set_paths)
                waiting += [
                    (other, near(path, place)) for path in set_paths if (other := self.form.field(path))
                ]
        return changed

    def _add_turn(self, stop: Stop) -> None:
        base, turn = _turn(stop)
        count = max(self.instance.turns.get(base, 0), turn)
        self._with_turns(stop, {**self.instance.turns, base: count})

    def _end_turns(self, stop: Stop) -> None:
        base, turn = _turn(stop)
        self._with_turns(stop, {**self.instance.turns, base: turn - 1})

    def _with_turns(self, stop: Stop, turns: dict[str, int]) -> None:
        after = grown(self.instance, self.filling, turns)
        trail = (other for other in self.filling.trail if other != stop.place)
        self._keep(after, (*fitting(after, trail, set()), stop.place))

    def _pass(self, place: str, changed: set[str]) -> Refusal | None:
        """On to what follows; passed questions that no longer fit are asked again."""
        try:
            after = grown(self.instance, self.filling, counted(self.instance))
        except TooManyTurns:
            self.instance = instance_of(self.form, self.filling, self.surroundings)
            return Refusal(Say("answer.too_many_turns", {"most": MOST_TURNS}))
        trail = (other for other in self.filling.trail if other != place)
        self._keep(after, (*fitting(after, trail, changed), place))
        return None

    def _keep(self, instance: Instance, trail: tuple[str, ...]) -> None:
        self.instance = instance
        answers = {**self.filling.answers, **instance.written}
        self.filling = replace(
            self.filling, answers=answers, trail=trail, asked="", turns=dict(instance.turns), readings=()
        )
        instance.written.clear()
        self._ahead = None


def _turn(stop: Stop) -> tuple[str, int]:
    """Where the repeat is, and which of its turns is meant."""
    base, _, turn = stop.place.rpartition("[")
    return base, int(turn.removesuffix("]"))
