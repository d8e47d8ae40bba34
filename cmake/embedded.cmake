# The rule files of rules/, compiled into the library, and linked to where the program built here
# looks for them: <folder of the program>/../share/dechaff/rules.
file(GLOB rule_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/*.toml" "${PROJECT_SOURCE_DIR}/rules/*.scores")
list(SORT rule_files)
set(embedded_cpp "${PROJECT_BINARY_DIR}/generated/embedded_rules.cpp")

add_custom_command(
  OUTPUT "${embedded_cpp}"
  COMMAND "${CMAKE_COMMAND}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_rules.cmake"
    "${embedded_cpp}" ${rule_files}
  DEPENDS "${PROJECT_SOURCE_DIR}/cmake/embed_rules.cmake" ${rule_files}
  COMMENT "Embedding the rule files"
  VERBATIM)
target_sources(dechaff PRIVATE "${embedded_cpp}")
# The standard asks compilers for 65,536 bytes a literal; those of today take far more.
set_source_files_properties("${embedded_cpp}" PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)

file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/share/dechaff")
file(CREATE_LINK "${PROJECT_SOURCE_DIR}/rules" "${CMAKE_BINARY_DIR}/share/dechaff/rules" SYMBOLIC)
