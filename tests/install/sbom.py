"""The list of dependencies is CycloneDX JSON and knows all of them, with their versions: sbom.py FILE DEPENDENCIES_CMAKE."""
import json
import re
import sys

bom = json.load(open(sys.argv[1], encoding="utf-8"))
assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.5"), "no CycloneDX 1.5"
listed = {component["name"]: component["version"] for component in bom["components"]}
for name, version in listed.items():
    assert re.fullmatch(r"\d+(\.\d+)+\w*", version), f"{name} has the version '{version}'"
others = {"cli11": "CLI11", "icu": "ICU", "nlohmann-json": "nlohmann_json", "tomlplusplus": "toml\\+\\+", "boost": "Boost",
          "openssl": "OpenSSL", "zlib": "ZLIB"}
used = open(sys.argv[2], encoding="utf-8").read()
for name in listed:
    assert re.search(others.get(name, name.upper()), used), f"{name} is listed and not used"
found = re.findall(r"find_package\((\w+)|pkg_check_modules\((\w+)|find_path\((\w+)", used)
names = {name for names in found for name in names if name} - {"Threads", "PkgConfig"}
assert len(names) == len(listed), f"{sorted(names)} are used, {sorted(listed)} are listed"
