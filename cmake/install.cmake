include(CMakePackageConfigHelpers)
set(config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/dechaff")
set(pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

install(TARGETS dechaff EXPORT dechaff_targets FILE_SET HEADERS)
if(TARGET dechaff_program)
  install(TARGETS dechaff_program)
endif()
install(DIRECTORY rules/ DESTINATION "${CMAKE_INSTALL_DATADIR}/dechaff/rules"
  FILES_MATCHING PATTERN "*.toml" PATTERN "*.scores")
install(FILES LICENSE README.md CHANGELOG.md cmake/copyright DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs" FILES_MATCHING PATTERN "*.md")

install(EXPORT dechaff_targets NAMESPACE dechaff:: DESTINATION "${config_dir}")
configure_package_config_file(cmake/dechaffConfig.cmake.in dechaffConfig.cmake
  INSTALL_DESTINATION "${config_dir}")
write_basic_package_version_file(dechaffConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/dechaffConfig.cmake" "${PROJECT_BINARY_DIR}/dechaffConfigVersion.cmake"
  DESTINATION "${config_dir}")

# The .pc file finds its prefix from its own place, so that an installed tree can be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX
  BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}/${pkgconfig_dir}" OUTPUT_VARIABLE prefix_from_pc)
configure_file(cmake/dechaff.pc.in dechaff.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/dechaff.pc" DESTINATION "${pkgconfig_dir}")
