# The manual page and the completions, written by the program that was built.
set(generated_dir "${PROJECT_BINARY_DIR}/generated")

# dechaff_generate(<what> <output> [<destination>])
function(dechaff_generate what output)
  add_custom_command(
    OUTPUT "${generated_dir}/${output}"
    COMMAND dechaff_program generate ${what} -o "${generated_dir}/${output}"
    DEPENDS dechaff_program
    COMMENT "Writing ${output}"
    VERBATIM)
  set_property(GLOBAL APPEND PROPERTY dechaff_generated "${generated_dir}/${output}")
  if(ARGC GREATER 2)
    install(FILES "${generated_dir}/${output}" DESTINATION "${ARGV2}")
  endif()
endfunction()

file(MAKE_DIRECTORY "${generated_dir}/completions/bash" "${generated_dir}/completions/zsh"
  "${generated_dir}/completions/fish")
# Pages are installed compressed, as Debian has them (its policy, 12.1).
find_program(DECHAFF_GZIP gzip)
if(DECHAFF_GZIP)
  dechaff_generate(man dechaff.1)
  add_custom_command(
    OUTPUT "${generated_dir}/dechaff.1.gz"
    COMMAND "${DECHAFF_GZIP}" -9 -n -k -f "${generated_dir}/dechaff.1"
    DEPENDS "${generated_dir}/dechaff.1"
    COMMENT "Writing dechaff.1.gz"
    VERBATIM)
  set_property(GLOBAL APPEND PROPERTY dechaff_generated "${generated_dir}/dechaff.1.gz")
  install(FILES "${generated_dir}/dechaff.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
else()
  dechaff_generate(man dechaff.1 "${CMAKE_INSTALL_MANDIR}/man1")
endif()
dechaff_generate(bash completions/bash/dechaff "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
dechaff_generate(zsh completions/zsh/_dechaff "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
dechaff_generate(fish completions/fish/dechaff.fish "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
get_property(generated GLOBAL PROPERTY dechaff_generated)
add_custom_target(dechaff_generated ALL DEPENDS ${generated})
