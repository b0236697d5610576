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
find_path(POLKU_LEMON_HEADERS lemon/network_simplex.h REQUIRED)

# Third parties by room (feel, dmn, json, storage and population only): what each links, and the include prefixes that its bodies may
# use. `.ci/layers` reads the second list. Boost.Describe and Boost.Mp11 may stand anywhere.
set(POLKU_LINK_feel PkgConfig::PCRE2 PkgConfig::UTF8PROC)
set(POLKU_LINK_dmn EXPAT::EXPAT)
set(POLKU_LINK_json Boost::json)
set(POLKU_LINK_storage SQLiteCpp PkgConfig::SODIUM)
set(POLKU_INCLUDES_feel pcre2.h utf8proc.h boost/multiprecision)
set(POLKU_INCLUDES_dmn expat.h boost/unordered)
set(POLKU_INCLUDES_json boost/json)
set(POLKU_INCLUDES_storage SQLiteCpp sqlite3.h sodium libpq-fe.h)
set(POLKU_INCLUDES_population lemon boost/unordered)
# Floors 1 to 5 work without compiled code of ours too (header-only).
set(POLKU_CORE_ROOMS time feel dmn rules path)

# Zone data: the system's tz database as an include file that impl/time/zone.ipp embeds, made at configure time so that
# every target (header-only ones too) finds it. A newer tzdata package or script configures again.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(POLKU_ZONEINFO /usr/share/zoneinfo CACHE PATH "Folder of the tz database (TZif files and tzdata.zi)")
set(POLKU_GENERATED ${PROJECT_BINARY_DIR}/generated)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${POLKU_ZONEINFO}/tzdata.zi
  ${PROJECT_SOURCE_DIR}/cmake/embed_zones.py)
execute_process(COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/cmake/embed_zones.py ${POLKU_ZONEINFO}
  ${POLKU_GENERATED}/polku/impl/time/zone_data.inc COMMAND_ERROR_IS_FATAL ANY)

# One translation unit for each `.ipp`: the text that header-only mode includes is compiled here once.
# In release builds all bodies of a core room are one unit, so that they inline into each other.
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
  if(room STREQUAL "json" AND EXISTS ${PROJECT_SOURCE_DIR}/src/json/shipped.cpp)
    polku_embed(packs SYMBOL shipped ROOT ${PROJECT_SOURCE_DIR}/src/packs INCLUDE json/shipped_data.hpp
      NAMESPACE polku::inline\ v1::json::detail)
    list(APPEND units ${packs})
  endif()
  if(NOT units)
    continue()
  endif()
  add_library(polku_${room} OBJECT ${units})
  target_include_directories(polku_${room} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${PROJECT_SOURCE_DIR}/src
    ${PROJECT_BINARY_DIR}/generated)
  target_link_libraries(polku_${room} PRIVATE polku_flags PUBLIC ${POLKU_LINK_${room}} Boost::headers)
  if(POLKU_BUILD_FUZZERS)
    target_compile_options(polku_${room} PRIVATE -fsanitize=fuzzer-no-link)  # says where an input led
  endif()
  if(room IN_LIST POLKU_HOT_ROOMS)
    target_compile_options(polku_${room} PRIVATE $<$<CONFIG:Debug>:-O1>)
  endif()
  if(POLKU_UNITY AND room IN_LIST POLKU_CORE_ROOMS)
    set_target_properties(polku_${room} PROPERTIES UNITY_BUILD_BATCH_SIZE 0)
  endif()
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
  $<BUILD_INTERFACE:${POLKU_GENERATED}>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(polku_header_only INTERFACE Boost::headers EXPAT::EXPAT PkgConfig::PCRE2 PkgConfig::UTF8PROC)
