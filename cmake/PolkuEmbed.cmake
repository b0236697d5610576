# polku_embed(<out var> SYMBOL s ROOT dir INCLUDE header NAMESPACE ns [EXTENSIONS json,dmn]): adds a rule that turns the
# data files under a folder into a C++ source (scripts/embed.py), and gives back that source's path. The rule runs again
# when a file is added, changed or removed.
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)

function(polku_embed out)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SYMBOL;ROOT;INCLUDE;NAMESPACE;EXTENSIONS" "")
  set(source ${PROJECT_BINARY_DIR}/generated/${arg_SYMBOL}_data.cpp)
  file(GLOB_RECURSE data CONFIGURE_DEPENDS LIST_DIRECTORIES false ${arg_ROOT}/*)
  # The list of names is an input too: removing a file must run the rule although no input is newer.
  string(REPLACE ";" "\n" names "${data}")
  file(CONFIGURE OUTPUT ${source}.names CONTENT "${names}\n" @ONLY)
  add_custom_command(OUTPUT ${source}
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/embed.py --root ${arg_ROOT} --out ${source}
            --include ${arg_INCLUDE} --namespace ${arg_NAMESPACE} --symbol ${arg_SYMBOL} --ext "${arg_EXTENSIONS}"
    COMMAND ${CMAKE_COMMAND} -E touch ${source}
    DEPENDS ${data} ${source}.names ${PROJECT_SOURCE_DIR}/scripts/embed.py
    COMMENT "Embedding ${arg_SYMBOL}" VERBATIM)
  set(${out} ${source} PARENT_SCOPE)
endfunction()
