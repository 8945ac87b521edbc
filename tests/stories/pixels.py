"""Pictures made light: a screenshot of few colours as a PNG with a palette, a third of what the browser writes."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
Colour = tuple[int, int, int]


def lighter(png: bytes) -> bytes:
    """The same picture in its 256 most frequent colours; others become the one next to them."""
    parts = dict(chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    if (depth, kind) != (8, 2):
        return png
    lines = list(unfiltered(zlib.decompress(parts[b"IDAT"]), width * 3))
    pixels = [list(zip(line[0::3], line[1::3], line[2::3], strict=True)) for line in lines]
    counted = Counter(pixel for line in pixels for pixel in line)
    palette = [colour for colour, _ in counted.most_common(COLOURS)]
    place = {colour: nearest(colour, palette) for colour in counted}
    body = b"".join(b"\0" + bytes(place[pixel] for pixel in line) for line in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    written = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(body, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(chunk(name, data) for name, data in written)


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG; its image data, which may come in several, in one."""
    at, image = len(SIGNATURE), b""
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        data = png[at + 8 : at + 8 + length]
        if name == b"IDAT":
            image += data
        else:
            yield name, data
        at += length + 12
    yield b"IDAT", image


def unfiltered(raw: bytes, width: int) -> Iterator[bytearray]:
    """Lines of three bytes a pixel, with the prediction of each taken back (PNG specification, section 9)."""
    above = bytearray(width)
    for start in range(0, len(raw), width + 1):
        line = bytearray(raw[start + 1 : start + 1 + width])
        predict(line, above, raw[start])
        yield line
        above = line


def predict(line: bytearray, above: bytearray, kind: int) -> None:
    if not kind:
        return
    for i, value in enumerate(line):
        left, up = (line[i - 3] if i > 2 else 0), above[i]
        corner = above[i - 3] if i > 2 else 0
        guess = (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]
        line[i] = (value + guess) & 255


def paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda one: abs(estimate - one))


def nearest(colour: Colour, palette: list[Colour]) -> int:
    red, green, blue = colour
    return min(
        range(len(palette)),
        key=lambda i: (palette[i][0] - red) ** 2 + (palette[i][1] - green) ** 2 + (palette[i][2] - blue) ** 2,
    )


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
