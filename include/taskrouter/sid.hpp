#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace taskrouter {

/// What a SID names. https://www.twilio.com/docs/glossary/what-is-a-sid
enum class SidKind : unsigned char {
  account,
  workspace,
  activity,
  worker,
  task,
  task_queue,
  task_channel,
  workflow,
  reservation,
  call,
  event,
  worker_channel,
  api_key,
};

/// The two letters that a SID of this kind starts with.
constexpr std::string_view prefix(SidKind kind) {
  constexpr std::array<std::string_view, 13> prefixes{"AC", "WS", "WA", "WK", "WT", "WQ", "TC",
                                                      "WW", "WR", "CA", "EV", "WC", "SK"};
  return prefixes[static_cast<std::size_t>(kind)];
}

/// Whether `text` is `prefix`, which is two letters, and 32 hexadecimal digits, as Twilio documents every SID.
constexpr bool is_sid(std::string_view text, std::string_view prefix) {
  if (text.size() != 34 || text[0] != prefix[0] || text[1] != prefix[1]) return false;
  unsigned char bad = 0;  // No branch, and no table: compilers look at 16 characters at once.
  for (std::size_t i = 2; i < 34; ++i) {
    const auto digit = static_cast<unsigned char>(text[i] - '0');
    const auto letter = static_cast<unsigned char>((text[i] | 32) - 'a');
    bad = static_cast<unsigned char>(bad | ((digit > 9) & (letter > 5)));
  }
  return bad == 0;
}

/// The text of a SID, held without allocating. What is longer than 39 characters is no SID and is
/// cut there; it can never be sent.
class SidText {
 public:
  constexpr SidText() = default;
  /// Any text.
  constexpr explicit SidText(std::string_view text)
      : size_{static_cast<unsigned char>(text.size() < sizeof text_ ? text.size() : sizeof text_)} {
    text.copy(text_, size_);
  }

  /// As it was given.
  constexpr std::string_view text() const { return {text_, size_}; }
  /// Whether there is none.
  constexpr bool empty() const { return size_ == 0; }

  friend constexpr bool operator==(const SidText& a, const SidText& b) { return a.text() == b.text(); }
  friend constexpr bool operator<(const SidText& a, const SidText& b) { return a.text() < b.text(); }

 private:
  char text_[39]{};
  unsigned char size_{};
};

/// The SID of one kind of thing. A worker's SID does not compile where a task's is expected.
template <SidKind kind>
class Sid : public SidText {
 public:
  constexpr Sid() = default;
  /// Any text: build() refuses what is no SID of this kind.
  constexpr explicit Sid(std::string_view text) : SidText{text} {}

  /// Whether it could be sent. What a response brought is kept as it is, well formed or not.
  constexpr bool well_formed() const { return is_sid(text(), prefix(kind)); }
};

using AccountSid = Sid<SidKind::account>;
using WorkspaceSid = Sid<SidKind::workspace>;
using ActivitySid = Sid<SidKind::activity>;
using WorkerSid = Sid<SidKind::worker>;
using TaskSid = Sid<SidKind::task>;
using TaskQueueSid = Sid<SidKind::task_queue>;
using TaskChannelSid = Sid<SidKind::task_channel>;
using WorkflowSid = Sid<SidKind::workflow>;
using ReservationSid = Sid<SidKind::reservation>;
using CallSid = Sid<SidKind::call>;
using EventSid = Sid<SidKind::event>;
using WorkerChannelSid = Sid<SidKind::worker_channel>;
using ApiKeySid = Sid<SidKind::api_key>;

}  // namespace taskrouter

template <taskrouter::SidKind kind>
struct std::hash<taskrouter::Sid<kind>> {
  std::size_t operator()(const taskrouter::Sid<kind>& sid) const { return std::hash<std::string_view>{}(sid.text()); }
};
