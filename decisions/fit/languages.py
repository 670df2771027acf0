"""Comparing languages as people write them: codes and English names."""

_CODES = {
    "arabic": "ar",
    "chinese": "zh",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "indonesian": "id",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "malay": "ms",
    "mandarin": "zh",
    "norwegian": "no",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
    "thai": "th",
    "turkish": "tr",
    "ukrainian": "uk",
    "vietnamese": "vi",
    "nb": "no",
    "nn": "no",
    "cmn": "zh",
    "日本語": "ja",
    "英語": "en",
    "中国語": "zh",
    "中文": "zh",
    "英语": "en",
    "日语": "ja",
}
MANY = "multilingual"  # a card that counts its languages and does not list them


def primary(language: str) -> str:
    """The primary subtag of a tag, or the code of a common name: "zh-Hans" and "Chinese" give "zh"."""
    text = language.strip().casefold()
    words = text.replace("_", "-").replace("(", " ").split()
    first = words[0].split("-")[0] if words else ""
    return _CODES.get(text) or _CODES.get(first, first)


def lists_everything(languages: tuple[str, ...]) -> bool:
    """Whether the list names its languages one by one, so that what is left out is not there."""
    return bool(languages) and MANY not in {primary(language) for language in languages}
