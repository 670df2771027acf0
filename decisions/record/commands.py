"""The commands of a candidate as they are frozen."""

from decisions.record.parts import Part, Statement


class StartAndStop(Part):
    """The exact commands of a candidate, by the options of `version` of its runtime; nothing here runs them.

    `tunnel` reaches another machine by ssh; it is empty where there is none, and ends in user@host where
    nobody has said who and where that is.
    """

    runtime: str
    version: str
    first_run: str
    stop: str
    tunnel: str = ""
    notes: tuple[Statement, ...] = ()
    source: str
    date: str
