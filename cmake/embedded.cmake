# The rule files of rules/, compiled into the library, and linked to where the program built here
# looks for them: <folder of the program>/../share/dechaff/rules.
file(GLOB rule_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/*.toml" "${PROJECT_SOURCE_DIR}/rules/*.scores")
list(SORT rule_files)
dechaff_embed(dechaff embedded_rules
  HEADER rules/embedded.hpp FUNCTION rules::embedded_rules FILES ${rule_files})

file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/share/dechaff")
file(CREATE_LINK "${PROJECT_SOURCE_DIR}/rules" "${CMAKE_BINARY_DIR}/share/dechaff/rules" SYMBOLIC)
