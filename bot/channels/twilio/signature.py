"""Whether a webhook really comes from Twilio."""

from collections.abc import Mapping

from starlette.datastructures import ImmutableMultiDict


class Fields(dict[str, list[str]]):
    """Every value of each name, found at once: the validator asks name by name, and twice."""

    @classmethod
    def of(cls, params: Mapping[str, str]) -> "Fields":
        fields = cls()
        pairs = params.multi_items() if isinstance(params, ImmutableMultiDict) else params.items()
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        return fields

    def getlist(self, name: str) -> list[str]:
        """What the library asks of a form that may hold several values under one name."""
        return self[name]


def valid_signature(
    auth_token: str,
    public_url: str,
    path_with_query: str,
    params: Mapping[str, str],
    signature: str | None,
    settings: str | None = None,
) -> bool:
    """Whether `signature` (the X-Twilio-Signature header, None if missing) was made with our token.

    It covers the URL as Twilio was told it, so `public_url`, never what a proxy made of it, and every
    parameter, blank ones too; `params` holds several values under one name if it is a multi-dictionary.
    `settings` is the X-Twilio-Webhooks-Signature-Settings header, which names the algorithm.
    """
    if not signature:
        return False
    from twilio.request_validator import RequestValidator, get_signature_algorithm

    url = public_url.rstrip("/") + path_with_query
    algorithm = get_signature_algorithm(settings)
    return bool(RequestValidator(auth_token).validate(url, Fields.of(params), signature, algorithm))
