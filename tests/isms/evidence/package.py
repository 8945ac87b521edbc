"""A small evidence package for tests, and what can be done to it."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from isms.evidence import layout
from isms.evidence.bag import Bag
from isms.evidence.verify_text import verify_text
from isms.rules import chain
from isms.rules.chain import Head

NAME = "nachweis-2026-08-20-musterkreis"


def make_log(count: int) -> tuple[list[str], dict[str, bytes], Head]:
    lines: list[str] = []
    payloads: dict[str, bytes] = {}
    prev = chain.GENESIS
    for seq in range(1, count + 1):
        content, digest = chain.payload({"title": f"Gerät {seq}"}, seq.to_bytes(16, "big"))
        text = chain.line(
            seq=seq,
            ts="2026-08-20T08:00:00+00:00",
            action="device.issued",
            actor="person:3",
            object=f"device:{seq}",
            payload_sha256=digest,
            prev=prev,
        )
        prev = chain.link(text)
        lines.append(text)
        payloads[digest] = content
    return lines, payloads, Head(count, prev if count else chain.GENESIS)


def make_package(
    count: int = 7,
    left_out: int = 0,
    change: Callable[[list[str]], list[str]] = list,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """A package with an audit log of `count` entries; `change` tampers before anything is hashed."""
    lines, payloads, head = make_log(count)
    with Bag() as bag:
        bag.add("index.html", b"<!doctype html><title>Nachweis</title>")
        bag.add("register/devices.csv", "Inventarnummer;Gerät\r\nIT-1;Notebook\r\n".encode())
        for path, content in (files or {}).items():
            bag.add(path, content)
        bag.add("audit-log/head.txt", f"{head}\n".encode())
        with bag.file("audit-log/audit-log.jsonl") as log:
            for line in change(lines):
                log.write(f"{line}\n".encode())
        kept = list(payloads.items())
        for digest, content in kept[left_out:]:
            bag.add(f"audit-log/payload/{digest}.json", content)
        if left_out:
            rows = "".join(f"{seq};{digest};personal\r\n" for seq, (digest, _) in enumerate(kept[:left_out], start=1))
            bag.add("audit-log/left-out.csv", f"seq;payload_sha256;reason\r\n{rows}".encode())
        bag.tag(layout.VERIFY, verify_text(head))
        written = BytesIO()
        bag.write(written, name=NAME, info={"Source-Organization": "Musterkreis", layout.HEAD_LABEL: str(head)})
    return written.getvalue()


def unpacked(package: bytes, into: Path) -> Path:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        archive.extractall(into)
    return into / NAME


def packed(package: bytes, into: Path) -> Path:
    path = into / f"{NAME}.zip"
    path.write_bytes(package)
    return path
