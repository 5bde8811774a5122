# Every public header compiles alone, twice over in one file, where that is asked for; those of the core compile without
# exceptions and RTTI; and two files that include them all link into one program.

# These want a library that need not be there; whoever builds with it tests them.
set(adapters "^(transports|crypto)/")
# These stand on nlohmann::json, which has its own idea of a world without exceptions.
set(on_nlohmann "^((json|with_json|workflow|emulator)\\.hpp|workflow/|emulator/)")
option(TASKROUTER_HEADERS_ALONE "Compile every header alone, which takes minutes" OFF)

get_filename_component(root ../../include ABSOLUTE)
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${root}/taskrouter ${root}/taskrouter/*.hpp)
list(FILTER headers EXCLUDE REGEX ${adapters})

set(all "")
set(core "")
foreach(header IN LISTS headers)
  string(MAKE_C_IDENTIFIER ${header} name)
  set(include "#include \"taskrouter/${header}\"\n")
  string(APPEND all ${include})
  file(CONFIGURE OUTPUT headers/${name}.cpp CONTENT "${include}${include}")
  list(APPEND alone ${CMAKE_CURRENT_BINARY_DIR}/headers/${name}.cpp)
  if(NOT header MATCHES ${on_nlohmann})
    string(APPEND core ${include})
  endif()
endforeach()
file(CONFIGURE OUTPUT headers/core.cpp CONTENT "${core}")
file(CONFIGURE OUTPUT headers/all_first.cpp CONTENT "${all}int other();\nint main() { return other(); }\n")
file(CONFIGURE OUTPUT headers/all_second.cpp CONTENT "${all}int other();\nint other() { return 0; }\n")

if(TASKROUTER_HEADERS_ALONE)
  add_library(headers_alone OBJECT ${alone})
  target_link_libraries(headers_alone PRIVATE taskrouter_strict nlohmann_json::nlohmann_json)
endif()

add_library(headers_without_exceptions OBJECT ${CMAKE_CURRENT_BINARY_DIR}/headers/core.cpp)
target_link_libraries(headers_without_exceptions PRIVATE taskrouter_strict)
target_compile_options(headers_without_exceptions PRIVATE -fno-exceptions -fno-rtti)

add_executable(headers_test ${CMAKE_CURRENT_BINARY_DIR}/headers/all_first.cpp
                            ${CMAKE_CURRENT_BINARY_DIR}/headers/all_second.cpp)
target_link_libraries(headers_test PRIVATE taskrouter_strict nlohmann_json::nlohmann_json)
add_test(NAME unit.headers COMMAND headers_test)

if(EMXX)
  add_test(NAME unit.headers_emscripten COMMAND ${EMXX} -std=c++20 -fsyntax-only -fno-exceptions -fno-rtti -Wall
                                                -Wextra -Werror -I${root} ${CMAKE_CURRENT_BINARY_DIR}/headers/core.cpp)
endif()
