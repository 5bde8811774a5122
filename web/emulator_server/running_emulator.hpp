#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emulator_core.hpp"
#include "store_file.hpp"

namespace taskrouter::server {

/// The emulator as the server runs it: its clock follows the wall clock or is virtual, its changes are kept, and
/// what it wants to call is handed on. All of it belongs to one thread.
///
/// First open() or not, then whatever it is to start with, then begin().
class RunningEmulator {
 public:
  enum class ClockKind { wall, virtual_ };

  explicit RunningEmulator(ClockKind kind);

  const EmulatorCore& core() const { return *core_; }
  bool has_virtual_clock() const { return kind_ == ClockKind::virtual_; }
  /// Whether nothing happened yet: no store was read.
  bool is_new() const { return is_new_; }

  /// Does again what the store at `path` holds, and keeps there what happens from now on. The answer is empty,
  /// or what is wrong.
  std::string open(const std::string& path);
  /// When begin() was called last, in milliseconds since 1970 by the wall clock: it tells one beginning from another.
  std::int64_t begun() const { return begun_; }
  /// Lets the clock run and the callbacks go out, those that no answer was kept of among them.
  std::string begin();
  /// Starts anew, and needs another begin().
  std::string reset();

  /// Answers a request, at the time that it is now.
  Response send(const Request& request);
  /// Does what has become due by now.
  void tick();
  /// Moves the virtual clock.
  /// @param time in milliseconds
  void advance(std::int64_t time);
  /// Carries out the answer to an assignment callback.
  Result<Nothing> answer(const std::string& reservation_sid, const Response& response);
  /// Says that an assignment callback arrived nowhere.
  void give_up(const std::string& reservation_sid);

  /// Calls `listener` after anything may have changed.
  void listen(std::function<void()> listener) { listeners_.push_back(std::move(listener)); }

  /// Takes the callbacks, from begin() on.
  std::function<void(Callback)> on_callback{};
  /// The store can't be written any more. What was to be kept is not acknowledged.
  std::function<void(const std::string& problem)> on_broken_store{};

 private:
  std::string redo(const Change& change);
  Response redo_request(const Change& change);
  bool keep(Change change);
  void follow_clock();
  void settle();

  ClockKind kind_;
  std::chrono::steady_clock::time_point last_{std::chrono::steady_clock::now()};
  std::unique_ptr<EmulatorCore> core_;
  StoreFile store_{};
  bool is_new_{true};
  bool has_begun_{};
  std::int64_t begun_{};
  bool is_redoing_{};
  std::map<std::string, Callback> unanswered_{};  // The assignment callbacks until begin(), by reservation.
  std::vector<Callback> held_events_{};
  std::vector<std::function<void()>> listeners_{};
};

}  // namespace taskrouter::server
