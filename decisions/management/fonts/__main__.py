"""`script/fonts`."""

from decisions.management.fonts.making import main

main()
