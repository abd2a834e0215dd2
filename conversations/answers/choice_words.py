"""The words around a choice in French, Arabic, Darija (both scripts) and English, folded."""

from conversations.answers.fold import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(word for piece in text.split() for word in fold(piece).split())


def _phrases(*phrases: str) -> frozenset[str]:
    return frozenset(map(fold, phrases))


# Little words that do not tell one choice from another, and what people say around what they choose. No word
# that says no, and none that says that something is over, is among them.
LITTLE = _words(
    "un une le la les l des du de d j je c'est en mon ma mes à au aux ça dans pour svp merci s'il vous plaît "
    "choisis prends moi y il elle est a an the i m my is it to it's in for at please thanks choose from "
    "عافاك فضلك "
    "أنا هذا هذه هو هي في من عن أختار شكرا إلى ب لي حاليا الآن على ف ديال دابا "
    "3afak ana f fi 3la dyal daba"
)
# What someone has, is or wishes. Around a thing to choose it changes nothing; in a list like «I have work»,
# «I am looking for work» it is what tells one choice from another.
STANCES = _words(
    "ai suis jsuis jsui cherche veux voudrais souhaite préfère habite vis viens fais travaille "
    "have am looking want would like live do doing work "
    "apprendre learn تعلم نتعلم أتعلم nt3ellem nt3alem nt3allem كنسكن كنعيش كنخدم لدي عندي كنقلب أريد "
    "أبحث أسكن ساكن ساكنة أعيش أعمل أود أقوم أتابع خصني بغيت كنقلب "
    "3andi bghit kan9elleb kan9leb kan9aleb kanqeleb kanskon kansken kan3ich sakn saken sakna need besoin"
)
NUMBERED = _words(
    "la le l les the n no nr n° numero numéro number num option choix choice réponse answer item case "
    "رقم الرقم خيار "
    "الخيار الجواب جواب الاختيار اختيار "
    "ra9m raqm nimiro je choisis prends c'est veux i choose take pick it's أختار بغيت "
    "ana bghit svp please "
    "ال"
)
NEGATIONS = _words(
    "non no not pas ne n ni sans sauf aucun aucune plus jamais rien never without except but none "
    "neither nor don't "
    "لا ليس غير بدون بلا ما لم لن إلا سوى ولا لست machi mashi bla ma makaynch walo والو ماشي "
    "fini finie terminé arrêté quitté perdu ancien finished stopped quit lost left انتهى توقفت تركت"
)
ORDINALS = {
    fold(word): position
    for position, words in enumerate(
        (
            "premier première 1er 1ère 1re 1e first 1st الأول الأولى اول اللول اللولة lwel lwela lwla lowla "
            "lowel "
            "lewel louwel",
            "deuxième second seconde 2e 2ème 2eme 2nd الثاني الثانية التاني التانية tani tanya",
            "التالتة troisième 3e 3ème 3rd third الثالث الثالثة التالت talet",
            "quatrième 4e 4ème 4th fourth الرابع الرابعة rabe3",
            "cinquième 5e 5ème 5th fifth الخامس الخامسة khames",
            "sixième 6e 6ème 6th sixth السادس السادسة",
            "septième 7e 7ème 7th seventh السابع السابعة",
            "huitième 8e 8ème 8th eighth الثامن الثامنة",
            "neuvième 9e 9ème 9th ninth التاسع التاسعة",
            "dixième 10e 10ème 10th tenth العاشر العاشرة",
        ),
        1,
    )
    for word in words.split()
}
LAST_ONE = _words(
    "dernier dernière last الأخير الأخيرة اللخر اللخرة اخير lekher lakher lekhra lkher lkhra lakhra lakhira"
)
ONE = frozenset(
    ("one", "choix", "option", "choice", "reponse", "خيار", "الخيار", "الجواب")
)  # «the second one»

ALL = _phrases(
    "tout", "tous", "toutes", "tout ça", "tous les choix", "toutes les réponses", "tout cela",
    "tout est bon", "la totalité",
    "all", "all of them", "all of these", "all of the above", "everything", "كل", "الكل", "كلها", "كلهم",
    "جميعها",
    "كل شيء", "كل ما سبق", "جميع الخيارات", "كل الخيارات", "كل الاختيارات",
    "كلشي", "كولشي", "kolchi", "kulchi", "koulchi", "kollchi",
    "kolhom", "kolhoum", "kulhum", "kollhom", "kamlin", "kamline", "kolha", "kolchi", "koulchy", "كاملين",
    "كاملهم", "كولهم", "جميعا", "الجميع", "toutes les options", "every one", "all options",
)  # fmt: skip
ALL_OF = {  # with how many there are
    fold(phrase): count
    for count, phrases in {
        2: (
            "les deux",
            "les 2",
            "all 2",
            "tous les 2",
            "toutes les 2",
            "both",
            "both of them",
            "tous les deux",
            "toutes les deux",
            "كلاهما",
            "الاثنين معا",
            "bjouj",
            "بجوج",
        ),
        3: (
            "les trois",
            "les 3",
            "all 3",
            "tous les 3",
            "toutes les 3",
            "tous les trois",
            "toutes les trois",
            "all three",
            "all three of them",
            "الثلاثة",
        ),
        4: (
            "les quatre",
            "les 4",
            "all 4",
            "tous les 4",
            "toutes les 4",
            "tous les quatre",
            "toutes les quatre",
            "all four",
            "الأربعة",
        ),
        5: (
            "les cinq",
            "les 5",
            "all 5",
            "tous les 5",
            "toutes les 5",
            "tous les cinq",
            "all five",
            "الخمسة",
        ),
    }.items()
    for phrase in phrases
}
# What people say for a choice that stands in most lists under one name or another.
DONT_KNOW = _phrases(
    *("je ne sais pas", "je sais pas", "sais pas", "jsp", "aucune idée", "je l'ignore", "ne sait pas"),
    *("i don't know", "don't know", "i do not know", "dunno", "no idea", "idk"),
    *(
        "لا أعرف",
        "لا أدري",
        "لا أعلم",
        "لست أدري",
        "ما عرفتش",
        "معرفتش",
        "ma3reftch",
        "ma3raftch",
        "ma3rftch",
    ),
)
OTHER = _phrases(
    *("autre", "autres", "autre chose", "un autre", "une autre", "autre réponse"),
    *("other", "others", "something else", "another", "other answer"),
    *("أخرى", "آخر", "غير ذلك", "شيء آخر", "جواب آخر", "haja khra", "7aja khra", "حاجة أخرى", "شي حاجة أخرى"),
)
NONE = _phrases(
    "aucun",
    "aucune",
    "rien",
    "none",
    "nothing",
    "none of them",
    "لا شيء",
    "ولا واحد",
    "والو",
    "walo",
    "aucun des deux",
)
FEW = {2: ("deux", "2", "two"), 3: ("trois", "3", "three")}
FIRST_FEW = {
    fold(phrase): count
    for count, (fr, figure, en) in FEW.items()
    for number in (fr, figure, en)
    for phrase in (
        f"les {number} premiers",
        f"les {number} premières",
        f"the first {number}",
        f"first {number}",
    )
} | {fold("أول اثنين"): 2, fold("الأولان"): 2, fold("أول ثلاثة"): 3}
LAST_FEW = {
    fold(phrase): count
    for count, (fr, figure, en) in FEW.items()
    for number in (fr, figure, en)
    for phrase in (
        f"les {number} derniers",
        f"les {number} dernières",
        f"the last {number}",
        f"last {number}",
    )
} | {fold("آخر اثنين"): 2, fold("آخر ثلاثة"): 3}
# What people say around a choice; unless a label says it too, it changes nothing.
SAID_AROUND = _words(
    "pls plz plss please svp stp s'il te plaît vous only just seulement uniquement juste simplement aussi "
    "également surtout moi come came comes coming from viens vient originaire ville quartier région "
    "actuellement maintenant now currently right also too mainly mostly me city town hello hi bonjour salut "
    "salam need besoin aimerais aimerai adore intéresse intéressé intéressée interested like le la "
    "فقط بس مدينة دولة بلد أنا حاليا الآن أيضا كذلك من السلام عليكم يعني "
    "parle parles speak peu bit little plutot rather mieux better préfère prefer kanhder kanhdar أتكلم كنهضر "
    "né née born "
    "par via by with avec together ghir بواسطة عبر ب "
    "bo7do bou7do bohdo bouhdo bark safi ta tani madinat mdinat mdint bladi blad jay jaya tla9it ghi"
)
LETTERS_IN_ARABIC = "ابجد"  # as lists are lettered; what comes behind differs from place to place
