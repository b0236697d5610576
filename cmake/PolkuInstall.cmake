# Install rules, package config and pkg-config files.
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
install(TARGETS ${POLKU_EXPORTED} EXPORT polkuTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET polku_cli)
  install(TARGETS polku_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/polku DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.hpp" PATTERN "*.ipp" PATTERN "*.inc")
# Bodies include what the build generates (the zone data).
install(DIRECTORY ${PROJECT_BINARY_DIR}/generated/polku DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.inc")
if(EXISTS ${PROJECT_SOURCE_DIR}/capi/polku.h)
  install(FILES ${PROJECT_SOURCE_DIR}/capi/polku.h ${PROJECT_SOURCE_DIR}/capi/polku_arrow.h
    ${PROJECT_SOURCE_DIR}/capi/polku_packs.h
    ${PROJECT_SOURCE_DIR}/capi/polku_paths.h ${PROJECT_SOURCE_DIR}/capi/polku_store.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endif()
# The packs are in the library too; these copies are for people and DMN editors.
foreach(data packs schema)
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/src/${data})
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/${data} DESTINATION ${CMAKE_INSTALL_DATADIR}/polku)
  endif()
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

install(EXPORT polkuTargets NAMESPACE polku:: DESTINATION ${POLKU_CMAKE_DIR})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/polkuConfig.cmake.in
  ${PROJECT_BINARY_DIR}/polkuConfig.cmake INSTALL_DESTINATION ${POLKU_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/polkuConfigVersion.cmake COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/polkuConfig.cmake ${PROJECT_BINARY_DIR}/polkuConfigVersion.cmake
  DESTINATION ${POLKU_CMAKE_DIR})

# pkg-config: `polku` for C, `polku-cpp` for the static C++ library, `polku-header-only` for no compiled code of ours.
# The prefix is found from the file's own place, so the tree may be moved.
file(RELATIVE_PATH POLKU_PC_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
foreach(package polku polku-cpp polku-header-only)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/${package}.pc.in ${PROJECT_BINARY_DIR}/${package}.pc @ONLY)
  if(NOT package STREQUAL "polku" OR TARGET polku_capi)
    install(FILES ${PROJECT_BINARY_DIR}/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  endif()
endforeach()
