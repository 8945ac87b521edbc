"""Where things lie in an evidence package: BagIt 1.0 (RFC 8493) with SHA-256, and the audit log within."""

from __future__ import annotations

import re

BAGIT = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAGMANIFEST = "tagmanifest-sha256.txt"
VERIFY = "VERIFY.txt"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

# A signature and a time stamp cover the tag manifest, so they cannot be listed in it.
SIGNATURES = (f"{TAGMANIFEST}.p7s", f"{TAGMANIFEST}.tsr")

LOG = "data/audit-log/audit-log.jsonl"
HEAD = "data/audit-log/head.txt"
LEFT_OUT = "data/audit-log/left-out.csv"
PAYLOADS = "data/audit-log/payload/"

HEAD_LABEL = "Audit-Log-Head"
OXUM_LABEL = "Payload-Oxum"

_ENTRY = re.compile(r"([0-9a-f]{64})  (\S.*)")


def payload_path(digest: str) -> str:
    return f"{PAYLOADS}{digest}.json"


def manifest_line(digest: str, path: str) -> str:
    """Two spaces, as `sha256sum -c` reads it; BagIt escapes what would break a line."""
    escaped = path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"{digest}  {escaped}\n"


def manifest_entry(line: str) -> tuple[str, str] | None:
    """Digest and path of a manifest's line as we write it, or None: BagIt allows more, a flipped byte does too."""
    found = _ENTRY.fullmatch(line)
    if not found:
        return None
    path = found[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    return found[1], path


def info_values(text: str) -> dict[str, str]:
    """`Label: value` lines; a line that starts with white space continues the one before."""
    joined = re.sub(r"\r?\n[ \t]+", " ", text)
    pairs = (line.partition(":") for line in joined.splitlines() if ":" in line)
    return {label.strip(): value.strip() for label, _, value in pairs}
