#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/base64.hpp"
#include "taskrouter/emulator.hpp"
#include "taskrouter/emulator/bridge_access.hpp"
#include "taskrouter/emulator/bridge_lists.hpp"
#include "taskrouter/emulator/bridge_params.hpp"
#include "taskrouter/emulator/incoming.hpp"
#include "taskrouter/json_reader.hpp"

// The commands of the event bridge: requests to the API that come as JSON, carried by a token instead
// of credentials, and answered in the bridge's own shapes.

namespace taskrouter::emulator {

/// A command as it is posted.
struct BridgeCommand {
  std::string url{};     ///< `Workspaces/WS.../Workers/WK...`
  std::string method{};  ///< GET or POST.
  JsonValue params{};    ///< An object with the API's names.
  std::string token{};

  TASKROUTER_FIELDS(url, method, params, token)
};

/// Who may send a command.
enum class BridgeRight {
  everybody,
  own,         ///< The worker in its path, and supervisors.
  self,        ///< The worker in its path.
  holder,      ///< Who has or had a reservation of the task in its path, and supervisors.
  supervisor,  ///< Supervisors.
};

/// A command that there is. Twilio does not say who may do what: a worker's token is enough to look
/// around, to create tasks, and to change what is the worker's.
struct BridgeRoute {
  Method method;
  std::string_view path;
  BridgeRight right;
};

inline constexpr auto bridge_routes = std::to_array<BridgeRoute>({
    {Method::get, "/Workspaces/{}/Activities", BridgeRight::everybody},
    {Method::get, "/Workspaces/{}/TaskQueues", BridgeRight::everybody},
    {Method::get, "/Workspaces/{}/TaskQueues/{}", BridgeRight::everybody},
    {Method::get, "/Workspaces/{}/Workers", BridgeRight::everybody},
    {Method::get, "/Workspaces/{}/Workers/{}", BridgeRight::everybody},
    {Method::post, "/Workspaces/{}/Workers/{}", BridgeRight::own},
    {Method::get, "/Workspaces/{}/Workers/{}/WorkerChannels", BridgeRight::own},
    {Method::get, "/Workspaces/{}/Workers/{}/Reservations", BridgeRight::own},
    {Method::get, "/Workspaces/{}/Workers/{}/Reservations/{}", BridgeRight::own},
    {Method::post, "/Workspaces/{}/Workers/{}/Reservations/{}", BridgeRight::self},
    {Method::get, "/Workspaces/{}/Tasks", BridgeRight::everybody},
    {Method::post, "/Workspaces/{}/Tasks", BridgeRight::everybody},
    {Method::get, "/Workspaces/{}/Tasks/{}", BridgeRight::everybody},
    {Method::post, "/Workspaces/{}/Tasks/{}", BridgeRight::holder},
    {Method::get, "/Workspaces/{}/Tasks/{}/Reservations/{}", BridgeRight::holder},
    {Method::post, "/Workspaces/{}/Tasks/{}/Reservations/{}", BridgeRight::supervisor},
});

inline bool has_right(const BridgeAccess& access, BridgeRight right, std::string_view subject,
                      const WorkspaceRecord& workspace) {
  if (right == BridgeRight::everybody) return true;
  const bool is_self = !access.worker_sid.empty() && access.worker_sid.text() == subject;
  if (right == BridgeRight::self) return is_self;
  if (access.is_supervisor || (right == BridgeRight::own && is_self)) return true;
  const TaskRecord* task = right == BridgeRight::holder ? workspace.tasks.find(subject) : nullptr;
  return task != nullptr &&
         std::any_of(task->reservations.begin(), task->reservations.end(),
                     [&](const ReservationRecord* one) { return one->worker->sid == access.worker_sid; });
}

/// Why there is no such command.
inline Error no_command(std::string_view path) {
  if (path.ends_with("Participant")) {
    return invalid("The emulator has no calls: nobody can be put on hold, muted or removed");
  }
  if (path.find("/Transfers") != std::string_view::npos) return invalid("The emulator does not transfer tasks");
  return not_found("/v1" + std::string{path});
}

/// A command that may be carried out: where it goes, and what it is about.
struct BridgeErrand {
  Method method{};
  std::string path{};    ///< As in the API, below `/v1`.
  std::string worker{};  ///< The worker in the path. Empty if there is none.
  bool is_reservation_list{};
};

/// Finds out what a command asks for and whether its sender may. The Error is the refusal.
inline Result<BridgeErrand> read_errand(const BridgeCommand& command, const BridgeAccess& access,
                                        const WorkspaceRecord& workspace) {
  const std::string path = '/' + command.url;
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/';
  };
  if (!std::all_of(path.begin(), path.end(), is_plain)) return invalid("url", "should be a path of names and SIDs");
  if (command.method != "GET" && command.method != "POST") return invalid("method", "should be GET or POST");
  const Method method = command.method == "GET" ? Method::get : Method::post;
  const Segments segments{path};
  for (const BridgeRoute& route : bridge_routes) {
    const Segments pattern{route.path};
    if (route.method != method || !fits(pattern, segments)) continue;
    const PathValues match{pattern, segments};
    if (match.texts[0] != access.workspace_sid.text() || !has_right(access, route.right, match.texts[1], workspace)) {
      return refusal(403, 20003, "The access token does not permit this");
    }
    BridgeErrand errand{.method = method, .path = path};
    if (match.texts[1].starts_with("WK")) errand.worker = match.texts[1];
    errand.is_reservation_list = route.path.ends_with("/Reservations");
    const std::size_t channels = errand.path.rfind("WorkerChannels");
    if (channels != std::string::npos) errand.path.erase(channels, std::string_view{"Worker"}.size());
    return errand;
  }
  return no_command(path);
}

/// The request to the API that does an errand.
inline Request request_of(const BridgeErrand& errand, const BridgeParams& params, const std::string* if_match,
                          const Story& story) {
  const std::string credentials = std::string{story.account_sid.text()} + ':' + story.auth_token;
  Request request{.method = errand.method,
                  .url = "https://taskrouter.twilio.com/v1" + errand.path,
                  .headers = {{"Authorization", "Basic " + taskrouter::detail::base64(credentials)}},
                  .body = {}};
  if (errand.method == Method::get) {
    request.url.append("?").append(params.encoded());
  } else {
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = params.encoded();
    if (if_match != nullptr) request.headers.add("If-Match", *if_match);
  }
  return request;
}

/// The answer to a command that was carried out.
inline Response bridge_response(std::string_view payload) {
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}},
          .body = std::string{"{\"payload\":"}.append(payload).append("}")};
}

/// Carries a request to an emulator, and its answer back.
using Carry = std::function<Response(const Request&)>;

/// Carries out a command whose token has been read. What follows from it is in the answer already: who
/// becomes available and is reserved at once is answered as reserved.
inline Response perform(const Emulator& emulator, const Carry& carry, const BridgeCommand& command,
                        const BridgeAccess& access, const std::string* if_match) {
  const WorkspaceRecord* workspace = emulator.store().workspaces.find(access.workspace_sid.text());
  if (workspace == nullptr) return error_response(not_found('/' + command.url));
  const auto errand = read_errand(command, access, *workspace);
  if (!errand) return error_response(errand.error());
  auto params = BridgeParams::read(command.params.text);
  if (!params) return error_response(params.error());
  const WorkerRecord* worker = workspace->workers.find(errand->worker);
  const BridgeView view{emulator.store().account_sid, emulator.now()};
  const BridgeFinder finder{*workspace, worker, view};
  if (errand->is_reservation_list && worker != nullptr) {
    const auto page = list_reservations(*worker, *std::move(params), view);
    return page ? bridge_response(write_page(*page)) : error_response(page.error());
  }
  if (errand->method == Method::get) {
    if (auto error = translate_paging(*params, finder)) return error_response(*error);
  }
  Response response = carry(request_of(*errand, *params, if_match, emulator.story()));
  if (response.status > 299) return response;
  const auto answer = read_json<BridgeAnswer>(response.body);
  if (!answer) return error_response(refusal(500, 20500, "Internal server error"));
  if (!answer->meta.key.empty()) return bridge_response(write_page(page_of(*answer, finder)));
  const auto found = finder.find(answer->sid);
  return found ? bridge_response(found->payload) : error_response(not_found("/v1" + errand->path));
}

}  // namespace taskrouter::emulator
