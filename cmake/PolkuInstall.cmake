# Install rules, package config and pkg-config files. Three components, each a package (PolkuPackage.cmake): `runtime` is the
# C library and the command, `development` is for C programs, `cpp` is for C++ programs.
include(CMakePackageConfigHelpers)

set(POLKU_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/polku)

# The C ABI is `libpolku.so`; the static C++ library has a name of its own, so that `-lpolku` is never in doubt.
set_target_properties(polku PROPERTIES OUTPUT_NAME polku_cpp)
set_target_properties(polku_header_only PROPERTIES EXPORT_NAME header_only)
set(POLKU_EXPORTED polku polku_header_only)
if(TARGET polku_capi)
  set_target_properties(polku_capi PROPERTIES EXPORT_NAME capi)
  list(APPEND POLKU_EXPORTED polku_capi)
endif()
if(TARGET polku_postgres)
  set_target_properties(polku_postgres PROPERTIES EXPORT_NAME postgres)
  list(APPEND POLKU_EXPORTED polku_postgres)
endif()
install(TARGETS ${POLKU_EXPORTED} EXPORT polkuTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT cpp
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT development
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/polku DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT cpp FILES_MATCHING PATTERN "*.hpp" PATTERN "*.ipp" PATTERN "*.inc")
# Bodies include what the build generates (the zone data).
install(DIRECTORY ${PROJECT_BINARY_DIR}/generated/polku DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT cpp
  FILES_MATCHING PATTERN "*.inc")
if(EXISTS ${PROJECT_SOURCE_DIR}/capi/polku.h)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/capi/polku*.h)
  install(FILES ${headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
endif()
# The packs are in the library too; these copies are for people and DMN editors.
foreach(data packs schema)
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/src/${data})
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/${data} DESTINATION ${CMAKE_INSTALL_DATADIR}/polku COMPONENT runtime)
  endif()
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)

install(EXPORT polkuTargets NAMESPACE polku:: DESTINATION ${POLKU_CMAKE_DIR} COMPONENT cpp)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/polkuConfig.cmake.in
  ${PROJECT_BINARY_DIR}/polkuConfig.cmake INSTALL_DESTINATION ${POLKU_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/polkuConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/polkuConfig.cmake ${PROJECT_BINARY_DIR}/polkuConfigVersion.cmake
  DESTINATION ${POLKU_CMAKE_DIR} COMPONENT cpp)

# pkg-config: `polku` for C, `polku-cpp` for the static C++ library, `polku-header-only` for no compiled code of ours.
# The prefix is found from the file's own place, so the tree may be moved.
file(RELATIVE_PATH POLKU_PC_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
foreach(package polku polku-cpp polku-header-only)
  set(component cpp)
  if(package STREQUAL "polku")
    set(component development)
  endif()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/${package}.pc.in ${PROJECT_BINARY_DIR}/${package}.pc @ONLY)
  if(NOT package STREQUAL "polku" OR TARGET polku_capi)
    install(FILES ${PROJECT_BINARY_DIR}/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
      COMPONENT ${component})
  endif()
endforeach()
