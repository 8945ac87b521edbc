"""Commands that set up, serve and fill the house."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path

import click

from isms.commandline.saying import run, settings_in_use
from isms.settings import Settings
from isms.web.clock import today

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
def setup() -> None:
    """Datenbank anlegen oder auf den neuen Stand bringen; beim ersten Mal den Einrichtungslink zeigen."""
    from isms.commands.first_steps import setup_link

    _prepare_folder(settings_in_use())
    link = run(setup_link())
    click.echo("Die Datenbank ist auf dem neuesten Stand.")
    if link:
        click.echo(f"Noch ist kein Amt eingerichtet. Nach „isms serve“ öffnen Sie einmalig:\n  {link}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse, an der gelauscht wird.")
@click.option("--port", default=8000, show_default=True, help="Port.")
@click.option("--workers", default=1, show_default=True, help="Prozesse; mit SQLite genügt einer.")
@click.option("--demo", is_flag=True, help="Eine leere Datenbank mit dem Vorführamt füllen.")
@click.option("--open", "open_", is_flag=True, help="Danach den Browser öffnen.")
def serve(*, host: str, port: int, workers: int, demo: bool, open_: bool) -> None:
    """Das Register im Browser anbieten."""
    from isms.commands.first_steps import setup_link

    settings = settings_in_use()
    _refuse_taken(host, port)
    _prepare_folder(settings)
    is_demo = run(_filled(demo))
    if is_demo and host not in LOOPBACK:
        raise click.ClickException(
            "Diese Datenbank ist eine Vorführung mit bekannten Passwörtern und lauscht nur auf 127.0.0.1."
        )
    link = run(setup_link(f"http://{host}:{port}"))
    _announce(host, port, is_demo, link)
    if open_:
        webbrowser.open(f"http://{host}:{port}")
    _listen(host, port, workers, settings)


def _refuse_taken(host: str, port: int) -> None:
    """Say it before anything is loaded, not after."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise click.ClickException(f"Unter {host}:{port} läuft schon etwas. Mit --port wählen Sie einen anderen.")


def _listen(host: str, port: int, workers: int, settings: Settings) -> None:
    import uvicorn

    from isms.web.frame import set_up_logging

    set_up_logging(settings.log_level)
    uvicorn.run(
        "isms.commandline.running:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
    )


def application() -> object:
    """What every server process runs."""
    from isms.app import build_app
    from isms.web.frame import set_up_logging

    settings = settings_in_use()
    set_up_logging(settings.log_level)
    return build_app(settings)


@click.command()
def demo() -> None:
    """Das erfundene Vorführamt in eine leere Datenbank laden."""
    _prepare_folder(settings_in_use())
    run(_filled(True))
    _announce("127.0.0.1", 8000, True, "")


async def _filled(wanted: bool) -> bool:
    """Load the demo where it is wanted and nothing is there yet. Answers whether this is a demonstration."""
    from isms.app import AREAS
    from isms.db.reading import value
    from isms.demo import load_demo
    from isms.instance import instance

    if wanted and not await value("SELECT 1 FROM unit LIMIT 1"):
        click.echo("Das Vorführamt wird geladen …")
        await load_demo(AREAS, on=today())
    return (await instance()).is_demo


def _prepare_folder(settings: Settings) -> None:
    settings.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.database_url.startswith("sqlite:///"):
        file = Path(settings.database_url.removeprefix("sqlite:///"))
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _announce(host: str, port: int, is_demo: bool, link: str) -> None:
    from isms.demo import LOGINS, PASSWORD

    click.echo(f"ISMS-Register: http://{host}:{port}")
    if is_demo:
        click.echo(f"Vorführung, Passwort für alle: {PASSWORD}")
        for login, name in LOGINS:
            click.echo(f"  {login:<12} {name}")
    if link:
        click.echo(f"Noch ist kein Amt eingerichtet. Öffnen Sie einmalig:\n  {link}")


COMMANDS = (setup, serve, demo)
