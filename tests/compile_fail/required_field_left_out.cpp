#include "taskrouter/resources/workers.hpp"

// A worker has to have a name.

taskrouter::workers::Create create(taskrouter::WorkspaceSid workspace) {
#ifdef BAD
  return {.workspace_sid = workspace};
#else
  return {.workspace_sid = workspace, .friendly_name = "Alice"};
#endif
}
