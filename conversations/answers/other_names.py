"""Other names of countries, peoples and school levels, as whole phrases: «camerounaise», «naija», «bac»."""

from collections.abc import Sequence

from conversations.answers.choice_words import LITTLE, STANCES
from conversations.answers.fold import fold


def _names(text: str) -> frozenset[str]:
    return frozenset(_bare(name) for name in text.split(","))


def _bare(text: str) -> str:
    """The phrase without the little words around it.

    >>> _bare("Je viens du Mali"), _bare("i am from Naija"), _bare("أنا من الكاميرون")
    ('mali', 'naija', 'الكاميرون')
    """
    return " ".join(word for word in fold(text).split() if word not in LITTLE | STANCES)


# One line of names each, in every language; labels stand among them.
GROUPS = tuple(
    _names(line)
    for line in (
        "côte d'ivoire, ivoirien, ivoirienne, rci, ivory coast, ivorian, abidjan, ساحل العاج, "
        "كوت ديفوار, إيفواري, إيفوارية",
        "guinée, guinea, guinéen, guinéenne, guinean, guinée conakry, guinea conakry, conakry, غينيا, "
        "غيني, غينية",
        "sénégal, senegal, sénégalais, sénégalaise, senegalese, dakar, السنغال, سنغالي, سنغالية",
        "cameroun, cameroon, camerounais, camerounaise, cameroonian, kamer, الكاميرون, كاميروني, "
        "كاميرونية",
        "mali, malien, malienne, malian, bamako, مالي, مالية",
        "république démocratique du congo, dr congo, rdc, drc, congo kinshasa, kinshasa, zaïre, "
        "zairois, congolais, congolaise, congolese, جمهورية الكونغو الديمقراطية, كونغولي, كونغولية",
        "congo, congo brazza, congo brazzaville, brazzaville, congolais, congolaise, congolese, "
        "الكونغو, كونغولي, كونغولية",
        "nigéria, nigeria, nigérian, nigériane, nigerian, naija, lagos, abuja, نيجيريا, نيجيري, نيجيرية",
        "syrie, syria, syrien, syrienne, syrian, damas, damascus, alep, aleppo, سوريا, سوري, سورية, "
        "دمشق, حلب",
        "lycée ou baccalauréat, lycée, baccalauréat, bac, niveau bac, terminale, "
        "upper secondary school, ssce, waec, senior secondary, الثانوي أو الباكالوريا, الثانوي, "
        "الثانوية, الباكالوريا, البكالوريا, باكالوريا, الباك, باك",
        "études supérieures, université, fac, licence, master, bts, university or college, university, "
        "degree, bsc, hnd, دراسات عليا أو جامعية, الجامعة, إجازة, الإجازة, ماستر",
    )
)  # fmt: skip


def by_other_name(text: str, labels: Sequence[str]) -> list[int]:
    """The places of the labels that another name stands for: two for «congolais», none where it is not there.

    >>> countries = ["Cameroun", "République démocratique du Congo", "Congo", "Nigéria"]
    >>> [by_other_name(text, countries) for text in ("jsui camerounais", "RDC", "congolais", "naija")]
    [[0], [1], [1, 2], [3]]
    >>> by_other_name("pas camerounais", countries), by_other_name("j'ai le bac", ["Collège", "Lycée"])
    ([], [1])
    """
    said = _bare(text)
    meant = [group for group in GROUPS if said in group]
    bare = [_bare(label) for label in labels]
    return [place for place, label in enumerate(bare) if any(label in group for group in meant)]
