find_package(GTest REQUIRED)
include(GoogleTest)

# dechaff_add_test(<name> [WHOLE] SOURCES <file>... [LIBRARIES <target>...] [LABELS <label>...])
#
# A GoogleTest program; every test in it is a test of ctest, named after its folder first:
# text.SplitLines.EndsAtCr. If it is WHOLE, it is one test itself: what its tests share, such as the shipped
# rules, is then made once. With sanitizers all are, for a process of its own for each would take longer than
# the tests. Of the address and undefined behaviour sanitizers, the tests get what they link only: they are not
# what is looked at, and take longer to build than all the rest; nor is it worth optimising them in Debug.
# Includes are searched in src/ and tests/. DECHAFF_TEST_DATA_DIR is the root of the sources, with testdata/ and
# rules/ below it.
function(dechaff_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "WHOLE" "" "SOURCES;LIBRARIES;LABELS")
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF)
  target_include_directories(${name} PRIVATE
    "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/tests")
  target_compile_options(${name} PRIVATE $<$<CONFIG:Debug>:-O0>)
  target_compile_definitions(${name} PRIVATE DECHAFF_TEST_DATA_DIR="${PROJECT_SOURCE_DIR}")
  set(sanitizers $<LINK_ONLY:dechaff_sanitizers>)
  if(DECHAFF_SANITIZE MATCHES "thread")
    set(sanitizers dechaff_sanitizers)
  endif()
  target_link_libraries(${name} PRIVATE
    dechaff::dechaff GTest::gtest_main GTest::gmock ${arg_LIBRARIES} ${sanitizers} dechaff_warnings)
  list(LENGTH arg_SOURCES sources)
  if(sources GREATER 3)  # reading them takes as long as two sources do
    dechaff_precompile(${name} ${DECHAFF_COMMON_HEADERS} <gmock/gmock.h> <gtest/gtest.h>)
  endif()
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
  if(arg_WHOLE OR DECHAFF_SANITIZE)
    add_test(NAME ${folder}.${name} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${folder}.${name} PROPERTIES LABELS "${arg_LABELS}")
    return()
  endif()
  gtest_discover_tests(${name} TEST_PREFIX ${folder}. DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS "${arg_LABELS}")
endfunction()
