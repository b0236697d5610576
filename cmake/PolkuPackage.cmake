# Debian packages, one for each component of PolkuInstall.cmake: `cpack --config BUILD/CPackConfig.cmake`.
# `.ci/long debian-package` builds them, and installs and uses them in a bare Debian.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME polku)
set(CPACK_PACKAGE_CONTACT "polku maintainers")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime development cpp)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "The C library and the command: paths, DMN decisions, rule packs, case stores")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME polku)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION misc)
# What the library and the command are linked with, as dpkg-shlibdeps finds it; and, for programs built over polku-dev, which
# package has the library.
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_GENERATE_SHLIBS ON)

set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Headers for C programs")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME polku-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "polku (= ${PROJECT_VERSION})")

set(CPACK_COMPONENT_CPP_DESCRIPTION "Static library and headers for C++20 programs")
set(CPACK_DEBIAN_CPP_PACKAGE_NAME polku-cpp-dev)
set(CPACK_DEBIAN_CPP_PACKAGE_SECTION libdevel)
# polkuConfig.cmake names the C library too, so its package comes along.
set(CPACK_DEBIAN_CPP_PACKAGE_DEPENDS "polku-dev (= ${PROJECT_VERSION}), libboost1.81-dev, libboost-json1.81-dev, libexpat1-dev, \
libpcre2-dev, libutf8proc-dev, libsqlite3-dev, libsqlitecpp-dev, libsodium-dev, pkg-config")
include(CPack)
