#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/emulator/options.hpp"
#include "taskrouter/emulator/text.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/put.hpp"
#include "taskrouter/sid.hpp"
#include "taskrouter/timestamp.hpp"

// Answers are written as JSON straight from the records: a resource struct between them would cost
// a third of an operation. The contract test holds what is written against those structs.

namespace taskrouter::emulator {

/// To the second, as TaskRouter answers times.
inline Timestamp to_seconds(Instant time) { return std::chrono::floor<std::chrono::seconds>(time); }

inline std::int64_t to_milliseconds(Instant time) { return std::int64_t{time.time_since_epoch().count()}; }

/// Where an answer is seen from: its URLs begin with `base_url`, and ages are counted to `now`.
struct Viewpoint {
  std::string_view base_url{};  ///< As it stands in JSON.
  AccountSid account_sid{};
  Instant now{};
};

/// Appends one JSON object to a text, field by field. The text is whole again after the last end().
class AnswerWriter {
 public:
  /// @param workspace whom the URLs lead to
  AnswerWriter(std::string& out, const Viewpoint& view, const SidText& workspace)
      : out_{out}, view_{view}, workspace_{workspace} {
    open(room);
    *at_++ = '{';
  }
  AnswerWriter(const AnswerWriter&) = delete;
  AnswerWriter& operator=(const AnswerWriter&) = delete;

  AnswerWriter& account() { return plain("account_sid", view_.account_sid.text()); }

  AnswerWriter& text(std::string_view name, std::string_view value) {
    char* at = key(name, detail::json_string_room(value));
    return end_at(detail::write_json_string(at, value));
  }
  /// The same for what needs no escapes, such as SIDs and enumerators.
  AnswerWriter& plain(std::string_view name, std::string_view value) {
    char* at = key(name, value.size() + 2);
    *at++ = '"';
    at = detail::put(at, value);
    *at++ = '"';
    return end_at(at);
  }
  /// Text, or null where it is empty.
  AnswerWriter& text_or_null(std::string_view name, std::string_view value) {
    return value.empty() ? json(name, "null") : text(name, value);
  }
  AnswerWriter& text_or_null(std::string_view name, const Text& value) {
    return value ? text(name, *value) : json(name, "null");
  }
  /// A SID, or null where it is empty.
  AnswerWriter& sid(std::string_view name, std::string_view value) {
    return value.empty() ? json(name, "null") : plain(name, value);
  }
  /// A value that is JSON already.
  AnswerWriter& json(std::string_view name, std::string_view value) {
    char* at = key(name, value.size());
    return end_at(detail::put(at, value));
  }
  AnswerWriter& boolean(std::string_view name, bool value) { return json(name, value ? "true" : "false"); }
  AnswerWriter& integer(std::string_view name, std::int64_t value) {
    char* at = key(name, 20);
    return end_at(std::to_chars(at, at + 20, value).ptr);
  }
  AnswerWriter& time(std::string_view name, Instant value) { return time(name, to_seconds(value)); }
  AnswerWriter& time(std::string_view name, Timestamp value) {
    if (!first_time_) first_time_text_ = write_timestamp(*(first_time_ = value));
    const auto text = value == *first_time_ ? first_time_text_ : write_timestamp(value);  // Most are the first again.
    return plain(name, {text.data(), text.size()});
  }

  /// The URL of what stands in the workspace below `path`, which is given in parts.
  AnswerWriter& url(std::string_view name, std::initializer_list<std::string_view> path = {}) {
    constexpr std::string_view below = "/v1/Workspaces/";
    const std::size_t root = view_.base_url.size() + below.size() + workspace_.text().size();
    std::size_t size = root + 2;
    for (const std::string_view part : path) size += part.size();
    char* at = key(name, size);
    *at++ = '"';
    if (first_url_ == 0) {
      first_url_ = static_cast<std::size_t>(at - out_.data());
      at = detail::put(detail::put(detail::put(at, view_.base_url), below), workspace_.text());
    } else {
      at = detail::put(at, {out_.data() + first_url_, root});  // They all begin alike.
    }
    for (const std::string_view part : path) at = detail::put(at, part);
    *at++ = '"';
    return end_at(at);
  }

  /// Begins an object in this one; end() ends it.
  AnswerWriter& begin(std::string_view name) {
    char* at = key(name, 1);
    *at++ = '{';
    ++depth_;
    return end_at(at);
  }
  AnswerWriter& end() {
    make_room(1);
    *at_++ = '}';
    if (depth_-- == 0) close();
    return *this;
  }

 private:
  /// More than most answers are long.
  static constexpr std::size_t room = 2048;

  /// Appends room to the text. What is left of it is taken away in the end.
  void open(std::size_t size) {
    const std::size_t used = out_.size();
    out_.resize(used + size);
    at_ = out_.data() + used;
    end_ = at_ + size;
  }
  void close() { out_.resize(static_cast<std::size_t>(at_ - out_.data())); }

  void make_room(std::size_t size) {
    if (static_cast<std::size_t>(end_ - at_) < size) grow(size);
  }
  void grow(std::size_t size) {
    close();
    open(size + room);
  }

  /// Writes a name. Answers where a value of `size` bytes can be written, after which end_at() is to be called.
  char* key(std::string_view name, std::size_t size) {
    make_room(name.size() + size + 4);
    char* at = at_;
    if (at[-1] != '{') *at++ = ',';
    *at++ = '"';
    at = detail::put(at, name);
    *at++ = '"';
    *at++ = ':';
    return at;
  }
  AnswerWriter& end_at(char* at) {
    at_ = at;
    return *this;
  }

  std::string& out_;
  const Viewpoint& view_;
  const SidText& workspace_;
  char* at_{};
  char* end_{};
  int depth_{};
  std::size_t first_url_{};  ///< Where in the text it stands, if it does.
  std::optional<Timestamp> first_time_{};
  std::array<char, 20> first_time_text_{};
};

}  // namespace taskrouter::emulator
