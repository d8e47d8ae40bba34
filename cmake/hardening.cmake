# What makes a defect of an optimised build a clean end rather than an open door; for our own targets: link
# dechaff_hardening PRIVATE. tests/cli/hardened.py looks at the program that came of it.
option(DECHAFF_HARDENING "Release builds with stack protectors, checked library calls, read-only tables" ON)

add_library(dechaff_hardening INTERFACE)
# Sanitizers look at the same things, and better.
if(DECHAFF_HARDENING AND NOT DECHAFF_SANITIZE)
  include(CheckPIESupported)
  check_pie_supported(LANGUAGES CXX)
  set(optimised "$<CONFIG:Release,RelWithDebInfo,MinSizeRel>")
  target_compile_options(dechaff_hardening INTERFACE
    # Undefined first: some compilers come with a level of their own.
    $<${optimised}:-fstack-protector-strong;-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2;-D_GLIBCXX_ASSERTIONS>)
  target_link_options(dechaff_hardening INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
