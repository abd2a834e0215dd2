"""What three people say in the loop, each in their language, and what they expect to read."""

from dataclasses import dataclass

from conversations.messages import Say
from conversations.vocabulary import Language
from tests.bot.people import Person


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's words, as they type them."""

    language: Language
    name: str
    woman: str
    born: str
    country: str
    city: str
    skip: str
    looking: str  # the situation at the start
    skills: str
    began: str  # the stage of the job
    day: str  # 12 March 2025
    shown_day: str  # how the logbook writes it
    job: str
    place: str
    employed: str  # the situation at the check-in
    news: str


VOICES = (
    Voice(
        Language.FRENCH,
        "Aïcha",
        "Une femme",
        "1995",
        "Sénégal",
        "Rabat",
        "passer",
        "Je cherche du travail",
        "couture et cuisine",
        "J’ai commencé",
        "12 mars 2025",
        "12 mars 2025",
        "couturière",
        "Atelier Nour",
        "J’ai un emploi",
        "Tout va bien à l’atelier",
    ),
    Voice(
        Language.ARABIC,
        "أمينة",
        "امرأة",
        "١٩٩٥",
        "السنغال",
        "الرباط",
        "تخطي",
        "أبحث عن عمل",
        "الخياطة والطبخ",
        "بدأتُ",
        "١٢/٠٣/٢٠٢٥",
        "12 مارس 2025",
        "خياطة",
        "ورشة النور",
        "لديّ عمل بأجر",
        "كل شيء على ما يرام",
    ),
    Voice(
        Language.ENGLISH,
        "Grace",
        "A woman",
        "1995",
        "Nigeria",
        "Rabat",
        "skip",
        "I am looking for work",
        "sewing and cooking",
        "I have started",
        "12/03/2025",
        "12 March 2025",
        "seamstress",
        "Nour workshop",
        "I have a job",
        "All is well at the workshop",
    ),
)


async def consent(person: Person, code: str) -> None:
    """From the code to a logbook that may write first."""
    assert person.text("join.language") in await person.say(code)
    welcome = await person.choose(person.language.own_name)
    assert person.text("join.welcome") in welcome
    assert person.text("join.adult") in welcome
    told = await person.choose(Say("yes"))
    for part in ("consent.who", "consent.why", "consent.who_sees", "consent.abroad", "consent.rights"):
        assert person.text(part) in told
    assert person.text("join.consent") in told
    assert person.text("join.prompting") in await person.choose(Say("yes"))
    assert person.text("profile.intro") in await person.choose(Say("yes"))


async def tell_profile(person: Person, voice: Voice) -> str:
    """The eight questions of the profile, one of them skipped; what is said then."""
    await person.say(voice.name)
    await person.choose(voice.woman)
    await person.say(voice.born)
    await person.choose(voice.country)
    await person.choose(voice.city)
    await person.say(voice.skip)
    await person.choose(voice.looking)
    done = await person.say(voice.skills)
    assert person.text("profile.done", name=voice.name) in done
    return done


async def join(person: Person, voice: Voice, code: str) -> None:
    await consent(person, code)
    assert person.text("home.menu") in await tell_profile(person, voice)


async def record_job(person: Person, voice: Voice) -> None:
    """A job that began on 12 March 2025; the contract is left out."""
    assert person.text("kind.ask") in await person.choose(Say("menu.record"))
    assert person.text("milestone.intro") in await person.choose(Say("kind.job"))
    await person.choose(voice.began)
    await person.say(voice.day)
    assert person.text("form.summary") in await person.say(voice.job)
    assert person.text("form.details_intro") in await person.choose(Say("form.details"))
    await person.say(voice.place)
    assert person.text("proof.ask") in await person.say(voice.skip)
    summary = await person.choose(Say("proof.none"))
    assert person.text("form.summary") in summary
    assert voice.job in summary
    assert person.text("milestone.done") in await person.choose(Say("form.right"))


async def answer_check_in(person: Person, voice: Voice) -> None:
    """Something changed: a job now, and some news."""
    await person.choose(Say("yes"))
    await person.choose(voice.employed)
    await person.say(voice.news)
    assert person.text("checkin.done") in await person.say(voice.skip)
