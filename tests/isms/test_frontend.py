import json
from pathlib import Path

import pytest

from isms import frontend


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """What npm would have installed, in miniature."""
    fonts = [f"{frontend.FONTS}/FiraSans-{name}.woff2" for name in frontend.WEIGHTS]
    for name in (*frontend.FILES.values(), *fonts):
        path = tmp_path / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}")
    return tmp_path / "node_modules"


def test_a_file_is_served_under_a_name_that_carries_its_content(modules: Path, tmp_path: Path):
    served = frontend.serve(modules, tmp_path / "vendor")

    assert served["htmx.js"].startswith("htmx.")
    assert served["htmx.js"].endswith(".js")
    assert served == json.loads((tmp_path / "vendor/manifest.json").read_text())
    assert all((tmp_path / "vendor" / name).exists() for name in served.values())


def test_another_content_gets_another_name():
    assert frontend.hashed("kern.css", b"a") != frontend.hashed("kern.css", b"b")


def test_the_fonts_are_named_where_they_are_served(modules: Path, tmp_path: Path):
    served = frontend.serve(modules, tmp_path / "vendor")

    faces = (tmp_path / "vendor" / served["fonts.css"]).read_text()
    assert all(served[f"fira-sans-{weight}.woff2"] in faces for weight in frontend.WEIGHTS.values())


def test_what_was_served_before_goes(modules: Path, tmp_path: Path):
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor/htmx.old.js").write_text("old")

    frontend.serve(modules, tmp_path / "vendor")

    assert not (tmp_path / "vendor/htmx.old.js").exists()


def test_a_machine_without_npm_and_pip_hears_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(frontend.NoNode, match="neither npm nor pip"):
        frontend.install(tmp_path)
