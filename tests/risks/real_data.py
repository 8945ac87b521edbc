"""Files of other people that we read but do not ship, in the folder of the fixture `real_data`."""

CATALOGUE = "bsi/2026-06-30/Anwenderkataloge/Grundschutz++/Grundschutz++-catalog.json"
NIST_LOW = "nist/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json"
CSF = "nist/NIST_CSF_v2.0_catalog.json"
GA_LOTSE = "bsi/extra/GA-Lotse_Grundmodul-component_definition.json"
ORACLE = "bsi/oracles/anforderungspaket_2026-06-30.json"
