#include "taskrouter/client.hpp"
#include "taskrouter/resources/tasks.hpp"

// A transport has to be able to say that no answer came.

struct Transport {
#ifdef BAD
  taskrouter::Response send(const taskrouter::Request&) { return {}; }
#else
  taskrouter::Result<taskrouter::Response> send(const taskrouter::Request&) { return taskrouter::Response{}; }
#endif
};

bool fetch(Transport& transport, const taskrouter::tasks::Fetch& operation) {
  return taskrouter::Client{taskrouter::Credentials{"", ""}, transport}.send(operation).has_value();
}
