"""Files of other people that we read but do not ship, from the folder that ISMS_TEST_DATA names."""

import os
from pathlib import Path

import pytest

CATALOGUE = "bsi/2026-06-30/Anwenderkataloge/Grundschutz++/Grundschutz++-catalog.json"
NIST_LOW = "nist/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json"
CSF = "nist/NIST_CSF_v2.0_catalog.json"
GA_LOTSE = "bsi/extra/GA-Lotse_Grundmodul-component_definition.json"
ORACLE = "bsi/oracles/anforderungspaket_2026-06-30.json"


def real_file(name: str) -> bytes:
    folder = os.environ.get("ISMS_TEST_DATA")
    if not folder:
        pytest.skip("ISMS_TEST_DATA is not set: no real catalogue to read")
    return (Path(folder) / name).read_bytes()
