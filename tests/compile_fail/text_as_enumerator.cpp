#include "taskrouter/resources/tasks.hpp"

// A status is an enumerator, or text that says it is unchecked.

taskrouter::OpenEnum<taskrouter::TaskStatus> status() {
#ifdef BAD
  return "completed";
#else
  return taskrouter::TaskStatus::completed;
#endif
}
