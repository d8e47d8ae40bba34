# `cpack -G DEB` and `cpack -G TGZ` in the build folder: a Debian package that installs below /usr, and a
# tarball of one folder that runs wherever it is put.
set(CPACK_PACKAGE_NAME dechaff)
set(CPACK_PACKAGE_VENDOR "The dechaff authors")
set(CPACK_PACKAGE_CONTACT "The dechaff authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "takes the chaff out of scraped text")
set(CPACK_PACKAGE_DESCRIPTION
"dechaff reads plain text as it was scraped, mends its characters and white
space, and takes out what is not the document, such as widget errors, share
bars, cookie banners, lists of related pages and copyright footers, by pattern
files that can be read and edited. It says why each line went, and its ledger
gives the original back byte for byte.")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGE_FILE_NAME "dechaff-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)
set(CPACK_GENERATOR "DEB;TGZ")

# dechaff_<version>-1_<architecture>.deb
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What is opened by its name is none that it finds.
find_program(DECHAFF_DPKG_QUERY dpkg-query)
if(DECHAFF_DPKG_QUERY)
  execute_process(COMMAND "${DECHAFF_DPKG_QUERY}" --search "*/${DECHAFF_LIBCRYPTO}"
    OUTPUT_VARIABLE crypto_package ERROR_QUIET)
  string(REGEX MATCH "^[^:, ]+" CPACK_DEBIAN_PACKAGE_DEPENDS "${crypto_package}")
endif()
# A shared library of our own lies in the package itself.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${PROJECT_BINARY_DIR}")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
