#include "taskrouter/operation.hpp"

// A route that names a field which the operation does not have.

using namespace taskrouter;

struct Fetch {
  using Output = Nothing;
#ifdef BAD
  static constexpr Route route{"Fetch", Method::get, "/v1/Workspaces/{WorkspaceSid}/Things/{Sid}"};
#else
  static constexpr Route route{"Fetch", Method::get, "/v1/Workspaces/{WorkspaceSid}/Things"};
#endif
  WorkspaceSid workspace_sid;
  TASKROUTER_FIELDS(workspace_sid)
};

bool sends(const Endpoint& endpoint) { return build(Fetch{WorkspaceSid{"WS1"}}, endpoint).has_value(); }
