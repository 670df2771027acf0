"""The packages the faces come from: fetched by npm, checked, and read without unpacking."""

import base64
import hashlib
import subprocess
import tarfile
from pathlib import Path

# name -> version, SHA-512 as the registry states it. Each holds whole TTF files: the sliced packages of the
# same families lack 144 characters of JIS X 0208 and 1,289 of GB 2312.
PACKAGES = {
    "noto-sans": (
        "0.4.2",
        "zYD8G2ijWLxqmquoQgghNh/x9p0yxWwArD0oxO1oXY1qx5vOd4t0Kbhnu/Cx8RTy08OgA8RtxuULZFaXwVPnPw==",
    ),
    "noto-sans-mono": (
        "0.4.2",
        "Am5TeZeLlqPiDbWH71OprS/LZTuWwvpZ0cEObA9I3/FO2uhZEHgbp+fm/3aDPbEiMNr7xN8YpUAnuyBGuEeHoQ==",
    ),
    "noto-sans-math": (
        "0.4.2",
        "Kgj0kKibznTLYcbpR8Tk2ybr76uMOyrlyoP5F9G+0UiJzAMA4zG/XIlrgXKzfFGERhA0Rc3vbwDeeTxwXPlaYg==",
    ),
    "noto-sans-symbols-2": (
        "0.4.1",
        "jFymG5s4OLlXpy9E9FQvSXpSnf43BIYcJiPXEHSw6LFNvbahkjmUWb/cj4vsX/KdUksGLTPbjB9iRuu8L3yJ8A==",
    ),
    "noto-sans-jp": (
        "0.4.3",
        "Fl+Z6vtD24HFAYsvzB0S9Nery1ly16B9PesdY0wBd+wEHAvkNglnkTUspU0HqGOubkmoa8zusJrKv6vDx1o70A==",
    ),
    "noto-sans-sc": (
        "0.4.3",
        "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",
    ),
    "noto-sans-kr": (
        "0.4.3",
        "EVS/uJPcf1TgJtjmQmrFr0oGdcl7ml09CSu0E/AyGzR0UfzdR2pBbzWWPsnuzZiGUl643ODYwYiXK5+B+fLjhQ==",
    ),
    "noto-sans-hebrew": (
        "0.4.1",
        "NR3vP6GT/hSINLrk4JHJBQnuzh/C1mlMrphNlI2dQaO53a3oTjSRoG4JyYb1B6bHadjsGh0wPZbT4kMJBKjT/w==",
    ),
    "noto-sans-arabic": (
        "0.4.3",
        "YvtxyuegxPegu2g5urXJ+gQxRp8i798nQswTmEjwXOWR/fqy0Gvey6h5IoNRBrc43SxRxPezqCiR9ivpfPAXSg==",
    ),
    "noto-sans-thai": (
        "0.4.2",
        "PGBBBDGfJJ/5y2hNweLBZWD4YmVT4uOO4chsOPXyl0TktaBJamDKVKv/WbGiDTeBGdkegLiytsWo+lhnkHP5qA==",
    ),
    "noto-sans-devanagari": (
        "0.4.1",
        "26boYPNKGP1r4R5MxsMAY/zCQOwiXLOJzX8sh1a2oEWyQurQsyniaCv4992c+9jjwshEEt2NNVv5GcnyzaL7QQ==",
    ),
    "noto-emoji": (
        "0.4.7",
        "Gs7URwtKmCzzdGUTYbG8MIohyaQPgGxIaQG5hvyEAaQiEGJpQy6gyP3NDICE0EJkOJFoe1JFD3Hf1L4a3qe4KA==",
    ),
}


class Unusable(Exception):
    """A package that is not the one we know."""


def fetch(name: str, folder: Path) -> Path:
    """The package's archive in `folder`, fetched by npm unless it is there, and checked."""
    version, digest = PACKAGES[name]
    archive = folder / f"expo-google-fonts-{name}-{version}.tgz"
    if not archive.exists():
        package = f"@expo-google-fonts/{name}@{version}"
        subprocess.run(  # noqa: S603 - every part of it is written here
            ["npm", "pack", "--silent", "--pack-destination", str(folder), package],  # noqa: S607
            check=True,
            stdout=subprocess.DEVNULL,
        )
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != digest:
        raise Unusable(f"{archive} is not the package whose digest is written in {Path(__file__).name}.")
    return archive


def member(archive: Path, path: str) -> bytes:
    """One file of a package: "LICENSE_FONT", or "400Regular" for the face in that folder."""
    with tarfile.open(archive) as package:
        for each in package:
            inside = each.name.removeprefix("package/")
            if inside == path or (inside.startswith(f"{path}/") and inside.endswith(".ttf")):
                content = package.extractfile(each)
                return content.read() if content else b""
    raise Unusable(f"{archive} has no {path}.")
