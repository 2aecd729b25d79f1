"""The catalogue of Urdu sentences: ``python -m web.catalogue {extract,check,compile,missing,take}``.

English in the code is the source. ``extract`` brings new sentences into the Urdu file and drops vanished ones,
``missing`` prints what is still untranslated for a translator, ``take`` merges a translator's file, ``check`` fails
while anything is untranslated or a placeholder differs, ``compile`` writes the ``.mo`` file that the service reads.
"""

import argparse
import fcntl
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import TemplateSyntaxError

ROOT = Path(__file__).parent.parent
TEMPLATES = Path(__file__).parent / "templates"
FOLDER = Path(__file__).parent / "locale" / "ur" / "LC_MESSAGES"
SOURCE, COMPILED = FOLDER / "messages.po", FOLDER / "messages.mo"
KEYWORDS: Mapping[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "Sentence": None,
}
PLURAL = "nplurals=2; plural=(n != 1);"
HEADER = """\
# Urdu sentences of the Talent Partnership service.
#
# NEEDS NATIVE REVIEW: written by the project, not yet read by native reviewers. In every sentence the reader is
# addressed as "آپ"; words that people in the trades say in English stay English in Urdu letters.
#"""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # no true time: the same sentences give the same file
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def source_catalogue() -> Catalog:
    """Every sentence in the code and the templates.

    Raises:
        SystemExit: a template cannot be read; the message names it.
    """
    found = Catalog(project="Talent Partnership", charset="utf-8")
    code = [*(ROOT / "talent").rglob("*.py"), *(ROOT / "web").rglob("*.py"), *TEMPLATES.rglob("*.html")]
    for path in sorted([*code, *(ROOT / "talent").rglob("*.yaml")]):
        method = METHODS[path.suffix]
        place = path.relative_to(ROOT).as_posix()
        try:
            marked = list(extract_from_file(method, path, keywords=KEYWORDS, options=options_of(path.suffix)))
        except TemplateSyntaxError as error:
            sys.exit(f"{place}, line {error.lineno}: {error.message}")
        for line, sentence, _comments, context in marked:
            if str(sentence).strip():
                found.add(sentence, None, [(place, line)], context=context)
    return found


def said_in_data(
    file: IO[bytes],
    *_keywords_and_tags: object,
    options: Mapping[str, object],  # noqa: ARG001 - Babel names it
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Every text that a data file marks with ``!say``, with its line."""
    is_marked = False
    for token in yaml.scan(file, yaml.SafeLoader):
        if isinstance(token, yaml.TagToken):
            is_marked = token.value == ("!", "say")
        elif isinstance(token, yaml.ScalarToken):
            if is_marked:
                yield token.start_mark.line + 1, None, token.value, []
            is_marked = False
        else:
            is_marked = False


METHODS: Mapping[str, Any] = {".py": "python", ".html": "jinja2", ".yaml": said_in_data}
"""How each kind of file is read."""


def options_of(suffix: str) -> dict[str, str]:
    """What ``babel.cfg`` says about this kind of file."""
    method = METHODS[suffix]
    if not isinstance(method, str):
        return {}
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel does not annotate it
    pattern = next(pattern for pattern, name in methods if name == method)
    return dict(options.get(pattern, {}))


def urdu_catalogue() -> Catalog:
    """The Urdu file as it is, or an empty one."""
    if not SOURCE.exists():
        return Catalog(locale="ur", project="Talent Partnership", header_comment=HEADER, fuzzy=False)
    with SOURCE.open("rb") as file:
        return read_po(file, locale="ur")


def merged(source: Catalog, urdu: Catalog) -> Catalog:
    """The source's sentences with the Urdu that is known for them, in alphabetical order, without places."""
    result = Catalog(locale="ur", project="Talent Partnership", header_comment=HEADER, fuzzy=False)
    for message in sorted(sentences(source), key=lambda one: (str(one.id), str(one.context))):
        known = urdu.get(message.id, message.context) or urdu.get(first_id(message))
        same_kind = known is not None and isinstance(known.id, str) == isinstance(message.id, str)
        result.add(message.id, known.string if known is not None and same_kind else None, context=message.context)
    return result


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """Every entry but the header."""
    return (message for message in catalogue if message.id)


def first_id(message: Message) -> str:
    """The msgid, or the singular of a pair."""
    return message.id if isinstance(message.id, str) else message.id[0]


def strings(message: Message) -> tuple[str, ...]:
    """What is translated: one string, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def is_translated(message: Message) -> bool:
    """Whether each form has words and nobody marked it fuzzy."""
    return all(strings(message)) and not message.fuzzy


def placeholder_faults(catalogue: Catalog) -> list[str]:
    """Translated sentences whose placeholders are not those of the English ones."""
    faults = []
    for message in filter(is_translated, sentences(catalogue)):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        allowed = {name for text in ids for name in placeholders(text)}
        needed = set.intersection(*({*placeholders(text)} for text in ids))
        if not all(needed <= {*placeholders(text)} <= allowed for text in strings(message)):
            faults.append(f"other placeholders than in English: {first_id(message)!r}")
    return faults


def placeholders(text: str) -> list[str]:
    """The names of the placeholders in a sentence."""
    return [old or new for old, new in PLACEHOLDER.findall(text)]


def as_po(catalogue: Catalog) -> bytes:
    """The text of a ``.po`` file, the same each time for the same sentences."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=120, omit_header=True)
    header = f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: ur\\n"\n"Plural-Forms: {PLURAL}\\n"\n'
    return (
        header + '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    ).encode() + buffer.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The bytes of the ``.mo`` file, without times, so that the same sentences give the same bytes."""
    plain = read_po(BytesIO(as_po(catalogue)), locale="ur")
    plain.creation_date = plain.revision_date = BEGINNING
    buffer = BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


@contextmanager
def locked() -> Iterator[None]:
    """Only one program at a time changes the Urdu file: the folder itself is the lock."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = os.open(FOLDER, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def extract(_arguments: Sequence[str]) -> list[str]:
    """Bring new sentences into the Urdu file."""
    with locked():
        result = merged(source_catalogue(), urdu_catalogue())
        SOURCE.write_bytes(as_po(result))
    say(
        f"{sum(1 for _ in sentences(result))} sentences, {sum(not is_translated(m) for m in sentences(result))} missing"
    )
    return []


def check(_arguments: Sequence[str]) -> list[str]:
    """Everything that stops a release: sentences missing, fuzzy, with other placeholders, or not compiled."""
    wanted = merged(source_catalogue(), urdu_catalogue())
    faults = [f"no Urdu: {first_id(message)!r}" for message in sentences(wanted) if not is_translated(message)]
    faults += placeholder_faults(wanted)
    if not SOURCE.exists() or SOURCE.read_bytes() != as_po(wanted):
        faults.append("messages.po is not current: run python -m web.catalogue extract")
    elif not COMPILED.exists() or COMPILED.read_bytes() != as_mo(wanted):
        faults.append("messages.mo is not current: run python -m web.catalogue compile")
    return faults


def compile_catalogue(_arguments: Sequence[str]) -> list[str]:
    """Write the file that the service reads."""
    with locked():
        COMPILED.write_bytes(as_mo(urdu_catalogue()))
    return []


def missing(parts: Sequence[str]) -> list[str]:
    """Print the untranslated sentences, of these folders or files only when some are named."""
    wanted, source = merged(source_catalogue(), urdu_catalogue()), source_catalogue()
    result = Catalog(locale="ur", header_comment=HEADER, fuzzy=False)
    for message in sentences(wanted):
        places = source[message.id].locations if message.id in source else []
        here = not parts or any(place.startswith(part.rstrip("/")) for place, _ in places for part in parts)
        if here and not is_translated(message):
            result.add(message.id, None, places)
    sys.stdout.write(as_po(result).decode())
    return []


def take(files: Sequence[str]) -> list[str]:
    """Merge what these files translate into the Urdu file, and compile it."""
    with locked():
        urdu = urdu_catalogue()
        for file in files:
            with Path(file).open("rb") as opened:
                brought = read_po(opened, locale="ur")
            for message in filter(is_translated, sentences(brought)):
                urdu.delete(first_id(message))
                urdu.add(message.id, message.string)
        urdu = merged(urdu, urdu)
        SOURCE.write_bytes(as_po(urdu))
        COMPILED.write_bytes(as_mo(urdu))
    return []


def say(text: str) -> None:
    """One line for whoever runs the command."""
    sys.stdout.write(f"{text}\n")


COMMANDS: Mapping[str, Callable[[Sequence[str]], list[str]]] = {
    "extract": extract,
    "check": check,
    "compile": compile_catalogue,
    "missing": missing,
    "take": take,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 1 when it found faults."""
    parser = argparse.ArgumentParser(prog="python -m web.catalogue", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("names", nargs="*", help="folders for missing, files for take")
    chosen = parser.parse_args(arguments)
    faults = COMMANDS[chosen.command](chosen.names)
    for fault in faults:
        say(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
