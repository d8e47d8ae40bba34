# Warnings for our own targets: link dechaff_warnings PRIVATE.
add_library(dechaff_warnings INTERFACE)
target_compile_options(dechaff_warnings INTERFACE
  -Wall -Wextra -Wpedantic
  -Wcast-align -Wcast-qual -Wconversion -Wsign-conversion -Wdouble-promotion
  -Wextra-semi -Wformat=2 -Wimplicit-fallthrough -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Wshadow -Wundef -Wunused
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-branches -Wduplicated-cond -Wlogical-op -Wuseless-cast>
  # A member left out of a designated initialiser keeps its default; that is meant.
  -Wno-missing-field-initializers
  # g++ 12 sees overlaps and unset members in std::string and std::variant that are not there (GCC bugs 105329, 105562,
  # 105651, all mended in 13).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-maybe-uninitialized>
  $<$<BOOL:${DECHAFF_WERROR}>:-Werror>)
