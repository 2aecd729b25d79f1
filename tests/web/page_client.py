"""A browser for tests: it fetches pages, fills in forms like a person, and fails on any page that is badly made."""

import re
from dataclasses import dataclass
from itertools import groupby

from lxml import html
from starlette.testclient import TestClient

INLINE = re.compile(r"^on[a-z]+$")


@dataclass
class Got:
    """One answer, parsed."""

    status: int
    path: str
    headers: dict
    tree: html.HtmlElement

    @property
    def title(self):
        return self.tree.findtext(".//title")

    @property
    def heading(self):
        return " ".join(self.tree.find(".//h1").text_content().split())

    @property
    def text(self):
        """The words of the page's main part."""
        return " ".join(self.tree.find(".//main").text_content().split())

    @property
    def errors(self):
        """Each error of the summary: where its link leads, and its sentence."""
        links = self.tree.xpath("//div[contains(@class, 'govuk-error-summary')]//li/a")
        return {link.get("href"): " ".join(link.text_content().split()) for link in links}

    def form(self, action=None):
        """The form with this action; without one, the only form in the main part."""
        forms = self.tree.xpath("//main//form[@method='post']")
        chosen = [form for form in forms if action is None or form.action == action]
        assert len(chosen) == 1, f"{len(chosen)} forms among {[form.action for form in forms]}"
        return chosen[0]

    def links(self):
        return [link.get("href") for link in self.tree.iter("a")]


def checked(response, path):
    """The parsed page, when nothing on it is badly made."""
    tree = html.document_fromstring(response.text)
    assert tree.getroottree().docinfo.doctype == "<!DOCTYPE html>"
    assert (tree.findtext(".//title") or "").strip(), "no title"
    assert (tree.get("lang"), tree.get("dir")) in {("en", "ltr"), ("ur", "rtl")}
    assert len(tree.findall(".//h1")) == 1, f"{len(tree.findall('.//h1'))} headings of the first level"
    ids = sorted(element.get("id") for element in tree.iter() if element.get("id"))
    assert [name for name, same in groupby(ids) if len(list(same)) > 1] == [], "the same id twice"
    policy = response.headers["content-security-policy"]
    for script in tree.findall(".//script"):
        assert script.get("src", "").startswith("/static/"), "a script of another site, or written into the page"
        assert f"script-src 'nonce-{script.get('nonce')}'" in policy, "a script that its page does not name"
        assert not script.text
    assert not tree.findall(".//style"), "a style"
    for element in tree.iter(html.etree.Element):
        inline = [name for name in element.attrib if name == "style" or INLINE.match(name)]
        assert not inline, f"{element.tag} has {inline}"
    check_forms(tree, set(ids))
    return Got(response.status_code, path, response.headers, tree)


def check_forms(tree, ids):
    for form in tree.iter("form"):
        assert form.get("action"), "a form without action"
        assert form.get("method") in {"post", "get"}
        if form.get("method") == "post":
            assert form.xpath(".//input[@name='_token'][@value]"), f"{form.get('action')} has no token"
    labelled = {label.get("for") for label in tree.iter("label")}
    for box in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert box.get("id") in labelled, f"{box.get('name')} has no label"
        named = set((box.get("aria-describedby") or "").split())
        assert named <= ids, f"{box.get('name')} is described by {named - ids}, which is nowhere"
    for link in tree.xpath("//div[contains(@class, 'govuk-error-summary')]//a"):
        assert link.get("href").removeprefix("#") in ids, f"{link.get('href')} leads nowhere"


class Browser:
    """One person's browser: keeps cookies, follows no redirect by itself."""

    def __init__(self, app, *, language="en", base_url="http://127.0.0.1:8000"):
        self.client = TestClient(app, base_url=base_url, follow_redirects=False, headers={"Accept-Language": language})

    def post(self, address, **sent):
        """The answer to a form as it is sent."""
        return self.client.post(address, **sent)

    def get(self, path, *, expect=200):
        response = self.client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == expect, f"{path} answered {response.status_code}: {response.text[:300]}"
        return checked(response, path)

    def goes_to(self, path):
        """Where this address leads on to."""
        response = self.client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == 303, f"{path} answered {response.status_code}"
        return response.headers["location"]

    def send(self, got, *, action=None, files=None, expect=303, press=None, **filled):
        """Fill in the page's form over what already stands in it and press a button.

        303 gives the address that it leads to, anything else the page that came back.
        """
        form = got.form(action)
        data = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        data |= {name: value if isinstance(value, list | tuple) else [value] for name, value in filled.items()}
        if press:
            data[press[0]] = [press[1]]
        for box in form.xpath(".//input[@type='file']"):
            data.pop(box.get("name"), None)
        referer = str(self.client.base_url).rstrip("/") + got.path
        headers = {"Accept": "text/html", "Origin": str(self.client.base_url).rstrip("/"), "Referer": referer}
        response = self.post(form.action, data=data, files=files, headers=headers)
        assert response.status_code == expect, f"{form.action} answered {response.status_code}: {response.text[:3000]}"
        return response.headers["location"] if expect == 303 else checked(response, form.action)
