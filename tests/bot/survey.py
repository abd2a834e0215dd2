"""A questionnaire of every type a chat can ask, as a team would bring it from Kobo, and three who answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO

import openpyxl

from conversations.events import Attachment, AttachmentKind, Content, Location
from conversations.vocabulary import Language

TITLE = "Enquête: vivre et travailler à Salé / 2026"  # longer than a sheet's name, and not all of it allowed
FORM_ID = "enquete_sale"
FRENCH, ARABIC = "Français (fr)", "العربية (ar)"
LONG_REPEAT = "formations_suivies_depuis_l_arrivee_au_maroc"

COLUMNS = (
    "type",
    "name",
    f"label::{FRENCH}",
    f"label::{ARABIC}",
    "required",
    "relevant",
    "constraint",
    "calculation",
    "appearance",
    "repeat_count",
    "choice_filter",
    "parameters",
)
SHEET = """
start|start
end|end
today|today
deviceid|deviceid
note|welcome|Bienvenue !|مرحبا!
begin_group|who|Vous|أنت
text|nickname|Quel surnom ?|ما اللقب؟|yes
integer|age|Quel âge ?|كم العمر؟|yes||. >= 18 and . < 99
decimal|height|Quelle taille (m) ?|ما الطول بالمتر؟
select_one region|region|Quelle région ?|أي جهة؟
select_one city|city|Quelle ville ?|أي مدينة؟||||||| region = ${region}
select_multiple language or_other|spoken|Quelles langues ?|أي لغات؟
select_one yes_no|works|Travaillez-vous ?|هل من عمل؟
begin_group|job|Le travail|العمل||${works} = 'yes'
text|trade|Quel métier ?|أي مهنة؟
date|since|Depuis quel jour ?|منذ أي يوم؟
date|learnt|Appris en quel mois ?|في أي شهر؟|||||month-year
time|begins|À quelle heure ?|في أي ساعة؟
dateTime|meeting|Prochain rendez-vous ?|الموعد القادم؟
select_multiple tool|tools|Quels outils ?|أي أدوات؟
end_group|job
rank wish|wishes|Classez vos souhaits.|رتب الأمنيات.
end_group|who
range|mood|Le moral, de 0 à 10 ?|المعنويات من 0 إلى 10؟||||||||start=0 end=10 step=1
range|pace|Le rythme, de 0 à 2 ?|الوتيرة من 0 إلى 2؟||||||||start=0 end=2 step=0.5
begin_group|where|Où|أين
geopoint|home|Où habitez-vous ?|أين السكن؟
geopoint|shop|Où travaillez-vous ?|أين العمل؟
end_group|where
image|photo|Une photo ?|صورة؟
audio|voice|Un message vocal ?|رسالة صوتية؟
video|film|Un film ?|فيديو؟
file|paper|Un document ?|وثيقة؟
barcode|card|Le code de la carte ?|رمز البطاقة؟
acknowledge|read|Avez-vous lu ?|هل تمت القراءة؟
integer|children|Combien d’enfants ?|كم عدد الأطفال؟
begin_repeat|child|Enfant|طفل||||||${children}
text|name|Son surnom ?|ما لقبه؟
select_one yes_no|pupil|Va-t-il à l’école ?|هل يذهب إلى المدرسة؟
begin_repeat|school|École|مدرسة||${pupil} = 'yes'||||1
integer|grade|Quelle classe ?|أي صف؟
select_multiple tool|things|Avec quels outils ?|بأي أدوات؟
end_repeat|school
end_repeat|child
begin_repeat|formations_suivies_depuis_l_arrivee_au_maroc|Formation|تكوين||||||1
text|course|Quelle formation ?|أي تكوين؟
end_repeat|formations_suivies_depuis_l_arrivee_au_maroc
begin_group|home_part|Maison|منزل
begin_repeat|item|Objet|غرض||||||1
text|what|Quel objet ?|أي غرض؟
end_repeat|item
end_group|home_part
integer|balance|Solde ?|الرصيد؟
integer|file_number|Numéro de dossier ?|رقم الملف؟
text|postcode|Code postal ?|الرمز البريدي؟
text|remark|Une remarque ?|ملاحظة؟
text|story|Racontez.|احك.
text|link|Un lien ?|رابط؟
select_one agree|agree|D’accord ?|موافقة؟
text|why|Pourquoi pas ?|لماذا لا؟||${agree} = 'no'
calculate|in_ten_years||||||${age} + 10
calculate|greeting||||||concat('=', ${nickname})
hidden|origin|"""
CHOICES = """
region|rsk|Rabat-Salé-Kénitra|الرباط سلا القنيطرة
region|cs|Casablanca-Settat|الدار البيضاء سطات
city|sale|Salé|سلا|rsk
city|rabat|Rabat|الرباط|rsk
city|casa|Casablanca|الدار البيضاء|cs
language|fr|Français|الفرنسية
language|ar|Arabe, darija|العربية والدارجة
language|wo|Wolof|الولوفية
yes_no|yes|Oui|نعم
yes_no|no|Non|لا
tool|needle|Aiguille|إبرة
tool|oven|Four|فرن
tool|1|Marteau|مطرقة
wish|work|Un travail|عمل
wish|home|Un logement|سكن
wish|learn|Apprendre|تعلم
agree|yes|+Oui|نعم
agree|no|-Non|لا"""


def workbook() -> bytes:
    """The questionnaire as an XLSX file."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    choices = ("list_name", "name", f"label::{FRENCH}", f"label::{ARABIC}", "region")
    settings = (("form_title", "form_id", "default_language", "version"), (TITLE, FORM_ID, FRENCH, "7"))
    for title, lines in (
        ("survey", [COLUMNS, *(tuple(line.split("|")) for line in SHEET.strip().splitlines())]),
        ("choices", [choices, *(tuple(line.split("|")) for line in CHOICES.strip().splitlines())]),
        ("settings", settings),
    ):
        sheet = book.create_sheet(title)
        for at, line in enumerate(lines, 1):
            for column, text in enumerate(line, 1):
                cell = sheet.cell(at, column, text or None)
                cell.data_type = "s" if text else "n"  # «=Oui» is a label, no formula
    file = BytesIO()
    book.save(file)
    return file.getvalue()


FILE = "a file"  # the name of the question and a few signs
STORY = 'Une ligne,\nune « autre »; et "trois"'
LINK = "https://example.org/?a=1&b=2"


@dataclass(frozen=True, slots=True)
class Respondent:
    """Someone who answers the questionnaire: what they are asked, what they say, what is to be kept."""

    address: str
    language: Language
    said: Sequence[tuple[str, Content | str, object]]  # question, answer, value as a spreadsheet holds it


AMINA = Respondent(
    "5000000001",
    Language.FRENCH,
    (
        ("who/nickname", "=1+1", "=1+1"),
        ("who/age", "34", 34),
        ("who/height", "1,62", 1.62),
        ("who/region", "Rabat-Salé-Kénitra", "rsk"),
        ("who/city", "Salé", "sale"),
        ("who/spoken", "1 2 4", "fr ar other"),
        ("who/spoken_other", "espagnol; un peu", "espagnol; un peu"),
        ("who/works", "oui", "yes"),
        ("who/job/trade", "couturière", "couturière"),
        ("who/job/since", "12 mars 2025", datetime.fromisoformat("2025-03-12")),
        ("who/job/learnt", "septembre 2019", datetime.fromisoformat("2019-09-01")),
        ("who/job/begins", "8h30", time(8, 30)),
        ("who/job/meeting", "25/11/2026 à 14h", datetime.fromisoformat("2026-11-25 14:00")),
        ("who/job/tools", "1 3", "needle 1"),
        ("who/wishes", "3 1 2", "learn work home"),
        ("mood", "7", 7),
        ("pace", "1,5", 1.5),
        ("where/home", Location(34.053, -6.798), "34.053 -6.798 0.0 0.0"),
        ("where/shop", Location(-33.9, 18.4), "-33.9 18.4 0.0 0.0"),
        ("photo", Attachment(AttachmentKind.PHOTO, "reference-1"), FILE),
        ("voice", Attachment(AttachmentKind.VOICE, "reference-2"), FILE),
        ("film", Attachment(AttachmentKind.VIDEO, "reference-3"), FILE),
        ("paper", Attachment(AttachmentKind.DOCUMENT, "reference-4"), FILE),
        ("card", "0012", "0012"),
        ("read", "oui", "OK"),
        ("children", "2", 2),
        ("child/name", "Un", "Un"),
        ("child/pupil", "oui", "yes"),
        ("child/school/grade", "3", 3),
        ("child/school/things", "1 2", "needle oven"),
        ("child/name", "Deux", "Deux"),
        ("child/pupil", "non", "no"),
        (f"{LONG_REPEAT}/course", "Couture", "Couture"),
        ("home_part/item/what", "@SUM(A1)", "@SUM(A1)"),
        ("balance", "-250", -250),
        ("file_number", "123456789012345", 123456789012345),
        ("postcode", "00110", "00110"),
        ("remark", "+212600000001", "+212600000001"),
        ("story", STORY, STORY),
        ("link", LINK, LINK),
        ("agree", "2", "no"),
        ("why", "1/2", "1/2"),
    ),
)
YOUSSEF = Respondent(
    "5000000002",
    Language.ARABIC,
    (
        ("who/nickname", "يوسف", "يوسف"),
        ("who/age", "٢٨", 28),
        ("who/height", "١٫٨", 1.8),
        ("who/region", "الدار البيضاء سطات", "cs"),
        ("who/city", "الدار البيضاء", "casa"),
        ("who/spoken", "٢ ٣", "ar wo"),
        ("who/works", "نعم", "yes"),
        ("who/job/trade", "نجّار، حدّاد", "نجّار، حدّاد"),
        ("who/job/since", "١٢ مارس ٢٠٢٥", datetime.fromisoformat("2025-03-12")),
        ("who/job/learnt", "٢٠١٩/٩", datetime.fromisoformat("2019-09-01")),
        ("who/job/begins", "٨:٣٠", time(8, 30)),
        ("who/job/meeting", "2026-11-25 14:00", datetime.fromisoformat("2026-11-25 14:00")),
        ("who/job/tools", "مطرقة", "1"),
        ("who/wishes", "١ ٢ ٣", "work home learn"),
        ("mood", "٠", 0),
        ("pace", "٠٫٥", 0.5),
        ("where/home", "33.5731, -7.5898", "33.5731 -7.5898 0.0 0.0"),
        ("where/shop", "تخطي", None),
        ("photo", "تخطي", None),
        ("voice", "تخطي", None),
        ("film", "تخطي", None),
        ("paper", "تخطي", None),
        ("card", "تخطي", None),
        ("read", "نعم", "OK"),
        ("children", "٠", 0),
        (f"{LONG_REPEAT}/course", "نجارة", "نجارة"),
        ("home_part/item/what", "منشار", "منشار"),
        ("balance", "تخطي", None),
        ("file_number", "٧", 7),
        ("postcode", "20000", "20000"),
        ("remark", "لا شيء\nحقا", "لا شيء\nحقا"),
        ("story", "قصة «طويلة»؛ نعم", "قصة «طويلة»؛ نعم"),
        ("link", "تخطي", None),
        ("agree", "١", "yes"),
    ),
)
FATOU = Respondent(
    "5000000003",
    Language.FRENCH,
    (
        ("who/nickname", "Fatou", "Fatou"),
        ("who/age", "51", 51),
        *((name, "passer", None) for name in ("who/height", "who/region", "who/city", "who/spoken")),
        ("who/works", "non", "no"),
        ("who/wishes", "passer", None),
        ("mood", "10", 10),
        *(
            (name, "passer", None)
            for name in ("pace", "where/home", "where/shop", "photo", "voice", "film", "paper")
        ),
        ("card", "=HYPERLINK(1)", "=HYPERLINK(1)"),
        *(
            (name, "passer", None)
            for name in ("read", "children", f"{LONG_REPEAT}/course", "home_part/item/what")
        ),
        *(
            (name, "passer", None)
            for name in ("balance", "file_number", "postcode", "remark", "story", "link", "agree")
        ),
    ),
)
PEOPLE = (AMINA, YOUSSEF, FATOU)
