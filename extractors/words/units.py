"""Words for scales and small numbers."""

_ENGLISH = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {
    "K": 1e3,
    "k": 1e3,
    "M": 1e6,
    "m": 1e6,
    "B": 1e9,
    "b": 1e9,
    "T": 1e12,
    "t": 1e12,
    "bn": 1e9,
    "mn": 1e6,
    "MM": 1e6,
    "Bn": 1e9,
}
_CHINESE = {
    "万": 1e4,
    "千万": 1e7,
    "亿": 1e8,
    "十亿": 1e9,
    "百亿": 1e10,
    "千亿": 1e11,
    "万亿": 1e12,
    "億": 1e8,
    "兆": 1e12,
    "萬": 1e4,
}

#: What a number is multiplied by; plurals and capitals of the English words too.
SCALES: dict[str, float] = {
    **_SHORT,
    **_CHINESE,
    **{
        form: size
        for word, size in _ENGLISH.items()
        for form in (word, word + "s", word.capitalize(), word.capitalize() + "s", word.upper())
    },
}

#: Numbers written out; they count only before a scale word ("seven billion"), or a noun that an extractor asks for.
NUMBER_WORDS: dict[str, float] = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "half a": 0.5,
}
