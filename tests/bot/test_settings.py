"""Settings: a wrong value stops the start with one line that names it, says why, and does not repeat it."""

import os
from pathlib import Path

import pytest

from bot.settings import Settings, TelegramMode, WrongSetting, read_settings, unknown_settings
from conversations.vocabulary import Language

VALUE = "very-wrong-value"  # must not be repeated: it may be a secret in the wrong place

WRONG = [
    ({"PORT": VALUE}, ["CARNET_PORT"]),
    ({"PORT": "0"}, ["CARNET_PORT", "greater than or equal to 1"]),
    ({"PORT": "70000"}, ["CARNET_PORT", "less than or equal to 65535"]),
    ({"TIMEZONE": VALUE}, ["CARNET_TIMEZONE", "is not a time zone", "Africa/Casablanca"]),
    ({"TIMEZONE": "../etc/passwd"}, ["CARNET_TIMEZONE", "is not a time zone"]),
    ({"TIMEZONE": ""}, ["CARNET_TIMEZONE", "is not a time zone"]),
    ({"DEFAULT_LANGUAGE": VALUE}, ["CARNET_DEFAULT_LANGUAGE", "'fr', 'ar' or 'en'"]),
    ({"PUBLIC_URL": VALUE}, ["CARNET_PUBLIC_URL", "is not a web address"]),
    ({"TELEGRAM_API_URL": f"ftp://{VALUE}"}, ["CARNET_TELEGRAM_API_URL", "is not a web address"]),
    ({"TWILIO_API_URL": "https://"}, ["CARNET_TWILIO_API_URL", "is not a web address"]),
    ({"MASTER_KEY": VALUE}, ["CARNET_MASTER_KEY", "not valid base64"]),
    ({"MASTER_KEY": "c2hvcnQ="}, ["CARNET_MASTER_KEY", "32 bytes"]),
    ({"DATABASE_URL": VALUE}, ["CARNET_DATABASE_URL", "is not a database address"]),
    ({"DATABASE_URL": f"mysql://{VALUE}/x"}, ["CARNET_DATABASE_URL", "postgresql://", "sqlite:///"]),
    ({"DATABASE_URL": f"postgresql+none://{VALUE}/x"}, ["CARNET_DATABASE_URL", "postgresql://"]),
    ({"DATABASE_URL": "sqlite://"}, ["CARNET_DATABASE_URL", "file"]),
    ({"DATABASE_URL": "sqlite:///:memory:"}, ["CARNET_DATABASE_URL", "file"]),
    ({"SIMULATOR": VALUE}, ["CARNET_SIMULATOR"]),
    ({"TELEGRAM_MODE": VALUE}, ["CARNET_TELEGRAM_MODE", "'polling' or 'webhook'"]),
    ({"TELEGRAM_WEBHOOK_SECRET": f"{VALUE} é"}, ["CARNET_TELEGRAM_WEBHOOK_SECRET", "A-Z"]),
    (
        {"TELEGRAM_TOKEN": "1:x", "TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": VALUE},
        ["CARNET_PUBLIC_URL is missing", "webhook"],
    ),
    (
        {"TELEGRAM_TOKEN": "1:x", "TELEGRAM_MODE": "webhook", "PUBLIC_URL": "https://x.example"},
        ["CARNET_TELEGRAM_WEBHOOK_SECRET is missing"],
    ),
    ({"TWILIO_WHATSAPP_FROM": "+15005550006"}, ["CARNET_TWILIO_ACCOUNT_SID is missing", "WhatsApp"]),
    (
        {"TWILIO_SMS_FROM": "+15005550006", "TWILIO_ACCOUNT_SID": "AC1"},
        ["CARNET_TWILIO_AUTH_TOKEN is missing"],
    ),
    (
        {"TWILIO_SMS_FROM": "+15005550006", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": VALUE},
        ["CARNET_PUBLIC_URL is missing"],
    ),
]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting comes from the machine the tests run on, nor from a `.env` beside them."""
    for name in [name for name in os.environ if name.startswith("CARNET_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("values", "said"), WRONG, ids=[" ".join(values) for values, _ in WRONG])
def test_a_wrong_value_is_named_and_explained_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], said: list[str]
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"CARNET_{name}", value)
    with pytest.raises(WrongSetting) as caught:
        read_settings()
    reason = str(caught.value)
    assert all(part in reason for part in said), reason
    assert VALUE not in reason
    assert "\n" not in reason


def test_the_defaults_run_on_one_computer_without_an_account() -> None:
    settings = read_settings()
    assert (settings.host, settings.timezone) == ("127.0.0.1", "Africa/Casablanca")
    assert settings.database.startswith("sqlite:///")
    assert settings.default_language is Language.FRENCH
    assert settings.simulator_on
    assert settings.telegram is None
    assert settings.twilio is None


def test_the_simulated_phone_is_off_once_a_channel_is_connected_or_others_can_reach_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CARNET_TELEGRAM_TOKEN", "1:x")
    assert not read_settings().simulator_on
    monkeypatch.delenv("CARNET_TELEGRAM_TOKEN")
    monkeypatch.setenv("CARNET_HOST", "0.0.0.0")
    assert not read_settings().simulator_on
    monkeypatch.setenv("CARNET_SIMULATOR", "true")
    settings = read_settings()
    assert (settings.simulator_on, settings.simulator_open) == (True, False)


def test_settings_come_from_the_env_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CARNET_PORT=8123\nCARNET_TELEGRAM_TOKEN=1:x\nSOMETHING_ELSE=1\n")
    settings = read_settings()
    assert settings.port == 8123
    assert settings.telegram_mode is TelegramMode.POLLING
    assert settings.telegram is not None


def test_no_secret_shows_in_what_is_printed_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ("TELEGRAM_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TWILIO_AUTH_TOKEN")
    for name in secrets:
        monkeypatch.setenv(f"CARNET_{name}", "1:hidden-word" if name == "TELEGRAM_TOKEN" else "hidden-word")
    monkeypatch.setenv("CARNET_DATABASE_URL", "postgresql://carnet:hidden-word@localhost/carnet")
    settings = read_settings()
    assert "hidden-word" not in f"{settings!r} {settings}"
    assert "hidden-word" not in repr(settings.telegram)


def test_a_whatsapp_number_may_be_given_without_its_prefix() -> None:
    given = {"twilio_whatsapp_from": "+15005550006", "twilio_account_sid": "AC1", "public_url": "https://x"}
    settings = Settings(_env_file=None, twilio_auth_token="x", **given)  # type: ignore[call-arg, arg-type]
    assert settings.twilio_whatsapp_from == "whatsapp:+15005550006"


def test_a_misspelt_setting_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("CARNET_PROT=9\nCARNET_PORT=9\n")
    monkeypatch.setenv("CARNET_TELEGRM_TOKEN", "1:x")
    monkeypatch.setenv("CARNET_TWILIO_CONTENT_URL", "http://127.0.0.1")
    assert unknown_settings() == ["CARNET_PROT", "CARNET_TELEGRM_TOKEN"]
