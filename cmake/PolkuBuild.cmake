# How polku's own code is compiled: standard, warnings, sanitizers, compiler cache.

find_program(POLKU_CCACHE ccache)
if(POLKU_CCACHE AND PROJECT_IS_TOP_LEVEL)
  # Paths are hashed relative to the project, so that every build directory and every clone shares one cache.
  set(POLKU_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${POLKU_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${POLKU_LAUNCHER})
  set(CMAKE_C_COMPILER_LAUNCHER ${POLKU_LAUNCHER})
endif()

add_library(polku_flags INTERFACE)
target_compile_features(polku_flags INTERFACE cxx_std_20)
target_compile_options(polku_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wno-missing-field-initializers
  $<$<BOOL:${POLKU_WARNINGS_AS_ERRORS}>:-Werror>)
if(POLKU_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ takes names of one source for those of another there. A build without POLKU_UNITY is as strict as ever.
  target_compile_options(polku_flags INTERFACE -Wno-shadow -Wshadow=local -Wno-subobject-linkage)
endif()
if(POLKU_SANITIZE)
  target_compile_options(polku_flags INTERFACE -fsanitize=${POLKU_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(polku_flags INTERFACE -fsanitize=${POLKU_SANITIZE})
endif()
# The same for C programs over libpolku.
add_library(polku_c_flags INTERFACE)
if(POLKU_SANITIZE)
  target_compile_options(polku_c_flags INTERFACE -fsanitize=${POLKU_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(polku_c_flags INTERFACE -fsanitize=${POLKU_SANITIZE})
  if(CMAKE_C_COMPILER_ID STREQUAL "Clang")
    # They load C++ whose checks need the C++ part of clang's runtime, which its C driver leaves out.
    target_link_options(polku_c_flags INTERFACE -fsanitize-link-c++-runtime)
    target_link_libraries(polku_c_flags INTERFACE stdc++)
  endif()
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
