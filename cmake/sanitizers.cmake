# Sanitizers for our own targets: link dechaff_sanitizers PRIVATE. DECHAFF_SANITIZE is a list;
# "fuzzer" in it only adds the coverage hooks here, fuzz/ links the fuzzer itself.
add_library(dechaff_sanitizers INTERFACE)
if(DECHAFF_SANITIZE)
  string(REPLACE ";" "," sanitizers "${DECHAFF_SANITIZE}")
  string(REGEX REPLACE "(^|,)fuzzer(,|$)" "\\1fuzzer-no-link\\2" sanitizers "${sanitizers}")
  target_compile_options(dechaff_sanitizers INTERFACE
    -fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all
    -g1)  # reports need lines, not variables, and more takes long to build
  target_link_options(dechaff_sanitizers INTERFACE -fsanitize=${sanitizers})
endif()
