"""What the channels count for /metrics; never a name, number or text in a label."""

from enum import StrEnum

from prometheus_client import Counter

INBOUND = Counter("carnet_inbound", "Deliveries from providers", ["channel", "result"])


class Result(StrEnum):
    """What became of one delivery."""

    STORED = "stored"  # committed
    IGNORED = "ignored"  # nothing for us: a group, a channel post, a kind of update we do not know
    MALFORMED = "malformed"  # not what the provider's specification says
    REFUSED = "refused"  # unsigned or wrongly signed
    TOO_LARGE = "too_large"
    UNAVAILABLE = "unavailable"  # could not be stored now; the provider delivers again


def count(channel: str, result: Result) -> None:
    """Count one delivery. The channel is ours (`telegram`, `whatsapp`, `sms`, `twilio/status`)."""
    INBOUND.labels(channel=channel, result=result.value).inc()
