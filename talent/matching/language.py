"""Which language a text is in, and whether the encoder knows it.

Function words and the headings of CVs and advertisements decide among languages of one script; the script decides
the rest. Enough to know where lexical evidence has to carry the weight; not a general identifier of languages.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from talent.foundation.text import fold

UNKNOWN: Final = "und"
ROMAN_URDU: Final = "ur-Latn"
# A language that is none of those listed here (BCP 47: "uncoded").
OTHER: Final = "mis"
UNTOLD: Final = frozenset({UNKNOWN, OTHER})
# Languages the bundled encoder was trained on.
ENCODER_LANGUAGES: Final = frozenset({"en"})
WORD: Final = re.compile(r"[^\W\d_]+")
# Below so many known words a text says too little about its language.
LEAST_KNOWN_WORDS: Final = 3
# A text of so many words would hold them if it were in a listed language, and so large a share if it were English.
ENOUGH_WORDS: Final = 40
LEAST_ENGLISH_SHARE: Final = 0.035
# A language with such a share of the likeliest one's words may be the true one.
NEARLY_AS_MANY: Final = 0.6
STANDING_APART: Final = frozenset({"en", ROMAN_URDU})

FUNCTION_WORDS: Final = {
    "en": "the and of to in for with is are on as at by from or this that be have has was were will your you our we it "
    "an my his her their not all any who which can must should work working experience skills education years job "
    "duty duties responsible responsibilities name language languages company worked since present good",
    "de": "der die das und von zu mit im ist auf den dem des ein eine einen einer für bei als auch sich nach wir sie "
    "ihre unser unsere du deine dich dir oder aus zum zur werden sind haben kein sowie mindestens kenntnisse erfahrung "
    "berufserfahrung aufgaben bieten suchen ausbildung stelle vollzeit nicht aber durch",
    "it": "il lo la gli le di del della dei delle e è in con per un una che non si da al alla nel nella sono come più "
    "anche o su dal ai alle degli cerca cerchiamo richiesta richiesto esperienza requisiti offriamo lavoro mansioni "
    "conoscenza contratto presso buona della nostro nostra",
    "es": "el los las de del y en con por para un una que se es son como más también o su sus lo le sobre "
    "buscamos requisitos ofrecemos experiencia trabajo puesto conocimientos contrato nuestro nuestra años desde hasta "
    "empresa habilidades formación funciones",
    "fi": "ja on ei tai että se ovat olet olla sekä myös kuin joka jotka mutta meillä sinulla sinun me haemme tarjoamme "
    "työ työtä työn työssä kokemusta osaamista edellytämme arvostamme tehtävä tehtävät tehtäviin mukaan kanssa hyvä "
    "vähintään noin voi koulutus suomen kieli",
    "fr": "le la les de des du et à en un une que qui dans pour par sur avec est sont au aux ce cette nous vous votre "
    "notre pas plus ou expérience compétences travail poste formation recherche",
    "pt": "o a os as de do da dos das e em no na nos nas com por para um uma que não se ao são como mais também ou sua "
    "seu experiência trabalho formação habilidades empresa você",
    "nl": "de het een en van in te dat die is op voor met aan niet zijn er als ook wij je jouw ons onze bij naar of om "
    "ervaring werk opleiding vaardigheden wij bieden zoeken",
    "pl": "i w z na do się że nie jest od oraz dla przez po o jako przy lub to są ze pracy doświadczenie umiejętności "
    "wymagania oferujemy praca znajomość",
    "sv": "och att det som en ett i på är av för med till den har inte om vi du din vår eller från arbete erfarenhet "
    "utbildning kunskaper söker",
    "da": "og at det som en et i på er af for med til den har ikke om vi du din vores eller fra arbejde erfaring "
    "uddannelse kompetencer søger",
    "ro": "și de la în cu pe un o care nu se din pentru este sunt sau ca mai experiență muncă cerințe oferim căutăm "
    "cunoștințe educație",
    "cs": "a v na se je s z do o že pro za k ve nebo jsou jako při praxe požadujeme nabízíme zkušenosti práce znalost "
    "vzdělání",
    "hu": "a az és hogy nem is egy van vagy meg ez de mint csak tapasztalat munka végzettség elvárások kínálunk keresünk",
    "tr": "ve bir bu için ile de da olarak olan en çok veya deneyim iş eğitim beceriler aranan nitelikler",
    "hr": "i u na je se da za od su s kao ili koji iskustvo posao znanje obrazovanje tražimo nudimo",
    "ur": "ہے ہیں کا کی کے کو میں سے اور پر نے نہیں ہوں تھا تھی تھے بھی کر کرتا کرتی کیا کام سال تک یا جو وہ میرا میری ساتھ والا "
    "والے اب پہلے پھر ایک تجربہ تعلیم زبان",
    ROMAN_URDU: "hai hain ka ki ke ko mein main se aur par ne nahi nahin hoon hun tha thi bhi kar karta karti kiya kam "
    "kaam saal tak ya jo wo woh mera meri mere liye sath wala wali wale raha rahi gaya gayi kuch bohat acha achi pass "
    "abhi phir pehle naam umar taleem tajurba zuban karna chahta chahti samajh leta leti",
}  # fmt: skip

# Script of a letter, by the first word of its Unicode name, to the language it stands for here.
SCRIPT_LANGUAGES: Final = {
    "ARABIC": "ur",
    "GREEK": "el",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "HEBREW": "he",
    "THAI": "th",
}

OTHER_SCRIPTS: Final = frozenset(SCRIPT_LANGUAGES.values())


@dataclass(frozen=True)
class Language:
    """A language tag, the share of the evidence that is English, [0, 1], and all languages that it may be.

    tag: `und` where the text says too little, `mis` for a language not listed here.
    candidates: those that hold nearly as many of the text's words as the likeliest one; a short CV of names and lists
    cannot be told apart for certain.
    """

    tag: str
    english_share: float
    candidates: frozenset[str] = frozenset()

    @property
    def known_to_encoder(self) -> bool:
        """Whether dense evidence on this text means anything."""
        return self.tag in ENCODER_LANGUAGES


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The folded function words of every language: they say nothing about work."""
    return frozenset(word for words in _lists().values() for word in words)


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {tag: frozenset(fold(words).split()) for tag, words in FUNCTION_WORDS.items()}


@lru_cache(maxsize=4096)
def detect_language(text: str) -> Language:
    """The language that most of the text is in."""
    script = _other_script(text)
    if script is not None:
        return Language(script, 0.0, frozenset({script}))
    words = WORD.findall(fold(text))
    counts = Counter(words)
    found = {tag: sum(counts[word] for word in words) for tag, words in _lists().items()}
    tag = max(found, key=lambda t: (found[t], t == "en"))
    if found[tag] < LEAST_KNOWN_WORDS:
        return Language(UNKNOWN, 0.5) if len(words) < ENOUGH_WORDS else Language(OTHER, 0.0)
    if tag == "en" and len(words) >= ENOUGH_WORDS and found[tag] < LEAST_ENGLISH_SHARE * len(words):
        return Language(OTHER, 0.0)
    english = found["en"] / (found["en"] + found[tag]) if tag != "en" else 1.0
    return Language(tag, english, _candidates(tag, found))


def _candidates(tag: str, found: Mapping[str, int]) -> frozenset[str]:
    """The likeliest language and those near it; English and Roman Urdu stand apart from the rest."""
    if tag in STANDING_APART:
        return frozenset({tag})
    return frozenset(
        one for one, times in found.items() if times >= NEARLY_AS_MANY * found[tag] and one not in STANDING_APART
    )


def _other_script(text: str) -> str | None:
    """Language of the script that most letters have, None for Latin."""
    letters = [letter for letter in text[:4000] if letter.isalpha()]
    if not letters:
        return None
    scripts = Counter(unicodedata.name(letter, "LATIN").split()[0].split("-")[0] for letter in letters)
    common, times = scripts.most_common(1)[0]
    if common == "LATIN" or times * 2 < len(letters):
        return None
    return SCRIPT_LANGUAGES.get(common, UNKNOWN)
