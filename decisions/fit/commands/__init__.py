"""The exact commands of a candidate: first run, stop, and the tunnel to a rented machine.

They are texts to copy; nothing here runs them. Whatever a person wrote stays one word of the shell.
"""

from decisions.fit.commands.asked import Asked, Commands, Step
from decisions.fit.commands.build import commands_for, is_placeholder
from decisions.fit.commands.candidate import asked_of, commands_of

__all__ = ["Asked", "Commands", "Step", "asked_of", "commands_for", "commands_of", "is_placeholder"]
