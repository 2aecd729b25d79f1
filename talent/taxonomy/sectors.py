"""The sectors that occupations are grouped by, with the ISCO-08 unit groups of each."""

from dataclasses import dataclass

from talent.foundation.words import N_

ISCO = ("S-ISCO", "2008", "medium")
ANNOUNCED = ("S-TP-1", "2024-11", "medium")


@dataclass(frozen=True)
class Sector:
    """One sector; ``announced`` when the launch of the Talent Partnership named it (the list said "including").

    unit_groups: ISCO-08 codes of four digits; which sector a group belongs to is this project's own mapping.
    """

    key: str
    name: str
    announced: bool
    unit_groups: tuple[str, ...]
    source: str
    as_of: str
    confidence: str


def _groups(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SECTORS: tuple[Sector, ...] = (
    Sector(
        "construction",
        N_("Construction"),
        True,
        _groups("7111 7112 7114 7115 7119 7121 7122 7123 7124 7131 9312 9313 3123 7126 7127 7411 8342 8343 2142 3112"),
        *ANNOUNCED,
    ),
    Sector(
        "metal_mech",
        N_("Metal, machines and vehicles"),
        False,
        _groups("7212 7213 7214 7221 7222 7223 7224 7231 7233 2144 3115"),
        *ISCO,
    ),
    Sector(
        "renewable_electrical",
        N_("Electricity and renewable energy"),
        True,
        _groups("7412 7413 3113 2151 7421"),
        *ANNOUNCED,
    ),
    Sector(
        "ict",
        N_("Information and communications technology"),
        True,
        _groups("7422 2511 2512 2513 2514 2519 2521 2522 2523 2529 3511 3512 3513 3514 1330"),
        *ANNOUNCED,
    ),
    Sector(
        "hospitality",
        N_("Hotels, restaurants and cleaning"),
        True,
        _groups("3434 5120 5131 5132 9411 9412 5151 9112"),
        *ANNOUNCED,
    ),
    Sector(
        "agriculture",
        N_("Farming and gardening"),
        True,
        _groups("6111 6112 6113 6121 6122 6130 8341 9211 9212 9213 9214"),
        *ANNOUNCED,
    ),
    Sector(
        "health_care",
        N_("Health and care"),
        False,
        _groups("2221 2264 2211 3221 3211 3212 3213 3251 5321 5322 5329"),
        *ISCO,
    ),
    Sector(
        "transport_logistics",
        N_("Transport and warehouses"),
        False,
        _groups("8322 8331 8332 8344 9333"),
        *ISCO,
    ),
    Sector(
        "manufacturing",
        N_("Garments, food and factories"),
        False,
        _groups("7531 8153 7533 7511 7512 8160 8211 8212 9329"),
        *ISCO,
    ),
    Sector("business", N_("Marketing and sales"), False, _groups("1221 2431"), *ISCO),
)

SECTOR_NAMES: dict[str, str] = {sector.key: sector.name for sector in SECTORS}
OTHER_SECTOR = N_("Other occupations")
_SECTOR_OF_GROUP: dict[str, str] = {group: sector.key for sector in SECTORS for group in sector.unit_groups}


def sector_of(isco_group: str) -> str | None:
    """The key of the sector that this ISCO-08 unit group belongs to; None when it belongs to none of ours."""
    return _SECTOR_OF_GROUP.get(isco_group)


def sector_name(key: str | None) -> str:
    """The name of a sector, as a msgid; "Other occupations" for None and for keys that are not ours."""
    return SECTOR_NAMES.get(key or "", OTHER_SECTOR)
