"""`script/messages`: bring the catalogues up to date, compile them, or say what is missing."""

import argparse
import sys

from decisions.management.messages import catalogue
from decisions.management.messages.extract import texts


def main() -> int:
    """Do what the first argument says; 1 when `check` finds something to do."""
    parser = argparse.ArgumentParser(prog="script/messages", description=__doc__)
    parser.add_argument("what", nargs="?", default="update", choices=("update", "compile", "check"))
    what = parser.parse_args().what
    if what == "compile":
        catalogue.compile_stale()
        return 0
    return _each(update=what == "update")


def _each(*, update: bool) -> int:
    found = list(texts())
    wrong = 0
    for locale in catalogue.LOCALES:
        path = catalogue.source(locale)
        new = catalogue.updated(catalogue.read(locale), found)
        content, missing = catalogue.written(new), len(catalogue.untranslated(new))
        same = path.exists() and path.read_bytes() == content
        if update and not same:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        state = "up to date" if same else "updated" if update else "not up to date: run script/messages"
        sys.stdout.write(f"{locale}: {len(new)} texts, {missing} without translation, {state}\n")
        wrong += bool(missing) or not same
    return int(bool(wrong) and not update)


if __name__ == "__main__":
    sys.exit(main())
