# The rooms, lowest first: a room may use only those before it. `.ci/layers` checks the includes against this same list,
# and each room's tests link only the rooms up to it, so an upward use fails at link time too.
set(POLKU_ROOMS time feel dmn rules path json storage report population workspace)

find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(EXPAT REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)

# Third parties by room (contracts: feel, dmn, json, storage only).
set(POLKU_LINK_feel PkgConfig::PCRE2 PkgConfig::UTF8PROC)
set(POLKU_LINK_dmn EXPAT::EXPAT)
set(POLKU_LINK_json Boost::json)
set(POLKU_LINK_storage SQLiteCpp PkgConfig::SODIUM)

# One translation unit for each `.ipp`: the text that header-only mode includes is compiled here once.
function(polku_collect_bodies room out)
  file(GLOB bodies CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/polku/impl/${room}/*.ipp)
  if(room STREQUAL "time")
    list(APPEND bodies ${PROJECT_SOURCE_DIR}/include/polku/impl/error.ipp)
  endif()
  set(units "")
  foreach(body IN LISTS bodies)
    file(RELATIVE_PATH body_path ${PROJECT_SOURCE_DIR}/include ${body})
    get_filename_component(name ${body} NAME_WE)
    set(unit ${PROJECT_BINARY_DIR}/bodies/${room}/${name}.cpp)
    file(CONFIGURE OUTPUT ${unit} CONTENT "#include <${body_path}>\n")
    list(APPEND units ${unit})
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.cpp)
  set(${out} ${units} ${sources} PARENT_SCOPE)
endfunction()

set(POLKU_OBJECTS "")
set(POLKU_BELOW "")
foreach(room IN LISTS POLKU_ROOMS)
  polku_collect_bodies(${room} units)
  if(NOT units)
    continue()
  endif()
  add_library(polku_${room} OBJECT ${units})
  target_include_directories(polku_${room} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${PROJECT_SOURCE_DIR}/src
    ${PROJECT_BINARY_DIR}/generated)
  target_link_libraries(polku_${room} PRIVATE polku_flags PUBLIC ${POLKU_LINK_${room}} Boost::headers)
  list(APPEND POLKU_BELOW ${room})
  set(POLKU_UP_TO_${room} ${POLKU_BELOW})
  list(APPEND POLKU_OBJECTS $<TARGET_OBJECTS:polku_${room}>)
endforeach()
foreach(room IN LISTS POLKU_ROOMS)
  if(EXISTS ${PROJECT_SOURCE_DIR}/src/${room}/CMakeLists.txt)
    add_subdirectory(src/${room})
  endif()
endforeach()

add_library(polku STATIC ${POLKU_OBJECTS})
add_library(polku::polku ALIAS polku)
target_include_directories(polku PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(polku PUBLIC cxx_std_20)
target_link_libraries(polku PUBLIC Boost::headers PRIVATE Boost::json EXPAT::EXPAT SQLiteCpp PkgConfig::PCRE2
  PkgConfig::UTF8PROC PkgConfig::SODIUM)

add_library(polku_header_only INTERFACE)
add_library(polku::header_only ALIAS polku_header_only)
target_compile_definitions(polku_header_only INTERFACE POLKU_HEADER_ONLY)
target_compile_features(polku_header_only INTERFACE cxx_std_20)
target_include_directories(polku_header_only INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(polku_header_only INTERFACE Boost::headers EXPAT::EXPAT PkgConfig::PCRE2 PkgConfig::UTF8PROC)
