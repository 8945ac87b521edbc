"""What the child process runs: a description on standard input becomes a PDF on standard output."""

import json
import sys

import typst


def main() -> None:
    given = json.load(sys.stdin)
    compiler = typst.Compiler(root=given["root"], font_paths=[given["fonts"]], ignore_system_fonts=True)
    made = compiler.compile(
        f'#include "{given["template"]}"'.encode(),
        format="pdf",
        sys_inputs=given["inputs"],
        pdf_standards=["a-2a", "ua-1"],
        timestamp=given["at"],
    )
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one file.")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
