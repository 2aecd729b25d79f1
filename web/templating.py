"""The template environments: one per language, compiled at start or read as kept from the last one, reloaded never."""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    Undefined,
    UndefinedError,
)
from jinja2.utils import missing

from talent import taxonomy
from web.assets import Assets
from web.filters import filters, functions
from web.i18n import LANGUAGES, LOCALE_FOLDER, Language, Words

FOLDER = Path(__file__).parent / "templates"
SAYING = (*Path(__file__).parent.glob("*.py"), *Path(taxonomy.__file__).parent.glob("*.py"))
"""The code whose words may stand in a compiled template."""


class TypedUndefined(Undefined):
    """A missing key of a component's parameters is empty; a missing attribute of a view is a bug and says so."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[UndefinedError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if is_dataclass(obj):
            raise UndefinedError(f"{type(obj).__name__} has no attribute {name!r}")


def kept_code(folder: Path, language: Language) -> FileSystemBytecodeCache | None:
    """Where the compiled templates of one language are kept; None where nothing can be written.

    What a template says of itself is checked by Jinja; the folder is named after everything else that may stand in it.
    """
    catalogue = LOCALE_FOLDER / language.code / "LC_MESSAGES" / "messages.mo"
    seen = hashlib.sha256()
    for path in sorted([*SAYING, *([catalogue] if catalogue.exists() else [])]):
        seen.update(path.read_bytes())
    own = folder / f"{language.code}-{seen.hexdigest()[:16]}"
    try:
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        (own / ".writable").touch()
    except OSError:
        return None
    for before in folder.glob(f"{language.code}-*"):
        if before != own:
            shutil.rmtree(before, ignore_errors=True)
    return FileSystemBytecodeCache(str(own))


def make_environment(language: Language, assets: Assets, compiled: Path | None = None) -> Environment:
    """The environment of one language, with its words, filters and the GOV.UK components.

    compiled : the folder in which compiled templates are kept for the next start; kept nowhere for None.
    """
    words = Words(language)
    environment = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(FOLDER),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=kept_code(compiled, language) if compiled else None,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=TypedUndefined,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(words.catalogue, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    environment.filters.update(filters(words))
    environment.globals.update(functions(words), asset=assets.url)
    return environment


def make_environments(assets: Assets, compiled: Path | None = None) -> Mapping[str, Environment]:
    """Every language's environment by its code, with every page compiled."""
    made = {code: make_environment(language, assets, compiled) for code, language in LANGUAGES.items()}
    for environment in made.values():
        for path in FOLDER.rglob("*.html"):
            environment.get_template(path.relative_to(FOLDER).as_posix())
    return made
