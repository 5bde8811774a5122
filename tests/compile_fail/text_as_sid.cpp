#include "taskrouter/resources/workspaces.hpp"

// Text does not become a SID unless it is told which one.

taskrouter::workspaces::Fetch fetch(std::string_view text) {
#ifdef BAD
  return {.sid = text};
#else
  return {.sid = taskrouter::WorkspaceSid{text}};
#endif
}
