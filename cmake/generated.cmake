# The manual page and the completions, written by the program that was built.
set(generated_dir "${PROJECT_BINARY_DIR}/generated")

function(dechaff_generate what output destination)
  add_custom_command(
    OUTPUT "${generated_dir}/${output}"
    COMMAND dechaff_program generate ${what} -o "${generated_dir}/${output}"
    DEPENDS dechaff_program
    COMMENT "Writing ${output}"
    VERBATIM)
  set_property(GLOBAL APPEND PROPERTY dechaff_generated "${generated_dir}/${output}")
  install(FILES "${generated_dir}/${output}" DESTINATION "${destination}")
endfunction()

file(MAKE_DIRECTORY "${generated_dir}/completions/bash" "${generated_dir}/completions/zsh"
  "${generated_dir}/completions/fish")
dechaff_generate(man dechaff.1 "${CMAKE_INSTALL_MANDIR}/man1")
dechaff_generate(bash completions/bash/dechaff "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
dechaff_generate(zsh completions/zsh/_dechaff "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
dechaff_generate(fish completions/fish/dechaff.fish "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
get_property(generated GLOBAL PROPERTY dechaff_generated)
add_custom_target(dechaff_generated ALL DEPENDS ${generated})
