"""`carnet doctor` tells what is there, what is missing and what to do, and fails where something is wrong."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot import room
from bot.cli import app
from bot.doctor import Health, examine
from bot.files.recordable import needed
from bot.files.recordings import MOST_BYTES
from bot.settings import Settings
from storage.database import Storage, make_engine
from storage.vault import master_keys
from tests.bot.driving import settings

SOUND = b"OggS an invented recording"


@pytest.fixture
def well(database_url: str, tmp_path: Path) -> Settings:
    """A data folder and a migrated database that was opened once."""
    given = settings(data_dir=tmp_path / "data", database_url=SecretStr(database_url))
    given.data_dir.mkdir(mode=0o700)
    Storage.open(database_url, master_keys("", given.master_key_file)).close()
    return given


def told(given: Settings, health: Health, track: str = "") -> list[str]:
    return [f"{name}: {found.text}" for name, found in examine(given, track) if found.health is health]


def test_where_all_is_well_nothing_is_wrong(well: Settings) -> None:
    assert told(well, Health.WRONG) == []
    assert "Database: it answers, is up to date, and opens with the master key." in told(well, Health.WELL)
    [note] = told(well, Health.NOTE)
    assert note.startswith("Recordings: none")


def test_a_database_of_another_version_is_to_be_migrated(well: Settings) -> None:
    engine = make_engine(well.database)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    [wrong] = told(well, Health.WRONG)
    assert "carnet migrate" in wrong
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    engine.dispose()
    assert "carnet migrate" in told(well, Health.WRONG)[0]


def test_another_master_key_and_a_lost_one_are_told_apart(well: Settings) -> None:
    well.master_key_file.rename(well.data_dir / "kept")
    assert "is gone" in told(well, Health.WRONG)[0]
    assert not well.master_key_file.exists()
    master_keys("", well.master_key_file)
    assert "does not open it: put" in told(well, Health.WRONG)[0]


def test_a_full_disk_is_said(well: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LEAST", 2**62)  # more than any disk has free
    [wrong] = told(well, Health.WRONG)
    assert "make room" in wrong


def test_what_others_may_read_is_said(well: Settings) -> None:
    well.master_key_file.chmod(0o644)
    well.data_dir.chmod(0o755)
    [wrong] = told(well, Health.WRONG)
    assert wrong.startswith("Master key: others on this computer can read master.key")
    assert any("chmod 700" in note for note in told(well, Health.NOTE))


def test_the_zone_rules_are_the_pinned_ones(well: Settings) -> None:
    assert any(text.startswith("Time zones: tzdata 2026.") for text in told(well, Health.WELL))


def test_looking_makes_nothing(tmp_path: Path) -> None:
    given = settings(data_dir=tmp_path / "none")
    assert [text.partition(":")[0] for text in told(given, Health.WRONG)] == ["Data folder", "Database"]
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_away_is_said_without_its_address(tmp_path: Path) -> None:
    url = SecretStr("postgresql://amina:secret@127.0.0.1:1/carnet")
    [wrong] = told(settings(data_dir=tmp_path, database_url=url), Health.WRONG)
    assert wrong == "Database: it does not answer (OperationalError): check CARNET_DATABASE_URL."


def test_recordings_are_counted_and_the_missing_ones_named(well: Settings) -> None:
    track = well.recordings_folder / "ary"
    (track / "profile").mkdir(parents=True)
    (track / "join.adult.ogg").write_bytes(SOUND)
    (track / "profile" / "first_name.ogg").write_bytes(SOUND)
    (track / "join.adlut.ogg").write_bytes(SOUND)
    (track / "home.menu.ogg").write_bytes(b"x" * (MOST_BYTES + 1))
    short = told(well, Health.NOTE)
    missing = len(needed()) - 2
    assert short[0].startswith(f"Recordings: ary (الدارجة): 3 recorded. {missing} missing: voice.ask, ")
    assert short[0].endswith(f" and {missing - 5} more (--language tells all)")
    assert [text.partition(" is not used")[0] for text in short[1:]] == [
        "Recordings: ary/home.menu.ogg",
        "Recordings: ary/join.adlut.ogg",
    ]
    full = told(well, Health.NOTE, "ary")[0].partition("missing: ")[2].split(", ")
    assert set(full) == set(needed()) - {"join.adult", "profile/first_name"}
    assert (
        told(well, Health.NOTE, "wo")[0] == "Recordings: wo: nothing recorded. The folder is recordings/wo."
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_fails_where_something_is_wrong(well: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNET_DATA_DIR", str(well.data_dir))
    monkeypatch.setenv("CARNET_DATABASE_URL", well.database)
    fine = CliRunner().invoke(app, ["doctor"])
    assert (fine.exit_code, "✗" in fine.output) == (0, False)
    monkeypatch.setenv("CARNET_TELEGRAN_TOKEN", "x")
    assert "CARNET_TELEGRAN_TOKEN is no setting" in CliRunner().invoke(app, ["doctor"]).output
    well.master_key_file.unlink()
    wrong = CliRunner().invoke(app, ["doctor"])
    assert (wrong.exit_code, "✗ Database: its master key is gone" in wrong.output) == (1, True)
    monkeypatch.setenv("CARNET_TIMEZONE", "Nowhere")
    unusable = CliRunner().invoke(app, ["doctor"])
    assert (unusable.exit_code, "✗ Settings: CARNET_TIMEZONE" in unusable.output) == (1, True)
