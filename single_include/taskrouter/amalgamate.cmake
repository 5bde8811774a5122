# Makes one header of a header and everything of ours that it includes.
#
#   cmake -DROOT=taskrouter.hpp -DOUTPUT=file [-DWITHOUT=taskrouter.hpp] -P amalgamate.cmake
#
# WITHOUT names a header that is delivered as one itself: what it brings is left out, and it is
# included instead. The headers of the standard library are gathered at the top.

cmake_policy(VERSION 3.21)
set(include_dir ${CMAKE_CURRENT_LIST_DIR}/../../include)
set_property(GLOBAL PROPERTY seen "")

# The text of a header with our own includes replaced by what they name, each once.
function(inline header result)
  get_property(seen GLOBAL PROPERTY seen)
  if(header IN_LIST seen)
    set(${result} "" PARENT_SCOPE)
    return()
  endif()
  set_property(GLOBAL APPEND PROPERTY seen ${header})
  file(READ ${include_dir}/${header} text)
  string(REPLACE "#pragma once\n" "" text "${text}")
  while(text MATCHES "#include \"(taskrouter/[^\"]+)\"\n")
    set(line "${CMAKE_MATCH_0}")
    inline(${CMAKE_MATCH_1} inner)
    string(REPLACE "${line}" "${inner}" text "${text}")
  endwhile()
  string(STRIP "${text}" text)
  set(${result} "// ${header}\n\n${text}\n\n" PARENT_SCOPE)
endfunction()

set(own_includes "")
if(WITHOUT)
  inline(taskrouter/${WITHOUT} ignored)
  set(own_includes "#include \"taskrouter/${WITHOUT}\"\n")
endif()
inline(taskrouter/${ROOT} text)

string(REGEX MATCHALL "#include <[^>.]+>\n" includes "${text}")
list(REMOVE_DUPLICATES includes)
list(SORT includes)
list(JOIN includes "" includes)
string(REGEX REPLACE "#include <[^>.]+>\n" "" text "${text}")
string(REGEX REPLACE "\n\n\n+" "\n\n" text "${text}")

file(WRITE ${OUTPUT} "// ${ROOT}: all of it in one file. Made by amalgamate.cmake; change the files in include/ instead.
// https://opensource.org/license/mit

#pragma once

${includes}
${own_includes}
${text}")
