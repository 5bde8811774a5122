#include "taskrouter/resources/tasks.hpp"

// A worker's SID where a task's belongs.

constexpr taskrouter::WorkspaceSid workspace{"WS00000000000000000000000000000001"};
#ifdef BAD
constexpr taskrouter::WorkerSid sid{"WK00000000000000000000000000000001"};
#else
constexpr taskrouter::TaskSid sid{"WT00000000000000000000000000000001"};
#endif

taskrouter::tasks::Fetch fetch() { return {.workspace_sid = workspace, .sid = sid}; }
