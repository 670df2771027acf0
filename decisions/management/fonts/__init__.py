"""The fonts we ship, made from pinned packages: whole faces for the PDF, slices of them for the browser.

`script/fonts` is for those who change a face. What it writes is in the repository, so nobody needs it to run
the site. The packages (OFL-1.1, from the npm registry) are checked by the digests written here; the same
packages and the same texts give the same bytes.
"""
