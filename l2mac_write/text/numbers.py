"""How chapters are numbered: in digits, Roman or Chinese numerals, or in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

SPELLED = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt
eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig
uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte
uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti
um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze
een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien
jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć
один два три четыре пять шесть семь восемь девять десять
первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая
الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر
premier second
une
primero segundo tercero
primo secondo terzo
primeiro segundo terceiro
"""
"""From one on, a way of counting a line."""
ROWS = tuple(tuple(row.split()) for row in SPELLED.strip().splitlines())
ENGLISH = ROWS[0]
ORDINALS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth last
erstes zweites drittes viertes fünftes sechstes siebtes siebentes achtes neuntes zehntes elftes zwölftes
dreizehntes vierzehntes fünfzehntes sechzehntes siebzehntes achtzehntes neunzehntes letztes
premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième dernier
"""
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LAST = 399
"""The highest chapter that any book is known to number in Roman numerals or in words."""
CHAPTER = r"(?:chapter|chapitre|kapitel|cap[ií]tulo|capitolo|hoofdstuk|rozdział|глава|розділ|الفصل)"
CHINESE_CHAPTER = r"第\s?(?:\d{1,4}|[〇零一二三四五六七八九十百两]{1,7})\s?[章回]"
CHINESE_TITLE = rf"{CHINESE_CHAPTER}(?:[\s:：、—–·][^\n。！？]*)?"
DIGITS = "〇一二三四五六七八九"
ORDINAL = "|".join(
    (
        rf"(?:{'|'.join(TENS)})[- ](?:{'|'.join(ORDINALS.split()[:9])})",
        r"[a-zäöüß]{3,}und(?:zwan|drei|vier|fünf)[zß]igstes|(?:zwan|drei|vier|fünf)[zß]igstes",
        *sorted(ORDINALS.split(), key=len, reverse=True),
    )
)
WORDS = "|".join(
    (
        ORDINAL,
        rf"(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ENGLISH[:9])})\b)?",
        *sorted({word for row in ROWS for word in row}, key=len, reverse=True),
    )
)
"""A pattern for every number that we know in words."""
NAMED_CHAPTER = rf"{CHAPTER}\s+(?:the\s+)?(?:{WORDS})|(?:the\s+)?(?:{ORDINAL})\s+{CHAPTER}"
"""A chapter that says its number in words, before or after."""
CHAPTER_NAME = rf"(?:{NAMED_CHAPTER}|{CHAPTER}\s+(?:\d{{1,4}}|[ivxlc]{{1,9}}))\b|{CHINESE_CHAPTER}"
"""The same with a number of any kind."""


def spellings(number: int) -> frozenset[str]:
    """Every way to write it, in small letters."""
    words = (row[number - 1] for row in ROWS if 0 < number <= len(row))
    return frozenset((str(number), roman(number), chinese(number), *words))


def roman(number: int) -> str:
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    hundreds, below = divmod(number, 100)
    return "c" * hundreds + tens[below // 10] + ones[below % 10]


def chinese(number: int) -> str:
    """From 1 to 99; digit by digit from there on."""
    tens, ones = divmod(number, 10)
    if number > 99:  # noqa: PLR2004 (the last with two digits)
        return "".join(DIGITS[int(digit)] for digit in str(number))
    ten = "十" if tens else ""
    return (DIGITS[tens] if tens > 1 else "") + ten + (DIGITS[ones] if ones else "")


@cache
def values() -> Mapping[str, int]:
    """Every number up to a hundred as it may be spelled, in small letters, and what it is."""
    written = {spelled: number for number in range(LAST, 0, -1) for spelled in spellings(number)}
    tens = (f"{ten}-{one}" for ten in TENS for one in ("", *ENGLISH[:9]))
    english = {name.rstrip("-"): 20 + place for place, name in enumerate(tens)}
    spaced = {name.replace("-", " "): number for name, number in english.items()}
    return {**english, **spaced, **written}
