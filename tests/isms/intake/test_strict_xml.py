"""XML from outside: what could unfold, loop or mean two things is refused with a sentence."""

import pytest

from isms.intake import Unreadable
from isms.intake.strict_xml import read_xml

LAUGHS = b'<!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


def test_elements_have_names_namespaces_attributes_and_text():
    root = read_xml('<b:a xmlns:b="urn:x" k="v"><b:n> Über \n</b:n><n>zwei</n></b:a>'.encode())

    assert (root.name, root.namespace, root.attributes) == ("a", "urn:x", {"k": "v"})
    assert root.text_of("n") == "Über"
    assert [one.text for one in root.all("n")] == [" Über \n", "zwei"]
    assert (root.one("fehlt"), root.text_of("fehlt")) == (None, "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LAUGHS, "DOCTYPE"),
        (OUTSIDE, "DOCTYPE"),
        (b"<a>\n  <b></a>", "Zeile 2, Spalte 8"),
        (b"<a/><b/>", "Zeile 1, Spalte 5"),
        (b"<a>&unbekannt;</a>", "bricht in Zeile 1"),
        (b'<?xml version="1.0" encoding="klingonisch"?><a/>', "bricht in Zeile 1"),
        (b"<a>" * 80 + b"</a>" * 80, "tiefer als 64 Ebenen"),
        (b"<a>" + b"<b/>" * 30 + b"</a>", "mehr als 20 Elemente"),
        (b"", "leer"),
        (b"kein xml", "bricht in Zeile 1"),
    ],
)
def test_what_is_refused_is_said_with_its_place(content: bytes, said: str):
    with pytest.raises(Unreadable) as error:
        read_xml(content, most=20 if b"<b/>" * 30 in content else 1000)

    assert said in str(next(iter(error.value.complaints.values())))
