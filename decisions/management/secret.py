"""Passwords that set-up gives out: random, and easy to read from a terminal."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another


def new_password() -> str:
    """Twelve random letters and digits in groups of four: 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
