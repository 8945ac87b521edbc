"""Settings are read once, and nonsense is loud."""

from pathlib import Path

import pytest

from isms.settings import Settings, SettingsError, read_settings


def test_without_anything_the_house_runs_on_a_file():
    assert read_settings({}) == Settings()


def test_the_environment_overrules_the_file(tmp_path: Path):
    file = tmp_path / "isms.toml"
    file.write_text('office_name = "Amt aus der Datei"\nhttps = true\nupload_limit_mb = 8\n')
    settings = read_settings({"ISMS_SETTINGS": str(file), "ISMS_OFFICE_NAME": "Amt aus der Umgebung"})

    assert (settings.office_name, settings.https, settings.upload_limit_mb) == ("Amt aus der Umgebung", True, 8)


def test_the_database_has_its_usual_name():
    assert read_settings({"DATABASE_URL": "postgresql://isms@db/isms"}).database_url == "postgresql://isms@db/isms"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"ISMS_HTTPS": "vielleicht"}, "https"),
        ({"ISMS_SESSION_HOURS": "-3"}, "session_hours"),
        ({"ISMS_SYNCHRONOUS": "OFF"}, "synchronous"),
        ({"DATABASE_URL": "mysql://isms@db/isms"}, "DATABASE_URL"),
        ({"ISMS_SETTINGS": "gibt/es/nicht.toml"}, "gibt/es/nicht.toml"),
    ],
)
def test_nonsense_names_the_setting(environ: dict[str, str], named: str):
    with pytest.raises(SettingsError, match=named):
        read_settings(environ)


@pytest.mark.parametrize(("text", "said"), [("offfice_name = 'x'", "offfice_name"), ("a = = 1", "kein lesbares TOML")])
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, said: str):
    file = tmp_path / "isms.toml"
    file.write_text(text)

    with pytest.raises(SettingsError, match=said):
        read_settings({"ISMS_SETTINGS": str(file)})
