"""Words that stand around an answer and change nothing in it: «j'ai 3 enfants», «I am 25», «عندي ٣ أطفال».

Only words known here may stand around a number: «environ», «presque» or «pas» must never be passed over.
"""

import re

from conversations.answers.fold import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(word for piece in text.split() for word in fold(piece).split())


# In front of a number, or of the thing counted.
BEFORE = _words(
    "j ai je suis on est nous sommes avons il elle y a c en c'est le la les mon ma mes né née depuis l "
    "an année "
    "de à age âge eu ai reponse réponse numero svp alors oui "
    "was sui i have i've got am i'm my im ive hav jai jsuis jsui jé we been here already currently it's its "
    "weight height poids taille pèse fais mesure gagne salaire earn make salary paid spend have been here "
    "he she ils elles y "
    "we are is it's it born in the age there years since "
    "درجة الحرارة حرارتي أدفع نخلص وزني طولي وزن طول راتبي أجري كنخلص مدخولي لي خدمت "
    "عندي لدي عندنا لدينا عمري سني أنا نحن عام سنة في هناك ولدت من مواليد مزداد معي معنا "
    "العدد الجواب هو "
    "seulement juste just only for pendant فقط "
    "rah raha ghi ghir "
    "wzen kaywzen wazn kankhlles bonjour salut salam hello hi moi paye loyer rent bébé baby "
    "kan5alles kankheles kan3mel rani rana 3endna 3andy kayna 3ndna 3ndhom hadi "
    "3andi 3endi andi endi 3andna 3ndi 3andy f fi ana kayn kaynin dyal 3omri 3omry"
)
# Behind a number: what is counted. None of them changes the number, as «douzaines» would.
COUNTED = _words(
    "kg kgs kilo kilos kilogrammes grammes gr litre litres cm mètre mètres metres meters liters ° degrés "
    "degrees celsius hectares "
    "كيلو كغ كلغ كيلوغرام غرام لتر متر سم درجة كيلومتر "
    "lkilo kilou litro mitro d dyal "
    "an ans année années mois jour jours semaine semaines heure heures minutes fois personne personnes "
    "gens "
    "enfant enfants fils fille filles garçon garçons bébé bébés frère frères soeur soeurs adultes "
    "employé employés "
    "salarié salariés emploi emplois stage stages formation formations km "
    "dh dhs mad dirham dirhams euro euros € % "
    "year years yrs yr yo old month months day days week weeks hour hours times people persons person kid "
    "kids child "
    "children son sons daughter daughters boy boys girl girls baby brother brothers sister sisters "
    "workers employees "
    "women men jobs job internships trainings dollars "
    "سنة سنوات سنين عام أعوام عاما شهر أشهر شهور شهرا يوم أيام يوما أسبوع أسابيع ساعة ساعات مرة مرات شخص "
    "أشخاص "
    "طفل أطفال ولد أولاد وليدات دراري بنت بنات ابن أبناء أخ إخوة أخوات عامل عمال فرد أفراد ناس نساء رجال "
    "درهم دراهم "
    "الولاد الدراري ولاد wld "
    "3am 3wam sna snin chhar chhour nhar iyam youm simana wlad wlidat drari bnat bent weld "
    "nas nnas lyam lwlad ddrari lbnat kilometrat derham drahem"
)
# Behind the thing counted.
AFTER = _words(
    "de moyenne pour l'instant linstant moment loyer kra moyenne rent كراء ce matin soir aujourd'hui ici "
    "in the "
    "room today now here هذا الصباح اليوم lyoum tol dar hna "
    "s'il vous plaît svp merci à charge chez moi avec moi en tout au total maintenant "
    "please thanks thank you old in all total now at home with me only seulement à la maison فقط "
    "شكرا من فضلك في البيت معي الآن الحمد لله "
    "daba hamdoullah chokran m3aya f dar dyal d ديال د"
)


COURTEOUS = re.compile(
    r"[\s,،.]*\b(?:in(?:ch|sh)a?\s?a?llah|n(?:ch|sh)a?llah|incha2allah|(?:إن|ان) شاء الله|svp|stp|merci"
    r"|please|pls|thanks|شكرا|من فضلك|عافاك|3afak|jour pour jour|exactement|exactly|بالضبط|hamdoullah"
    r"|si dieu (?:le )?veut|si tout va bien|si possible|if possible|hamdolah|الحمد لله)\s*[.!]*$",
    re.IGNORECASE,
)


GREETING = re.compile(
    r"^(?:bonjour|bonsoir|salut|salam(?: 3alaykoum| alaykoum)?|hello|hi|slm"
    r"|السلام عليكم|سلام)\b[\s,،!.]+(?=\S)",
    re.IGNORECASE,
)


def without_courtesy(text: str) -> str:
    """The text without a greeting in front, or a courtesy or a wish at its end.

    >>> without_courtesy("demain inchallah"), without_courtesy("غدا إن شاء الله"), without_courtesy("merci")
    ('demain', 'غدا', 'merci')
    """
    return COURTEOUS.sub("", GREETING.sub("", text)) or text


def framed(words: list[str]) -> list[str]:
    """The words left when those around them are taken away; what is counted and all behind it too.

    >>> framed("j ai 3 enfants".split()), framed("i am 25 years old".split()), framed("environ 20".split())
    (['3'], ['25'], ['environ', '20'])
    """
    rest = list(words)
    while len(rest) > 1 and rest[0] in BEFORE:
        rest.pop(0)
    while len(rest) > 1 and rest[-1] in AFTER | COUNTED:
        rest.pop()
    return rest


# Words that make a number a limit, a range, a guess, a multiple, or no number at all.
LIMITING = _words(
    "moins plus environ presque entre pas ou ni non sans peu près jusqu virgule point demi demie maximum "
    "minimum "
    "max min autour vers quasi quart quarts tiers moitié dizaine dizaines douzaine douzaines centaine "
    "centaines "
    "millier "
    "milliers paire paires couple peut être sauf jamais aucun aucune même première premier dernier "
    "less more about around almost between or not no nearly under over half halves quarter quarters "
    "third thirds maybe perhaps "
    "possibly "
    "dozen dozens pair pairs something least most approximately roughly "
    "أقل أكثر حوالي تقريبا بين أو ليس لا غير نصف ربع ربما يمكن دزينة تقريبن شي قرابة نحو حتى ناقص زائد "
    "ونصف وربع "
    "demain hier bientôt tomorrow yesterday soon ever later غدا قريبا ghedda ghda 9rib "
    "centimes centime briques brique ryal rial riyal ريال سنتيم "  # not dirhams
    "te9riban taqriban chi bin wla walla machi noss nos"
)
