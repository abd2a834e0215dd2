"""A form of each kind that Twilio delivers; every value a parameter that Twilio names."""

from collections.abc import Mapping

from tests.fakes.twilio_server import ACCOUNT_SID, SMS_FROM, WHATSAPP_FROM

Form = dict[str, str]

AMINA = "whatsapp:+212600000001"
MEDIA = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/MM1/Media/ME"


def whatsapp(**fields: str) -> Form:
    sid = "SM00000000000000000000000000000001"
    form = {"MessageSid": sid, "SmsMessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT_SID}
    form |= {"From": AMINA, "To": WHATSAPP_FROM, "WaId": "212600000001", "ProfileName": "Amina"}
    form |= {"Body": "", "NumMedia": "0", "NumSegments": "1", "ReferralNumMedia": "0", "MessageType": "text"}
    return form | {"SmsStatus": "received", "ApiVersion": "2010-04-01"} | fields


def sms(**fields: str) -> Form:
    form = whatsapp(From="+212600000001", To=SMS_FROM, FromCity="", FromCountry="MA")
    return {
        name: value for name, value in form.items() if name not in ("WaId", "ProfileName", "MessageType")
    } | fields


def media(mime_type: str, kind: str, **fields: str) -> Form:
    return whatsapp(
        NumMedia="1", MediaUrl0=f"{MEDIA}0", MediaContentType0=mime_type, MessageType=kind, **fields
    )


REFERRAL = {
    "ReferralBody": "Un carnet pour vous",
    "ReferralHeadline": "Carnet",
    "ReferralSourceId": "118588094077142",
    "ReferralSourceType": "post",
    "ReferralSourceUrl": "https://fb.me/example",
    "ReferralMediaId": "ME1",
    "ReferralMediaContentType": "image/jpeg",
    "ReferralMediaUrl": f"{MEDIA}9",
    "ReferralNumMedia": "1",
    "ReferralCtwaClid": "example",
}

KINDS: Mapping[str, Form] = {
    "WhatsApp: text": whatsapp(Body="Salam"),
    "WhatsApp: text, forwarded": whatsapp(Body="Salam", Forwarded="true"),
    "WhatsApp: text, forwarded many times": whatsapp(Body="Salam", FrequentlyForwarded="true"),
    "WhatsApp: text from an advertisement": whatsapp(Body="Je veux un carnet", **REFERRAL),
    "WhatsApp: text that answers one of ours": whatsapp(
        Body="oui", OriginalRepliedMessageSid="SM9", OriginalRepliedMessageSender=WHATSAPP_FROM
    ),
    "WhatsApp: text from someone who hides their number": whatsapp(
        Body="Salam", From="whatsapp:MA.1A2B3C4D5E", WaId=""
    ),
    "WhatsApp: text without a sign": whatsapp(),
    "WhatsApp: button": whatsapp(Body="Oui", MessageType="button", ButtonPayload="tok:1", ButtonText="Oui"),
    "WhatsApp: choice from a list": whatsapp(
        Body="Rabat", MessageType="interactive", ListId="tok:2", ListTitle="Rabat", ListDescription=""
    ),
    "WhatsApp: button that carries nothing": whatsapp(MessageType="button", ButtonText="Oui"),
    "WhatsApp: form of WhatsApp's own": whatsapp(MessageType="flow", InteractiveData='{"a": 1}'),
    "WhatsApp: photo": media("image/jpeg", "image", Body="Diplôme"),
    "WhatsApp: voice": media("audio/ogg; codecs=opus", "audio"),
    "WhatsApp: video": media("video/mp4", "video"),
    "WhatsApp: document": media("application/pdf", "document", Body="contrat.pdf"),
    "WhatsApp: file that never reached Twilio": whatsapp(
        NumMedia="1", MessageType="image", ErrorCode="63019"
    ),
    "WhatsApp: place": whatsapp(Latitude="34.02", Longitude="-6.83", MessageType="location"),
    "WhatsApp: place with a name and an address": whatsapp(
        Latitude="34.02", Longitude="-6.83", MessageType="location", Label="Gare", Address="Avenue Mohammed V"
    ),
    "WhatsApp: contact card": media("text/vcard", "contacts"),
    "WhatsApp: sticker": media("image/webp", "sticker"),
    "WhatsApp: sticker called a picture": media("image/webp", "text"),
    "WhatsApp: order": whatsapp(MessageType="order"),
    "WhatsApp: kind not known yet": whatsapp(MessageType="hologram"),
    "WhatsApp: reaction": whatsapp(MessageType="reaction", Body="👍"),
    "WhatsApp: note of the system (a number changed)": whatsapp(MessageType="system", Body="changed"),
    "WhatsApp: STOP, by Twilio's own list": whatsapp(Body="STOP", OptOutType="STOP"),
    "WhatsApp: START, by Twilio's own list": whatsapp(Body="START", OptOutType="START"),
    "SMS: text": sms(Body="Salam"),
    "SMS: several files (MMS)": sms(
        NumMedia="2",
        MediaUrl0=f"{MEDIA}0",
        MediaContentType0="image/jpeg",
        MediaUrl1=f"{MEDIA}1",
        MediaContentType1="image/jpeg",
    ),
    "SMS: STOP": sms(Body="STOP", OptOutType="STOP"),
    "SMS: from a name or a short number": sms(Body="Solde : 12 DH", From="2255"),
    "SMS: our own number": sms(Body="Bonjour", From=SMS_FROM),
    "report on the address for messages": sms(SmsStatus="delivered", MessageStatus="delivered"),
    "RCS, Messenger": sms(Body="Salam", From="rcs:+212600000001"),
    "form without a sender": {name: value for name, value in sms(Body="x").items() if name != "From"},
}
