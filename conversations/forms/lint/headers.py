"""The columns that XLSForm knows, and how a header names one (https://xlsform.org/en/ref-table/)."""

from collections.abc import Mapping, Sequence

from conversations.forms.lint.workbook import Header

NAMESPACES = ("bind", "control", "body", "media", "instance")  # prefixes that lead into the XForm

ALIASES: Mapping[str, str] = {
    "relevance": "relevant",
    "calculate": "calculation",
    "caption": "label",
    "readonly": "read_only",
    "command": "type",
    "list name": "list_name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "jr:noapperrorstring": "no_app_error_string",
    "noapperrorstring": "no_app_error_string",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
    "prefix": "compact_prefix",
}
NAME_ALIASES = ("value", "tag")  # in the sheets of questions and choices

TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
MEDIA = ("image", "big-image", "audio", "video")
# What has a column of its own, and may also be written with a namespace: `bind::relevant`.
NAMESPACED = """relevant constraint calculation required read_only appearance repeat_count intent autoplay
rows constraint_message required_message"""
LED_TO = frozenset(NAMESPACED.split()).union(MEDIA)

SURVEY = """type name label hint guidance_hint constraint constraint_message required required_message
default relevant read_only calculation appearance parameters choice_filter repeat_count trigger image
big-image audio video autoplay rows intent save_to disabled query no_app_error_string compact_tag sms_field
sms_option sms_separator sms_allow_media sms_date_format sms_datetime_format sms_response accuracythreshold
itemset list_name columns flat short tags hxl _or_other"""
CHOICES = "list_name name label image big-image audio video order"
SETTINGS = """form_title form_id name version default_language instance_name instance_id public_key
submission_url style allow_choice_duplicates clean_text_values auto_send auto_delete namespaces sms_keyword
sms_separator sms_allow_media sms_date_format sms_datetime_format sms_response client_editable
add_none_option omit_instanceid compact_prefix compact_delimiter compact_tag attribute instance_xmlns
delimiter instanceid"""
KNOWN: Mapping[str, frozenset[str]] = {
    "survey": frozenset(SURVEY.split()),
    "choices": frozenset(CHOICES.split()),
    "settings": frozenset(SETTINGS.split()),
}
KNOWN_SHEETS = ("survey", "choices", "settings", "external_choices", "osm", "entities")


def read_headers(key: str, texts: Sequence[str]) -> tuple[Header, ...]:
    """The headers of a sheet; empty ones are left out.

    >>> headers = read_headers("survey", ["type", "Label :: Français (fr)", "relevance"])
    >>> [(header.base, header.language) for header in headers]
    [('type', ''), ('label', 'Français (fr)'), ('relevant', '')]
    """
    double = any("::" in text for text in texts)
    return tuple(
        Header(column, text, *_meaning(key, text, "::" if double else ":"))
        for column, text in enumerate(texts, 1)
        if text.strip()
    )


def _meaning(key: str, text: str, delimiter: str) -> tuple[str, str]:
    """What a header holds, and its language. One colon separates only where two are used nowhere."""
    whole = _base(key, text)
    if whole in KNOWN.get(key, ()):
        return whole, ""
    tokens = [token.strip() for token in text.split(delimiter)]
    if "jr" in tokens[:-1]:
        at = tokens.index("jr")
        tokens[at : at + 2] = [f"jr:{tokens[at + 1]}"]
    if tokens[0].lower() in NAMESPACES and len(tokens) > 1:
        if _base(key, tokens[1]) not in LED_TO:
            return ":".join(tokens), ""  # an attribute of the XForm, passed on as it is
        tokens = tokens[1:]
    return _base(key, tokens[0]), tokens[1] if len(tokens) > 1 else ""


def _base(key: str, text: str) -> str:
    base = "_".join(text.split()).lower()
    base = ALIASES.get(base, ALIASES.get(base.replace("_", " "), base))
    if key == "settings" and base == "title":
        return "form_title"
    return "name" if base in NAME_ALIASES and key in ("survey", "choices") else base
