# Every public header compiles alone, twice over in one file, without exceptions and RTTI as well,
# and two files that include them all link into one program.

# These want a library that need not be there; whoever builds with it tests them.
set(adapters "^(transports|crypto)/")
# These stand on nlohmann::json, which has its own idea of a world without exceptions.
set(on_nlohmann "^(json|with_json|workflow)\\.hpp|^(emulator|webhooks)/")

set(root ${PROJECT_SOURCE_DIR}/include)
if(NOT EXISTS ${root}/taskrouter/taskrouter.hpp)
  get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/../../include ABSOLUTE)
endif()
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${root}/taskrouter ${root}/taskrouter/*.hpp)
list(FILTER headers EXCLUDE REGEX ${adapters})

set(all "")
foreach(header IN LISTS headers)
  string(MAKE_C_IDENTIFIER ${header} name)
  set(include "#include \"taskrouter/${header}\"\n")
  string(APPEND all ${include})
  file(CONFIGURE OUTPUT headers/${name}.cpp CONTENT "${include}${include}")
  list(APPEND alone ${CMAKE_CURRENT_BINARY_DIR}/headers/${name}.cpp)
  if(NOT header MATCHES ${on_nlohmann})
    list(APPEND without_exceptions ${CMAKE_CURRENT_BINARY_DIR}/headers/${name}.cpp)
  endif()
endforeach()
file(CONFIGURE OUTPUT headers/all_first.cpp CONTENT "${all}int other();\nint main() { return other(); }\n")
file(CONFIGURE OUTPUT headers/all_second.cpp CONTENT "${all}int other();\nint other() { return 0; }\n")

add_library(headers_alone OBJECT ${alone})
target_link_libraries(headers_alone PRIVATE taskrouter_strict nlohmann_json::nlohmann_json)

add_library(headers_without_exceptions OBJECT ${without_exceptions})
target_link_libraries(headers_without_exceptions PRIVATE taskrouter_strict)
target_compile_options(headers_without_exceptions PRIVATE -fno-exceptions -fno-rtti)

add_executable(headers_test headers/all_first.cpp headers/all_second.cpp)
target_link_libraries(headers_test PRIVATE taskrouter_strict nlohmann_json::nlohmann_json)
add_test(NAME unit.headers COMMAND headers_test)

find_program(EMXX_EXECUTABLE em++)
if(EMXX_EXECUTABLE)
  add_test(NAME unit.headers_emscripten COMMAND ${EMXX_EXECUTABLE} -std=c++20 -fsyntax-only -fno-exceptions -fno-rtti -Wall
                                                -Wextra -Werror -I${root} -x c++ headers/taskrouter_hpp.cpp)
endif()
