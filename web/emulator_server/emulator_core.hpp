#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bridge_core.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter::server {

/// What the emulator wants to call.
struct Callback {
  enum class Kind { assignment, event };

  Kind kind{};
  std::string sid;  ///< The reservation that it is about, or the event.
  Request request;
  std::optional<Request> fallback{};  ///< What to send if that fails.
};

/// The emulator behind a face without templates: the emulator takes a while to compile, and only this
/// class's own file does.
class EmulatorCore {
 public:
  /// @param start what its clock says at first, in milliseconds since 1970
  explicit EmulatorCore(std::int64_t start);
  ~EmulatorCore();
  EmulatorCore(const EmulatorCore&) = delete;
  EmulatorCore& operator=(const EmulatorCore&) = delete;

  /// Takes the account's credentials, and its API key.
  Response send(const Request& request);
  /// Milliseconds since 1970.
  std::int64_t now() const;
  void advance(std::int64_t milliseconds);

  /// All callbacks since they were last taken, signed, oldest first of each kind.
  std::vector<Callback> take_callbacks();
  /// Carries out the answer to an assignment callback.
  Result<Nothing> answer(std::string_view reservation_sid, const Response& response);
  /// Says that an assignment callback did not arrive anywhere.
  Result<Nothing> give_up(std::string_view reservation_sid);

  /// Its event bridge.
  BridgeCore& bridge() const;

  /// The Authorization header that it takes.
  std::string authorization() const;
  /// What it started with: names such as `workspace_sid`, and their values.
  std::vector<std::pair<std::string, std::string>> story() const;
  std::string dump() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace taskrouter::server
