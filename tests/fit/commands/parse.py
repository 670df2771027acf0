"""A command read as its runtime's own parser would read it."""

from collections.abc import Iterator

from decisions.fit.commands import Step
from decisions.knowledge.options import Command, Options, Value

OURS = {"sleep", "kill"}


def faults(step: Step, table: Options) -> list[str]:
    """What the parser would not take: unknown commands, flags or variables, wrong values, spare words."""
    if step.words[0] in OURS:
        return []
    name = max((each for each in table.commands if _begins(step.words, each)), key=len, default="")
    if not name:
        return [f"no command {step.words[:2]}"]
    return [
        *_in_words(list(step.words[len(name.split()) :]), table.commands[name]),
        *_in_environment(step, table),
    ]


def _begins(words: tuple[str, ...], name: str) -> bool:
    return list(words[: len(name.split())]) == name.split()


def _in_environment(step: Step, table: Options) -> Iterator[str]:
    for name, value in step.environment:
        known = table.environment.get(name)
        if known is None or not takes(known, value):
            yield f"{name}={value}"


def _in_words(words: list[str], command: Command) -> Iterator[str]:
    arguments = 0
    while words:
        word = words.pop(0)
        option = command.option(word)
        if option is None:
            arguments += 1
            if word.startswith("-") or arguments > command.arguments:
                yield f"no option {word}"
        elif option.takes != "flag":
            value = words.pop(0) if words else None
            if value is None or not takes(option, value):
                yield f"{word} {value}"


def takes(known: Value, value: str) -> bool:
    """Whether an option takes that value."""
    if value in known.choices:
        return True
    match known.takes:
        case "int":
            return value.isascii() and value.isdigit()
        case "float":
            return value.replace(".", "", 1).isdigit()
        case "str":
            return not value.startswith("-")
    return False
