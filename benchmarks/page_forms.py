"""What people do before some pages exist: an upload, a request for review, a file of vacancies."""

import re
from collections.abc import Callable, Mapping
from html import unescape

import httpx2

from talent.accounts.permissions import Role

HIDDEN = re.compile(r"""<input\s[^>]*type=["']hidden["'][^>]*>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""(name|value)=["']([^"']*)["']""")
MATCH = re.compile(r"""href=["'](/matches/[0-9a-f-]{36})["']""")
CV = b"""Curriculum vitae

Experience
2016 - 2022 Welder, Al-Noor Steel Works, Jubail: MIG/MAG welding of steel frames, reading drawings

Education
2013 - 2016 Diploma of Associate Engineer (Mechanical), Punjab Board of Technical Education

Languages
English B1, Urdu
"""


def send(
    client: httpx2.Client,
    page: str,
    values: Mapping[str, str],
    *,
    to: str = "",
    file: tuple[str, str, bytes] | None = None,
) -> httpx2.Response:
    """Fill in the form of a page as a browser does; ``file`` is (field, name, content).

    Raises:
        SystemExit: the service did not take it.
    """
    fields = [dict(ATTRIBUTE.findall(field)) for field in HIDDEN.findall(client.get(page).text)]
    hidden = {field["name"]: unescape(field.get("value", "")) for field in fields if "name" in field}
    address = str(client.base_url).rstrip("/")
    answer = client.post(
        to or page,
        data=hidden | dict(values),
        files={file[0]: (file[1], file[2])} if file else None,
        headers={"Origin": address, "Referer": address + page},
    )
    if answer.status_code != 303:
        raise SystemExit(f"{to or page} did not take the form: {answer.status_code}")
    return answer


def as_candidate(client: httpx2.Client) -> list[str]:
    """Upload a CV, unless facts of one wait since an earlier run, and ask for a review of one match."""
    if client.get("/profile/cv").status_code == 200:
        send(client, "/profile/cv", {}, file=("cv", "cv.txt", CV))
    match = MATCH.search(client.get("/matches").text)
    if match is None:
        raise SystemExit("The candidate of the demonstration has no match.")
    review = f"{match.group(1)}/review"
    send(client, review, {"words": "I have this certificate, but it is shown as missing."})
    return ["/profile/cv/facts", "/profile/resume", "/profile/skills/find?words=weld", f"{review}/sent"]


def as_agency(client: httpx2.Client) -> list[str]:
    """Bring a file with one good and one bad row."""
    heads, row, *_ = client.get("/imports/template.csv").text.splitlines()
    bad = row.replace(row.partition(",")[0], "X-2", 1).replace("EUR", "EURO")
    answer = send(client, "/imports", {}, file=("file", "vacancies.csv", "\n".join([heads, row, bad]).encode()))
    result = answer.headers["location"]
    return [result, f"{result}/rejected"]


FIRST: Mapping[str, Callable[[httpx2.Client], list[str]]] = {
    Role.CANDIDATE: as_candidate,
    Role.AGENCY_OFFICER: as_agency,
}
"""Steps of each role, and the addresses that exist after them."""
