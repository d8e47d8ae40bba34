# dechaff.cdx.json: what the program was built from, for those who must know when one of these has a hole
# (CycloneDX 1.5, https://cyclonedx.org/docs/1.5/json/). Versions are those that CMake found.

# dechaff_component(<name> <version> <licence>): adds to `components`.
macro(dechaff_component name version licence)
  list(APPEND components "    {
      \"type\": \"library\",
      \"name\": \"${name}\",
      \"version\": \"${version}\",
      \"purl\": \"pkg:generic/${name}@${version}\",
      \"licenses\": [{\"expression\": \"${licence}\"}]
    }")
endmacro()

set(components)
dechaff_component(boost "${Boost_VERSION}" BSL-1.0)
dechaff_component(cli11 "${CLI11_VERSION}" BSD-3-Clause)
dechaff_component(icu "${ICU_VERSION}" ICU)
dechaff_component(nlohmann-json "${nlohmann_json_VERSION}" MIT)
dechaff_component(openssl "${OPENSSL_VERSION}" Apache-2.0)
dechaff_component(pcre2 "${PCRE2_VERSION}" BSD-3-Clause)
dechaff_component(simdjson "${SIMDJSON_VERSION}" Apache-2.0)
file(STRINGS "${DECHAFF_TOML_INCLUDE}/toml++/impl/version.h" toml_version REGEX "define TOML_LIB_(MAJOR|MINOR|PATCH)")
list(TRANSFORM toml_version REPLACE "[^0-9]*([0-9]+).*" "\\1")
list(JOIN toml_version "." toml_version)
dechaff_component(tomlplusplus "${toml_version}" MIT)
dechaff_component(xxhash "${XXHASH_VERSION}" BSD-2-Clause)
dechaff_component(zlib "${ZLIB_VERSION_STRING}" Zlib)
dechaff_component(zstd "${ZSTD_VERSION}" "BSD-3-Clause OR GPL-2.0-only")
list(JOIN components ",\n" components)

file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/dechaff.cdx.json" CONTENT [[{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": {
    "component": {
      "type": "application",
      "name": "dechaff",
      "version": "@PROJECT_VERSION@",
      "purl": "pkg:generic/dechaff@@PROJECT_VERSION@",
      "licenses": [{"expression": "Apache-2.0"}]
    }
  },
  "components": [
@components@
  ]
}
]] @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/dechaff.cdx.json" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
