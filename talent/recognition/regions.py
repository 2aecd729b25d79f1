"""The parts of a country that decide which authority is competent: asked where the authority depends on it."""

from typing import Final

REGION_NAMES: Final[dict[str, str]] = {
    "DE-BW": "Baden-Württemberg",
    "DE-BY": "Bayern",
    "DE-BE": "Berlin",
    "DE-BB": "Brandenburg",
    "DE-HB": "Bremen",
    "DE-HH": "Hamburg",
    "DE-HE": "Hessen",
    "DE-MV": "Mecklenburg-Vorpommern",
    "DE-NI": "Niedersachsen",
    "DE-NW": "Nordrhein-Westfalen",
    "DE-RP": "Rheinland-Pfalz",
    "DE-SL": "Saarland",
    "DE-SN": "Sachsen",
    "DE-ST": "Sachsen-Anhalt",
    "DE-SH": "Schleswig-Holstein",
    "DE-TH": "Thüringen",
}
"""The Länder by ISO 3166-2, by their own names: so they stand on letters and on maps."""


def regions_of(country: str) -> dict[str, str]:
    """The regions of a country by their codes; empty where no authority that we know depends on them."""
    return {code: name for code, name in REGION_NAMES.items() if code.startswith(f"{country}-")}
