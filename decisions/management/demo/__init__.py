"""The demo: accounts with passwords of this installation, and two projects with a past."""
