"""The sentences of the fits, one table per module: code to English template.

A parameter whose name ends in `_word` or `_words` is itself a marked text (a state's label or an entry of
`words.py`): a page translates it before putting it into the translated template. Every other parameter is
what a person wrote, a name or a number, and is shown as it is.
"""
