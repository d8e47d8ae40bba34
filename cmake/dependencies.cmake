# What the library and the program are built from. Keep dechaffConfig.cmake.in and dechaff.pc.in
# in step: whoever links the static library needs the same.
find_package(Threads REQUIRED)
find_package(ICU REQUIRED COMPONENTS i18n uc data)
find_package(ZLIB REQUIRED)

if(NOT DEFINED Boost_USE_STATIC_LIBS)
  set(Boost_USE_STATIC_LIBS OFF)
endif()
find_package(Boost CONFIG REQUIRED COMPONENTS locale)

# Its headers alone: the library is opened by its name where a digest is asked for, and so can be no other
# than a shared one.
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
string(REGEX MATCH "^(1\\.1|[2-9]|[1-9][0-9])" openssl_abi "${OPENSSL_VERSION}")
set(DECHAFF_LIBCRYPTO "libcrypto.so.${openssl_abi}")

find_package(PkgConfig REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(SIMDJSON REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

# As headers alone, so that whoever links the static library need not have toml++.
find_path(DECHAFF_TOML_INCLUDE toml++/toml.h REQUIRED)
add_library(dechaff_toml INTERFACE)
target_include_directories(dechaff_toml SYSTEM INTERFACE "${DECHAFF_TOML_INCLUDE}")
target_compile_definitions(dechaff_toml INTERFACE TOML_HEADER_ONLY=1 TOML_EXCEPTIONS=0)

find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)

find_program(DECHAFF_CCACHE ccache)
if(PROJECT_IS_TOP_LEVEL AND DECHAFF_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  # It is told that precompiled headers are safe: nothing here asks for the time.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${DECHAFF_CCACHE}")
endif()
