"""The words for yes and no in French, Arabic, Darija (both scripts) and English, folded."""

from conversations.answers.fold import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


def _phrases(*phrases: str) -> frozenset[str]:
    return frozenset(map(fold, phrases))


YES = _words(
    "oui ouais ouai ouii oue wi oé yes yep yup yeah yea yess yas y o ok okay okey oki daccord daccor dacor "
    "dakor exact "
    "exactement "
    "absolument evidemment certainement volontiers effectivement sure absolutely definitely certainly "
    "exactly indeed affirmatif "
    "correct نعم أجل ايه إيه آه اه أه ايوه ايوا أيوه أيوا واخا وخا اييه اه موافق موافقة أوافق حسنا بلى "
    "أكيد طبعا "
    "صحيح تمام معلوم صح vrai true s7i7 sahih "
    "wakha waxa wa5a wakkha wakhkha iyeh iyyeh iyah iyyah iyih ayeh ayyeh na3am naam n3am aywa ayoua "
    "m3loum akid"
)
NO = _words(
    "non no nope nan nah nop never jamais negative négatif n nn لا كلا لالا لالالا أبدا lla la lala laa "
    "llaa abadan"
)
# Yes in Darija, an interjection in other languages.
YES_IN_ARABIC_ONLY = _words("ah eh ih ayh ee wah")
YES_PHRASES = _phrases(
    "d'accord", "je suis d'accord", "jsuis daccord", "jsui daccor", "jsui dacor", "je suis dacor",
    "je suis daccor", "jacepte", "jaccepte", "c'est ça", "c'est bon", "c'est vrai", "c'est exact",
    "c'est correct", "bien sûr",
    "bien sur que oui", "bien entendu",
    "tout à fait", "of course", "for sure", "that's right", "that is right", "i agree",
    "it is", "i do", "i am", "i have", "i did", "c'est oui", "mais oui", "je confirme", "j'accepte",
    "je veux bien", "avec plaisir", "with pleasure", "بالطبع", "بالتأكيد", "بكل تأكيد", "بكل سرور",
    "بطبيعة الحال", "أنا موافق", "أنا موافقة", "مع السرور", "b tabi3at l7al", "c bon", "cbon", "c ça",
    "bla chek", "bla chak", "بلا شك", "لا شك", "sans aucun doute", "without a doubt", "carrément",
    "sure thing", "j'en ai", "oui j'en ai", "3ndi", "3andi", "عندي", "لدي", "i have one",
    "yes i have one", "right", "totally", "affirmative", "ouaip", "ui", "ye", "mais si",
    "oui s'il vous plaît", "en effet", "اوكي", "قبلت", "wakha mzyan", "واخا مزيان", "sa7", "tb3an", "toub3an",
    "ma3loum", "iyyh", "واه", "kayn", "kayna", "كاين",
)  # fmt: skip
NO_PHRASES = _phrases(
    "pas encore", "pa encore", "pa encor", "pas encor", "pas du tout", "pa du tout", "absolument pas",
    "c'est pas vrai", "ce n'est pas vrai", "c'est faux",
    "certainement pas", "surtout pas", "bien sûr que non",
    "mais non",
    "pas d'accord", "je ne suis pas d'accord", "c'est non", "je refuse", "jamais de la vie", "not yet",
    "not at all", "j'en ai pas", "je n'en ai pas", "i don't have", "i don't have any", "i dont have",
    "i dont have any", "ليس لدي", "ليس عندي", "ما عندي", "ما عنديش", "ماعنديش", "معنديش",
    "ma3ndich", "ma 3ndich", "ma3andich", "ma 3andich", "ma3endich", "ma 3endich",
    "merci ça ira", "merci ça va", "merci ça va aller", "non merci ça ira", "thanks i'm good",
    "thanks i'm fine",
    "plus maintenant", "not anymore", "not any more", "no longer", "ليس بعد الآن",
    "of course not", "certainly not", "absolutely not", "definitely not", "no way",
    "hell no", "not correct", "not true",
    "that's not true", "i don't", "i do not", "i am not",
    "i'm not",
    "i haven't", "i didn't", "i don't agree", "i disagree", "it is not", "it isn't", "ليس بعد", "أبدا",
    "لا أبدا",
    "على الإطلاق", "لا على الإطلاق", "بالطبع لا", "طبعا لا", "أكيد لا", "غير موافق", "غير موافقة",
    "لا أوافق", "لست موافقا", "غير صحيح",
    "ليس صحيحا",
    "ماكاينش", "ما كاينش", "makaynch", "ma kaynch", "makayench", "makaynsh", "non pas encore", "لا ليس بعد",
    "noo", "false", "unfortunately not", "no need", "pas question", "hors de question", "faux", "moi non",
    "aucunement", "malheureusement pas", "أرفض", "مستحيل", "makayn", "ma kayn walo", "walo", "walou", "والو",
    "3ommri", "3omri", "3emmri", "3mri", "ma3mmri", "ma 3omri", "عمري", "ما عمري", "عمرني", "hta l daba la",
    "حتى لدابا لا", "abada", "la wlah", "la wallah", "لا والله",
)  # fmt: skip
# Only behind a no of its own: «pas maintenant» alone may be «later».
NOT_NOW = _phrases(
    "pas maintenant",
    "pas pour le moment",
    "pas pour l'instant",
    "pas là",
    "not now",
    "not right now",
    "not at the moment",
    "ليس الآن",
    "ليس حاليا",
    "ماشي دابا",
    "machi daba",
    "mashi daba",
)
# Words around a yes or a no that change nothing in it.
COURTESY = _words(
    "merci svp bien sûr tout à fait inchallah nchallah please thanks thank you sir madam madame monsieur "
    "mr mme "
    "s'il vous plaît te plaît beaucoup bcp chokran choukran hamdoulah hamdollah hamdullah khoya khouya "
    "sidi lalla "
    "إن شاء الله شكرا جزيلا طبعا من فضلك الحمد لله سيدي أستاذ أستاذة لكم لك أخي أختي "
    "je suis d'accord j'ai veux bien très c'est ça of course i do am have did sure ah eh ben bah "
    "3afak عافاك "
    "pls plz يا a sahbi sahbi asahbi خويا ختي الله والله wallah walah wlh chef bro boss sis mate dear madam "
    "oo ooo na abeg "
    "allah lah bghit akhouya akhoya khti أنا أريد موافق"
)
# Negations that may follow a no only.
AFTER_NO = _words(
    "pas pa encore encor du tout jamais rien nothing désolé désolée desole sorry dsl malheureusement hélas "
    "unfortunately آسف آسفة للأسف عذرا والو walo walou مازال mazal mazel ma zal anymore "
    "not yet at all never i don't haven't am didn't ليس بعد أبدا je ne"
)
# Who begins to tell more behind a yes or a no: «oui je travaille toujours», «لا لم أعد أعمل».
TELLING = _words("je j nous i we أنا نحن ana لم لقد مازلت")
# Behind these only: «ok je note» and «là je travaille» are no answers.
FIRM_YES = _words("oui ouais ouai wi yes yep yeah yea نعم أجل ايه إيه ايوه ايوا أيوه iyeh iyyeh na3am naam")
FIRM_NO = _words("non no nope nan لا كلا lla")
# Behind a firm no these tell why: «non j'ai arrêté». Behind a yes they leave it open whether it still is so.
STOPPED = _words(
    "arrête arrêter quitter finir stop quit leave fired licencié renvoyé أتوقف أترك طردت أطرد "
    "arrêté quitté démissionné fini terminé perdu stopped quit resigned finished left lost "
    "توقفت تركت استقلت انتهيت انتهى حبست خرجت 7best hbest khrejt"
)
DENYING = _words("pas ne n not don didn haven hasn t never jamais ما لم لن لست ma machi ماشي")
# What begins a denial of something done: «لا لم أذهب», «non je n'ai pas fait ça», «no I didn't go».
NOT_DONE = _phrases(
    "لم",
    "i didn't",
    "i did not",
    "i haven't",
    "i have not",
    "je n'ai pas",
    "j'ai pas",
    "je n'y suis pas",
    "je ne suis pas allé",
    "je ne suis pas allée",
    "je suis pas allé",
    "je suis pas allée",
)
DONE_IN_DARIJA = ("ش", "ch", "sh")  # «ma mchitch», «ما مشيتش»
# What is denied may be an obstacle or an understanding: then a no says nothing of what was asked.
NO_OBSTACLE = _words(
    "inconvénient objection opposition regret avis changé oublié مانعا اعتراض اعتراضا مشكلا mane3 أنس أفهم "
    "فهمتش عرفتش نسيتش fhemtch fhmtch 3reftch 3raftch nsitch dit said"
)
# Inside a sentence these deny its verb (or are «أبدأ», folded) and are no answer of their own.
NEGATING = _words("n jamais never أبدا")
TELLING_PHRASES = _phrases("ما زلت", "لا زلت", "ma zelt")
# What is told must be about work: «oui je te rappelle» and «non je blague» say nothing of what was asked.
ABOUT_WORK = _words(
    "travaille travaillons travail emploi boulot poste stage formation entreprise cherche trouvé commencé "
    "work working job training internship business looking found started lost "
    "أعمل نعمل عملا عمل وظيفة شغل تكوين تدريب أبحث أجد وجدت أبدأ بدأت khdam khdama khedma خدام خدامة"
)
# A word of doubt, of a condition or of the contrary makes a yes or a no unclear.
UNSETTLING = _words(
    "attends attend contre problème souci compris comprends question erreur trompe plaisante rigole oublié "
    "dit chômage unemployed عاطل "
    "mais sauf si quand peut-être pense crois suppose imagine espère sais essaie essayer vais verrai presque "
    "parfois souvent accepte veux voudrais refuse bien faux vrai aimerais peux pourrais "
    "but except if when maybe perhaps think guess suppose hope know try will would could can sometimes later "
    "waiting against problem understand understood question mistake wrong joking kidding forgot see note "
    "agree want wish mean said say mind dis "
    "مشكل مانع dérange gêne deranger مانعة mochkil mouchkil "
    "أمزح نسيت أنتظر مشكلة سؤال "
    "لكن ولكن إلا إذا ربما أظن أعتقد آمل أعرف أدري سوف سأحاول أحيانا أوافق أريد أفهم غير "
    "walakin ila yemken ymken imken ghadi nchouf bghit bghite"
)
# Behind a no these say the contrary.
AGREEING = _phrases("موافق", "موافقة", "أنا موافق", "أنا موافقة", "je veux bien", "daccord")
OPENING = _words(
    "ah eh ben bah beh oh euh well désolé désolée sorry dsl malheureusement hélas unfortunately sadly "
    "franchement honnêtement honestly للأسف آسف آسفة wallah walah wlh والله ça الحمد لله"
)  # in front of a yes or a no
YES_SIGNS = frozenset("👍✅✔👌☑🆗")
NO_SIGNS = frozenset("👎❌✖🙅🚫⛔")
UNSURE_SIGNS = frozenset("🤷🤔😕")
