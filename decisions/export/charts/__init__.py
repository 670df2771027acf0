"""Charts: values in, places in percent of the width out; `templates/charts/` draws them for page and PDF."""
