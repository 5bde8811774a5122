#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/emulator/options.hpp"
#include "taskrouter/json_writer.hpp"
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
    open();
    *at_++ = '{';
  }
  AnswerWriter(const AnswerWriter&) = delete;
  AnswerWriter& operator=(const AnswerWriter&) = delete;

  AnswerWriter& account() { return plain("account_sid", view_.account_sid.text()); }

  AnswerWriter& text(std::string_view name, std::string_view value) {
    if (detail::skip_plain(value, 0) == value.size()) return plain(name, value);
    key(name, 0);
    close();
    detail::write_json_string(out_, value);
    open(0);
    return *this;
  }
  /// The same for what needs no escapes, such as SIDs and enumerators.
  AnswerWriter& plain(std::string_view name, std::string_view value) {
    key(name, value.size() + 2);
    *at_++ = '"';
    put(value);
    *at_++ = '"';
    return *this;
  }
  /// Text, or null where it is empty.
  AnswerWriter& text_or_null(std::string_view name, std::string_view value) {
    return value.empty() ? json(name, "null") : text(name, value);
  }
  AnswerWriter& text_or_null(std::string_view name, const std::string* value) {
    return value == nullptr ? json(name, "null") : text(name, *value);
  }
  /// A SID, or null where it is empty.
  AnswerWriter& sid(std::string_view name, std::string_view value) {
    return value.empty() ? json(name, "null") : plain(name, value);
  }
  /// A value that is JSON already.
  AnswerWriter& json(std::string_view name, std::string_view value) {
    key(name, value.size());
    put(value);
    return *this;
  }
  AnswerWriter& boolean(std::string_view name, bool value) { return json(name, value ? "true" : "false"); }
  AnswerWriter& integer(std::string_view name, std::int64_t value) {
    key(name, 20);
    at_ = std::to_chars(at_, end_, value).ptr;
    return *this;
  }
  AnswerWriter& time(std::string_view name, Instant value) { return time(name, to_seconds(value)); }
  AnswerWriter& time(std::string_view name, Timestamp value) {
    if (!time_ || *time_ != value) time_text_ = write_timestamp(*(time_ = value));  // Most are the one before again.
    return plain(name, {time_text_.data(), time_text_.size()});
  }

  /// The URL of what stands in the workspace below `path`, which is given in parts.
  AnswerWriter& url(std::string_view name, std::initializer_list<std::string_view> path = {}) {
    constexpr std::string_view root = "/v1/Workspaces/";
    std::size_t size = view_.base_url.size() + root.size() + workspace_.text().size() + 2;
    for (const std::string_view part : path) size += part.size();
    key(name, size);
    *at_++ = '"';
    put(view_.base_url);
    put(root);
    put(workspace_.text());
    for (const std::string_view part : path) put(part);
    *at_++ = '"';
    return *this;
  }

  /// Begins an object in this one; end() ends it.
  AnswerWriter& begin(std::string_view name) {
    key(name, 1);
    *at_++ = '{';
    ++depth_;
    return *this;
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

  /// Appends room to the text, to be written in without a look at each byte: all that it has, `size` at least.
  /// What is left of it is taken away in the end.
  void open(std::size_t size = room) {
    const std::size_t used = out_.size();
    out_.resize(std::max(out_.capacity(), used + size));
    at_ = out_.data() + used;
    end_ = out_.data() + out_.size();
  }
  void close() { out_.resize(static_cast<std::size_t>(at_ - out_.data())); }

  void make_room(std::size_t size) {
    if (static_cast<std::size_t>(end_ - at_) >= size) return;
    close();
    open(size + room);
  }

  void put(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }

  /// Writes a name, and makes room for a value of `size` bytes.
  void key(std::string_view name, std::size_t size) {
    make_room(name.size() + size + 4);
    if (at_[-1] != '{') *at_++ = ',';
    *at_++ = '"';
    put(name);
    *at_++ = '"';
    *at_++ = ':';
  }

  std::string& out_;
  const Viewpoint& view_;
  const SidText& workspace_;
  char* at_{};
  char* end_{};
  int depth_{};
  std::optional<Timestamp> time_{};
  std::array<char, 20> time_text_{};
};

}  // namespace taskrouter::emulator
