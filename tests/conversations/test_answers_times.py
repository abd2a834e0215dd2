"""Hours and places as people write them."""

from datetime import date, time

import pytest

from conversations.answers import Spot, read_day_and_time, read_place, read_time

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("14:30", time(14, 30)),
        ("14h30", time(14, 30)),
        ("à 8h", time(8)),
        ("٨:١٥", time(8, 15)),
        ("الساعة 9:00", time(9)),
        ("2 pm", time(14)),
        ("12 am", time(0)),
        ("midi", time(12)),
        ("7 مساء", time(19)),
    ],
)
def test_an_hour_is_read(said: str, hour: time) -> None:
    assert read_time(said) == hour


@pytest.mark.parametrize("said", ["", "14", "25:00", "12:60", "13 pm", "demain", "1430", "14:30:61"])
def test_what_is_no_hour_is_not_guessed(said: str) -> None:
    assert read_time(said) is None


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("hier à 14h30", "2026-11-22 14:30:00"),
        ("03/03/2025 8:00", "2025-03-03 08:00:00"),
        ("2025-03-03T08:00", "2025-03-03 08:00:00"),
        ("3 مارس 2025 الساعة 9:00", "2025-03-03 09:00:00"),
    ],
)
def test_a_day_with_its_hour_is_read(said: str, moment: str) -> None:
    assert str(read_day_and_time(said, TODAY)) == moment


@pytest.mark.parametrize("said", ["hier", "14:30", "", "14:30 hier soir peut-être"])
def test_a_day_without_hour_is_no_moment(said: str) -> None:
    assert read_day_and_time(said, TODAY) is None


@pytest.mark.parametrize(
    ("said", "spot"),
    [
        ("34.02, -6.83", Spot(34.02, -6.83)),
        ("34,02 ; -6,83", Spot(34.02, -6.83)),
        ("٣٤٫٠٢ ٦٫٨٣", Spot(34.02, 6.83)),
        ("34.02° −6.83°", Spot(34.02, -6.83)),
        ("geo:34.02,-6.83", Spot(34.02, -6.83)),
        ("geo:34.02,-6.83;u=35", Spot(34.02, -6.83)),
        ("geo:0,0?q=34.02,-6.83(Salle%202)", Spot(34.02, -6.83)),
        ("https://www.google.com/maps/@34.02,-6.83,17z?entry=ttu", Spot(34.02, -6.83)),
        (
            "https://www.google.com/maps/place/Sal%C3%A9/@34.1,-6.9,12z/data=!4m6!3m5!8m2!3d34.02!4d-6.83!16s",
            Spot(34.02, -6.83),
        ),
        ("https://maps.google.com/?q=34.02,-6.83", Spot(34.02, -6.83)),
        ("https://www.google.com/maps/search/?api=1&query=34.02%2C-6.83", Spot(34.02, -6.83)),
        ("https://maps.apple.com/?ll=34.02,-6.83&q=Rabat", Spot(34.02, -6.83)),
        (
            "https://www.openstreetmap.org/?mlat=34.02&mlon=-6.83#map=12/34.1/-6.9",
            Spot(34.02, -6.83),
        ),
        ("https://www.openstreetmap.org/#map=17/34.02/-6.83", Spot(34.02, -6.83)),
    ],
)
def test_coordinates_are_read(said: str, spot: Spot) -> None:
    assert read_place(said) == spot


@pytest.mark.parametrize(
    "said",
    [
        *("", "Rabat", "34", "91 0", "0 181", "1 2 3"),
        "https://maps.app.goo.gl/abcdefgh",  # tells nothing by itself
        "https://maps.google.com/?q=12,34+rue+Hassan",
        "geo:0,0?q=Salle+des+f%C3%AAtes",
        "geo:91,0",
        "voir geo:34.02,-6.83",
    ],
)
def test_what_is_no_place_is_not_guessed(said: str) -> None:
    assert read_place(said) is None
