"""A PostgreSQL of the tests' own: made in a temporary folder, run by an unprivileged user, removed afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "max_connections=60",
    "listen_addresses=",
)


@dataclass(frozen=True)
class Cluster:
    """Reached through a socket in its own folder, so that no port can be taken."""

    binaries: Path
    folder: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql:///{database}?host={self.folder}&user=postgres"

    def create(self, database: str) -> str:
        self.run("createdb", "-h", self.folder, "-U", "postgres", database)
        return self.url(database)

    def drop(self, database: str) -> None:
        self.run("dropdb", "-h", self.folder, "-U", "postgres", "--force", "--if-exists", database)

    def run(self, program: str, *arguments: object) -> None:
        command = [str(self.binaries / program), *map(str, arguments)]
        done = subprocess.run(command, user=owner(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout.decode()}")


def binaries() -> Path | None:
    """The newest version on this machine, None without one."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    found = str(versions[-1]) if versions else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def owner() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return next((name for name in ("postgres", "nobody") if _exists(name)), None)


@contextmanager
def cluster(*settings: str) -> Iterator[Cluster | None]:
    """Running while the block lasts; None on a machine without PostgreSQL. `settings` overrule the fast ones."""
    found = binaries()
    if found is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="isms-pg-"))
    try:
        with _running(Cluster(found, folder), FAST + settings) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(made: Cluster, settings: tuple[str, ...]) -> Iterator[Cluster]:
    if user := owner():
        shutil.chown(made.folder, user)
    data = made.folder / "data"
    made.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = " ".join(f"-c {setting}" for setting in (f"unix_socket_directories={made.folder}", *settings))
    made.run("pg_ctl", "-D", data, "-w", "-l", made.folder / "log", "-o", options, "start")
    try:
        yield made
    finally:
        made.run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
