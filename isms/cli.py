"""The command line: everything an office's IT does without a browser."""

from __future__ import annotations

import sys
from typing import Any

import click

from isms.commandline import keeping, looking, running
from isms.rules.errors import Answer
from isms.settings import SettingsError


class Sentences(click.Group):
    """A no is one clear sentence and a non-zero end, never a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Answer as error:
            from isms.commandline.saying import sentence

            raise click.ClickException(sentence(error)) from error
        except (SettingsError, OSError, ValueError) as error:
            raise click.ClickException(str(error)) from error

    def main(self, *args: Any, **extra: Any) -> Any:
        """Like click's own, but the sentence begins in German."""
        try:
            return super().main(*args, **extra | {"standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(error.exit_code)
        except click.ClickException as error:
            click.echo(f"Fehler: {error.format_message()}", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit("Abgebrochen.")


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """ISMS-Register: Informationssicherheit, Geräte und Schulungen eines Gesundheitsamts in einem Register."""


for command in (*running.COMMANDS, *looking.COMMANDS, *keeping.COMMANDS):
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="isms", args=sys.argv[1:])
