# dechaff_embed(<target> <name> HEADER <header> FUNCTION <function> FILES <file>...)
#
# Compiles the files into the target, which is of the same folder: see embed_files.cmake.
function(dechaff_embed target name)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "HEADER;FUNCTION" "FILES")
  set(cpp "${PROJECT_BINARY_DIR}/generated/${name}.cpp")
  add_custom_command(
    OUTPUT "${cpp}"
    COMMAND "${CMAKE_COMMAND}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
      "${cpp}" "${arg_HEADER}" "${arg_FUNCTION}" ${arg_FILES}
    DEPENDS "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake" ${arg_FILES}
    COMMENT "Embedding files: ${name}"
    VERBATIM)
  target_sources(${target} PRIVATE "${cpp}")
  # The standard asks compilers for 65,536 bytes a literal; those of today take far more.
  set_source_files_properties("${cpp}" PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
endfunction()
