#include "taskrouter/operation.hpp"
#include "taskrouter/resources/tasks.hpp"

// An answer that nobody looks at hides its error.

void look(const taskrouter::Response& response) {
#ifdef BAD
  taskrouter::parse<taskrouter::tasks::Remove>(response);
#else
  if (!taskrouter::parse<taskrouter::tasks::Remove>(response)) return;
#endif
}
