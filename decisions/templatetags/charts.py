"""Light colours of charts: they stand in the SVG, because page sheets do not reach into it in the PDF."""

from django import template

register = template.Library()

COLOURS = {"one": "#0b5cad", "two": "#0b6b34", "three": "#7a5200", "over": "#a11b2b"}


@register.filter
def chart_colour(tone: str) -> str:
    """The light colour of a tone; ink for one that has none."""
    return COLOURS.get(tone, "#1b1f24")
