"""The translation catalogues: kept up with the texts of the code, and compiled for the running site.

Plain Python with Babel: neither a database nor the tools of GNU gettext are needed.
"""
