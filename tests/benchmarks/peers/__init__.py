"""Routecard beside other sizing tools, on the same measured points in one run, by hand.

    python -m tests.benchmarks.peers [--heavy] [--all] [--again] [--only NAME …] [--folder var/peers]

Every tool is installed by its package's name and version in an environment of its own under `var/peers`
(`--heavy` adds those that bring gigabytes of libraries), asked through a driver (`drivers/`), and never
touches the project's environment. Tools that ask the Hub get one on the loopback (`hub.py`) with headers made
from shipped shapes (`files.py`); those that read a GGUF file get one with holes for weights. It needs `npm`,
`node` and the registries the first time, takes a quarter of an hour and writes `RESULT.md` beside this file;
single answers are in `var/peers/answers.json`, from which `--again` draws the tables anew.
"""
