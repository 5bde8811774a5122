#include "running_emulator.hpp"

#include <algorithm>
#include <utility>

#include "http_text.hpp"

namespace taskrouter::server {

using std::chrono::milliseconds;

namespace {

std::int64_t wall_clock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<milliseconds>(now).count();
}

std::int64_t start_of(RunningEmulator::ClockKind kind) {
  using namespace std::chrono;
  if (kind == RunningEmulator::ClockKind::wall) return wall_clock();
  return milliseconds{sys_days{year{2025} / 1 / 1}.time_since_epoch()}.count();
}

std::optional<std::string> header_of(const Headers& headers, std::string_view name) {
  const std::string* value = headers.find(name);
  return value == nullptr ? std::nullopt : std::optional{*value};
}

}  // namespace

RunningEmulator::RunningEmulator(ClockKind kind) : kind_{kind}, core_{std::make_unique<EmulatorCore>(start_of(kind))} {}

std::string RunningEmulator::open(const std::string& path) {
  is_redoing_ = true;
  std::string problem = store_.open(path, [this](const Change& change) { return redo(change); });
  is_redoing_ = false;
  is_new_ = store_.is_new();
  if (problem.empty() && is_new_) {
    keep({.kind = "start", .time = core_->now(), .format = 1, .virtual_clock = has_virtual_clock()});
  }
  return problem;
}

std::string RunningEmulator::redo(const Change& change) {
  if (change.kind == "start") {
    if (change.format != 1) return "another version of taskrouter-emulator wrote it";
    if (change.virtual_clock && !has_virtual_clock()) return "it was written with --virtual-clock: start with that";
    if (!change.virtual_clock && has_virtual_clock()) return "it was written without --virtual-clock: start without";
    core_ = std::make_unique<EmulatorCore>(change.time);
    return "";
  }
  if (change.time < core_->now()) return "it was written before what stands above it";
  core_->advance(change.time - core_->now());
  settle();
  if (change.kind == "request") {
    const Response response = redo_request(change);
    if (response.status != change.status || crc32(response.body) != change.digest) {
      return "this version of taskrouter-emulator answers the request otherwise";
    }
  } else if (change.kind == "answer") {
    Response response{.status = static_cast<int>(change.status), .headers = {}, .body = change.body.value_or("")};
    if (change.content_type) response.headers.add("Content-Type", *change.content_type);
    (void)core_->answer(change.reservation_sid.value_or(""), response);
    unanswered_.erase(change.reservation_sid.value_or(""));
  } else if (change.kind == "lost") {
    (void)core_->give_up(change.reservation_sid.value_or(""));
    unanswered_.erase(change.reservation_sid.value_or(""));
  } else if (change.kind != "clock") {
    return "it is of a kind that this version of taskrouter-emulator does not know";
  }
  settle();
  return "";
}

Response RunningEmulator::redo_request(const Change& change) {
  Request request{.method = change.method == "DELETE" ? Method::delete_ : Method::post,
                  .url = change.url.value_or(""),
                  .headers = {},
                  .body = change.body.value_or("")};
  request.headers.add("Authorization", core_->authorization());
  if (change.content_type) request.headers.add("Content-Type", *change.content_type);
  if (change.if_match) request.headers.add("If-Match", *change.if_match);
  return core_->send(request);
}

std::string RunningEmulator::begin() {
  if (std::string problem = store_.is_open() ? store_.commit() : ""; !problem.empty()) return problem;
  is_new_ = false;
  if (!has_virtual_clock()) core_->advance(std::max<std::int64_t>(wall_clock() - core_->now(), 0));
  last_ = std::chrono::steady_clock::now();
  settle();
  has_begun_ = true;
  begun_ = std::max(wall_clock(), begun_ + 1);
  for (auto& [sid, callback] : std::exchange(unanswered_, {})) on_callback(std::move(callback));
  for (Callback& callback : std::exchange(held_events_, {})) on_callback(std::move(callback));
  return "";
}

std::string RunningEmulator::reset() {
  if (std::string problem = store_.is_open() ? store_.begin() : ""; !problem.empty()) return problem;
  core_ = std::make_unique<EmulatorCore>(start_of(kind_));
  has_begun_ = false;
  is_new_ = true;
  keep({.kind = "start", .time = core_->now(), .format = 1, .virtual_clock = has_virtual_clock()});
  return "";
}

Response RunningEmulator::send(const Request& request) {
  follow_clock();
  Response response = core_->send(request);
  const bool is_change = request.method != Method::get && response.status >= 200 && response.status <= 299;
  if (is_change && store_.is_open()) {
    const bool is_kept = keep({.kind = "request",
                               .time = core_->now(),
                               .method = std::string{text(request.method)},
                               .url = request.url,
                               .content_type = header_of(request.headers, "Content-Type"),
                               .if_match = header_of(request.headers, "If-Match"),
                               .body = request.body,
                               .status = response.status,
                               .digest = crc32(response.body)});
    if (!is_kept) return error_answer(500, "The store can't be written");
  }
  settle();
  return response;
}

void RunningEmulator::tick() {
  follow_clock();
  settle();
}

void RunningEmulator::advance(std::int64_t time) {
  core_->advance(time);
  keep({.kind = "clock", .time = core_->now()});
  settle();
}

Result<Nothing> RunningEmulator::answer(const std::string& reservation_sid, const Response& response) {
  follow_clock();
  auto result = core_->answer(reservation_sid, response);
  keep({.kind = "answer",
        .time = core_->now(),
        .content_type = header_of(response.headers, "Content-Type"),
        .body = response.body,
        .status = response.status,
        .reservation_sid = reservation_sid});
  settle();
  return result;
}

void RunningEmulator::give_up(const std::string& reservation_sid) {
  follow_clock();
  (void)core_->give_up(reservation_sid);  // It may have ended in the meantime.
  keep({.kind = "lost", .time = core_->now(), .reservation_sid = reservation_sid});
  settle();
}

bool RunningEmulator::keep(Change change) {
  if (!store_.is_open()) return true;
  const std::string problem = store_.append(change);
  if (!problem.empty() && on_broken_store) on_broken_store(problem);
  return problem.empty();
}

void RunningEmulator::follow_clock() {
  if (!has_begun_ || has_virtual_clock()) return;
  const auto passed = std::chrono::floor<milliseconds>(std::chrono::steady_clock::now() - last_);
  last_ += passed;
  core_->advance(passed.count());
}

void RunningEmulator::settle() {
  for (Callback& callback : core_->take_callbacks()) {
    if (has_begun_) {
      on_callback(std::move(callback));
    } else if (callback.kind == Callback::Kind::assignment) {
      unanswered_.insert_or_assign(callback.sid, std::move(callback));
    } else if (!is_redoing_) {
      held_events_.push_back(std::move(callback));
    }
  }
  for (const auto& listener : listeners_) listener();
}

}  // namespace taskrouter::server
