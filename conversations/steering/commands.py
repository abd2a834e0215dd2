"""The words that steer instead of answering, in every language, as the whole message."""

from enum import StrEnum
from functools import cache

from conversations.answers import clean, fold


class Command(StrEnum):
    """What a person can ask for at any time."""

    MENU = "menu"
    BACK = "back"  # to the question before
    SKIP = "skip"  # leave this question out
    CANCEL = "cancel"  # drop the form under way
    LATER = "later"  # not now: put the form under way off
    CONTINUE = "continue"  # with the form that was left
    HELP = "help"
    LANGUAGE = "language"
    VOICE = "voice"  # read, or listen to recordings
    LOGBOOK = "logbook"
    PDF = "pdf"  # the logbook as a file
    TALK = "talk"  # to a human
    DATA = "data"  # what is kept of me
    REACH = "reach"  # where to write to me
    WORKSHOPS = "workshops"
    COME = "coming"  # to the next workshop
    NOT_COME = "not_coming"
    STOP = "stop"  # do not write to me first any more
    START = "start"  # you may again
    LINK = "link"  # to the logbook that is there already
    REPORT = "report"  # someone of the team, to the safeguarding contact only
    NOT_MINE = "not_mine"  # this address is somebody else's by now
    EXIT = "exit"  # quickly: somebody is about to look at this phone


WORDS = {  # separated by spaces; an underscore is a space within one
    Command.MENU: "menu accueil قائمة القائمة",
    Command.BACK: "back retour précédent رجوع السابق",
    Command.SKIP: "skip passer تخطي تجاوز",
    Command.CANCEL: "cancel annuler إلغاء الغي",
    Command.LATER: "later plus_tard pas_maintenant not_now لاحقا بعدين من_بعد mn_ba3d men_ba3d mnba3d",
    Command.CONTINUE: "continue continuer reprendre resume متابعة تابع أكمل كمل نكمل",
    Command.LINK: "j_ai_déjà_un_carnet i_already_have_a_logbook i_have_a_logbook عندي_دفتر لدي_دفتر",
    Command.HELP: "help aide مساعدة",
    Command.LANGUAGE: "language langue لغة اللغة",
    Command.VOICE: "listen voice écouter voix صوت استماع الاستماع sout",
    Command.LOGBOOK: "logbook carnet دفتر دفتري",
    Command.PDF: "pdf cv",
    Command.TALK: "talk parler تحدث parler_à_quelqu_un talk_to_a_person التحدث_مع_شخص",
    Command.DATA: "mes_données my_data بياناتي معطياتي",
    Command.REACH: "où_m_écrire where_to_write_to_me where_to_write أين_تكتبون_لي أين_المراسلة",
    Command.WORKSHOPS: "ateliers mes_ateliers workshops my_workshops ورشات ورشاتي",
    Command.COME: "je_viens i_come i_am_coming سأحضر غادي_نجي ghadi_nji",
    Command.NOT_COME: "je_ne_viens_pas je_ne_peux_pas_venir i_cannot_come i_can_t_come لن_أحضر ماغاديش_نجي",
    Command.STOP: "stop arrêt arrêter désabonner unsubscribe توقف أوقف قف",
    Command.START: "start unstop commencer démarrer ابدأ",
    Command.REPORT: "report signaler signalement plainte complaint تبليغ بلاغ شكاية شكوى chikaya",
    Command.NOT_MINE: "pas_moi ce_n_est_pas_moi ce_n_est_pas_à_moi faux_numéro not_me not_mine"
    " this_is_not_mine wrong_number لست_أنا ليس_لي رقم_خاطئ ماشي_أنا ماشي_ديالي machi_ana machi_dyali",
    Command.EXIT: "xx xxx exit sortie vite خروج",
}


@cache
def _by_word() -> dict[str, Command]:
    return {fold(word): command for command, words in WORDS.items() for word in words.split()}


def command_in(text: str) -> Command | None:
    """The command that this message is, if it is nothing but a command.

    >>> command_in(" Précédent "), command_in("/start RABAT7"), command_in("?")
    (<Command.BACK: 'back'>, <Command.START: 'start'>, <Command.HELP: 'help'>)
    >>> command_in("stop the music"), command_in("👋"), command_in("")
    (None, None, None)
    """
    said = clean(text)[:80]
    if said.startswith("/"):  # Telegram's own form, which may carry a join code behind it
        said = said[1:].partition(" ")[0]
    word = fold(said[:40])
    if said in ("?", "؟"):
        return Command.HELP
    if word in ("0", "٠"):
        return Command.MENU
    return _by_word().get(word)
