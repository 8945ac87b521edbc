"""VERIFY.txt: how to check a package with what every machine has, and what that does not prove."""

from isms.rules.chain import Head

CHECKS = (
    "sha256sum -c --quiet manifest-sha256.txt",
    "sha256sum -c --quiet tagmanifest-sha256.txt",
    "diff <(cut -c67- manifest-sha256.txt | LC_ALL=C sort) <(find data -type f | LC_ALL=C sort)",
)
CHAIN = """prev=$(printf '0%.0s' $(seq 64)); n=0
while IFS= read -r line; do
  n=$((n+1))
  [ "$(printf '%s' "$line" | jq -r '"\\(.seq) \\(.prev)"')" = "$n $prev" ] || { echo "broken: $n"; break; }
  prev=$(printf '%s' "$line" | sha256sum | cut -c1-64)
done < data/audit-log/audit-log.jsonl
[ "$n $prev" = "$(cat data/audit-log/head.txt)" ] && echo "audit log: ok, $n entries" """.strip()
BAGIT_PY = "python3 -m bagit --validate ."

TEXT = """\
SO PRÜFEN SIE DIESES PAKET            (English below)

Packen Sie das ZIP aus und öffnen Sie im Ordner, in dem diese Datei liegt, eine
Kommandozeile (Linux, macOS oder Windows mit WSL).

1. Ist jede Datei unverändert, fehlt keine, ist keine hinzugekommen?
   Die drei Befehle geben nichts aus, wenn alles stimmt.

{checks}

   Oder, mit dem Programm bagit (pip install bagit):

{bagit}

2. Ist die Prüfspur vollständig und in der richtigen Reihenfolge?
   Jede Zeile nennt die SHA-256-Prüfsumme der Zeile davor. (Braucht jq.)

{chain}

   Alles zusammen, schneller und mit Namen jedes Fehlers: isms verify PAKET.zip

3. Vergleichen Sie den Kopf der Prüfspur mit dem, den Sie auf anderem Weg
   erhalten haben (auf Papier, am Telefon, mit einem früheren Paket):

    {head}

WAS DAS BEWEIST UND WAS NICHT
- Dieses Paket ist NOCH NICHT SIGNIERT. Die Prüfsummen zeigen jede Änderung,
  die nachträglich an einzelnen Dateien vorgenommen wurde. Wer das ganze Paket
  neu baut, kann auch die Prüfsummen neu berechnen: Dagegen hilft nur Schritt 3,
  denn der Kopf lässt sich nicht fälschen, wenn er Ihnen schon bekannt ist.
- Der Kopf muss deshalb auf einem anderen Weg zu Ihnen kommen als das Paket.
  Heben Sie ihn auf: Er prüft auch jedes spätere Paket
  (isms verify PAKET.zip --head "{head}").
- Für eine Signatur ist Platz: {tagmanifest}.p7s und .tsr dürfen
  neben {tagmanifest} liegen.
- Zu manchen Zeilen der Prüfspur fehlen die Einzelheiten (payload/), weil sie
  personenbezogen sind und das Recht der anfordernden Person nicht so weit
  reicht, oder weil sie gelöscht wurden. audit-log/left-out.csv nennt jede davon
  mit ihrem Grund. Die Kette prüft auch ohne sie.

---------------------------------------------------------------------------

HOW TO VERIFY THIS PACKAGE

Unpack the ZIP and open a shell in the folder that holds this file.

1. Is every file unchanged, none missing, none added? The three commands of
   step 1 above print nothing if so; bagit.py says "is valid".
2. Is the audit log complete and in order? Each line holds the SHA-256 of the
   exact bytes of the line before; run the loop of step 2 above.
3. Compare the head of the audit log with the one that reached you by another
   way (on paper, by telephone, with an earlier package):

    {head}

WHAT THIS PROVES AND WHAT IT DOES NOT
- This package is NOT SIGNED YET. The checksums show any change made to single
  files afterwards. Whoever rebuilds the whole package can recompute the
  checksums as well; only step 3 helps against that.
- So the head must reach you by another way than the package. Keep it: it
  verifies every later package, too.
- There is room for a signature beside {tagmanifest} (.p7s, .tsr).
- Details of some entries (payload/) are left out because they are personal
  data beyond the right of whoever asked for the package, or because they were
  erased. audit-log/left-out.csv names each with its reason. The chain verifies
  without them.
"""


def verify_text(head: Head) -> bytes:
    return TEXT.format(
        checks=_indented("\n".join(CHECKS)),
        bagit=_indented(BAGIT_PY),
        chain=_indented(CHAIN),
        head=head,
        tagmanifest="tagmanifest-sha256.txt",
    ).encode()


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
