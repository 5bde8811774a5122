// with_json.hpp: all of it in one file. Made by amalgamate.cmake; change the files in include/ instead.
// https://opensource.org/license/mit

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "taskrouter/complete.hpp"

// taskrouter/with_json.hpp

// The parts that need nlohmann/json (3.11 or later), and what stands on them.

// taskrouter/emulator.hpp

// taskrouter/emulator/callbacks.hpp

// taskrouter/emulator/errors.hpp

// How the emulator refuses: with the statuses, codes and bodies of Twilio's own refusals. Messages
// name parameters and never repeat their values, for a value may be a secret.

namespace taskrouter::emulator {

/// A refusal with Twilio's error code. https://www.twilio.com/docs/api/errors
inline Error refusal(int status, int code, std::string message) {
  return {.kind = Error::Kind::api,
          .message = std::move(message),
          .status = status,
          .code = code,
          .more_info = "https://www.twilio.com/docs/errors/" + std::to_string(code)};
}

/// The request can't be granted as it stands.
inline Error invalid(std::string_view message) { return refusal(400, 20001, std::string{message}); }

/// The request has a parameter that is wrong: `Priority should be a whole number`.
inline Error invalid(std::string_view parameter, std::string_view problem) {
  return invalid(std::string{parameter}.append(" ").append(problem));
}

/// The request lacks a parameter that it needs.
inline Error missing_parameter(std::string_view parameter, std::string_view where = "in the post body") {
  return invalid("Missing required parameter " + std::string{parameter}.append(" ").append(where));
}

/// Nothing stands at `path`, which begins with the API's version. Twilio's message leaves that out.
inline Error not_found(std::string_view path) {
  const std::string_view resource = path.starts_with("/v1/") ? path.substr(3) : path;
  return refusal(404, 20404, "The requested resource " + std::string{resource} + " was not found");
}

/// The body of a refusal.
struct ErrorAnswer {
  std::int64_t code{};
  std::string message{};
  std::string more_info{};
  std::int64_t status{};

  TASKROUTER_FIELDS(code, message, more_info, status)
};

/// The response that says `error`.
inline Response error_response(const Error& error) {
  return {.status = error.status,
          .headers = {{"Content-Type", "application/json"}},
          .body = write_json(ErrorAnswer{
              .code = error.code, .message = error.message, .more_info = error.more_info, .status = error.status})};
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/store.hpp

// taskrouter/emulator/journal.hpp

// taskrouter/emulator/block_queue.hpp

namespace taskrouter::emulator {

/// A queue that leaves its elements where they are, and allocates for many at once.
template <class T>
class BlockQueue {
 public:
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  T& operator[](std::size_t i) { return blocks_[(first_ + i) / block_size][(first_ + i) % block_size]; }
  const T& operator[](std::size_t i) const { return blocks_[(first_ + i) / block_size][(first_ + i) % block_size]; }
  const T& front() const { return (*this)[0]; }

  /// Adds an element at the end.
  T& add() {
    if (first_ + size_ == blocks_.size() * block_size) blocks_.push_back(std::make_unique<T[]>(block_size));
    return (*this)[size_++];
  }

  /// Removes the first element.
  /// @pre !empty()
  void pop_front() {
    (*this)[0] = T{};
    --size_;
    if (++first_ < block_size) return;
    blocks_.pop_front();
    first_ = 0;
  }

 private:
  static constexpr std::size_t block_size = 32;

  std::deque<std::unique_ptr<T[]>> blocks_{};
  std::size_t first_{};  // In the first block.
  std::size_t size_{};
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/records.hpp

// taskrouter/emulator/options.hpp

// taskrouter/emulator/ids.hpp

// taskrouter/emulator/sid_digits.hpp

namespace taskrouter::emulator {

/// The 32 digits of a SID, in half the room.
struct SidDigits {
  std::uint64_t high{}, low{};

  SidDigits() = default;
  SidDigits(std::uint64_t first, std::uint64_t second) : high{first}, low{second} {}
  explicit SidDigits(std::string_view sid) {
    if (sid.size() != 34) return;
    high = read(sid.substr(2)) << 32 | read(sid.substr(10));
    low = read(sid.substr(18)) << 32 | read(sid.substr(26));
  }

  bool empty() const { return high == 0 && low == 0; }

  /// The SID again: a TaskSid of a task's digits. The emulator makes its SIDs of lower-case digits.
  template <class AnySid>
  AnySid as() const {
    std::array<char, 34> text{detail::IsSid<AnySid>::letters[0], detail::IsSid<AnySid>::letters[1]};
    write(text.data() + 2);
    return AnySid{{text.data(), text.size()}};
  }

  /// Writes the 32 digits.
  void write(char* at) const {
    for (const std::uint64_t half : {high, low}) {
      for (unsigned shift = 64; shift > 0; shift -= 4) *at++ = "0123456789abcdef"[half >> (shift - 4) & 15];
    }
  }

  /// The next ones.
  SidDigits& operator++() {
    if (++low == 0) ++high;
    return *this;
  }

  friend bool operator==(const SidDigits&, const SidDigits&) = default;

 private:
  /// Reads eight digits, all at once: each byte becomes a digit, and then neighbours become one number.
  static std::uint64_t read(std::string_view digits) {
    const auto byte = [&](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(digits[at])}; };
    std::uint64_t bytes = byte(0) << 56 | byte(1) << 48 | byte(2) << 40 | byte(3) << 32 | byte(4) << 24 |
                          byte(5) << 16 | byte(6) << 8 | byte(7);
    bytes = (bytes & 0x0F0F0F0F0F0F0F0F) + 9 * (bytes >> 6 & 0x0101010101010101);  // Letters begin at 10.
    bytes = (bytes | bytes >> 4) & 0x00FF00FF00FF00FF;
    bytes = (bytes | bytes >> 8) & 0x0000FFFF0000FFFF;
    return (bytes | bytes >> 16) & 0xFFFFFFFF;
  }
};

}  // namespace taskrouter::emulator

namespace taskrouter::emulator {

/// A source of 64 random bits.
using Random = std::function<std::uint64_t()>;

/// The default source: SplitMix64, the same sequence for the same seed everywhere.
/// https://prng.di.unimi.it/splitmix64.c
class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_{seed} {}

  std::uint64_t operator()() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t bits = state_;
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9U;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBU;
    return bits ^ bits >> 31;
  }

 private:
  std::uint64_t state_;
};

/// Makes SIDs and tokens from a source of random bits.
class Ids {
 public:
  explicit Ids(Random random) : random_{std::move(random)} {}

  /// The digits of a SID.
  SidDigits digits() {
    ++made_;
    const std::uint64_t high = random_(), low = random_();
    return {high, low};
  }

  /// Digits that `is_taken` says no to. A source that repeats itself is counted on from, so that this
  /// ends whatever the source does.
  template <class IsTaken>
  SidDigits digits(IsTaken is_taken) {
    SidDigits next = digits();
    while (is_taken(next)) ++next;
    return next;
  }

  /// 32 lower-case hexadecimal digits.
  std::string token() {
    std::string text(32, '0');
    digits().write(text.data());
    return text;
  }

  /// How many SIDs and tokens were made: the state of this, for sources that have no other.
  std::uint64_t made() const { return made_; }

 private:
  Random random_;
  std::uint64_t made_{};
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/signed.hpp

namespace taskrouter::emulator {

/// The HMAC-SHA1 of a text under a key, by whichever library a program has: `crypto/openssl.hpp`, for one.
using HmacSha1 = std::function<std::optional<Sha1Digest>(std::string_view key, std::string_view text)>;

/// Signs a callback as Twilio does, if there is something to sign with.
inline void sign(Request& callback, std::string_view auth_token, const HmacSha1& hmac_sha1) {
  if (!hmac_sha1) return;
  const auto form = read_form(callback.body);
  if (!form) return;
  const auto digest = hmac_sha1(auth_token, callback.url + webhooks::signed_fields(*form));
  if (!digest) return;
  callback.headers.add(std::string{webhooks::signature_header}, detail::base64(detail::bytes_of(*digest)));
}

}  // namespace taskrouter::emulator

namespace taskrouter::emulator {

/// A point in time as the emulator's clock counts it.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Whole seconds from `from` to `to`.
inline std::int64_t seconds_between(Instant from, Instant to) {
  return std::chrono::floor<std::chrono::seconds>(to - from).count();
}

/// Whole seconds since 1970.
inline std::int64_t whole_seconds(Instant time) { return seconds_between(Instant{}, time); }

/// Answers an assignment callback, as the server behind the callback URL would.
using OnAssignment = std::function<Response(const Request&)>;

/// Takes an event callback, as the server behind the EventCallbackUrl would.
using OnEvent = std::function<void(const Request&)>;

/// What an emulator starts with.
struct Options {
  Instant start{std::chrono::sys_days{std::chrono::year{2025} / 1 / 1}};  ///< What the clock says at first.
  std::uint64_t seed{1};  ///< Emulators of one seed make the same SIDs and auth token.
  Random random{};        ///< Where SIDs and the auth token come from, instead of the seed.

  std::int64_t task_reservation_timeout{120};  ///< The workflow's, in seconds: 1 to 86400.
  std::int64_t max_reserved_workers{1};        ///< The queue's: how many workers a task is offered to at once, 1 to 50.
  /// The workflow's. Empty means that nothing is called.
  std::string assignment_callback_url{"https://example.com/assignment"};

  /// Called for every reservation as it is made. Without one, see Emulator::take_callbacks(). A status
  /// outside 200 to 299 says that the callback did not arrive: the fallback URL is tried, and then the
  /// reservation is canceled.
  OnAssignment on_assignment{};
  /// Called for every event of a workspace with an EventCallbackUrl. Without one, see
  /// Emulator::take_event_callbacks().
  OnEvent on_event{};
  /// Signs callbacks with the story's auth token: X-Twilio-Signature. Without it they have no signature.
  HmacSha1 hmac_sha1{};
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/text.hpp

namespace taskrouter::emulator {

/// Text that never changes and that several can hold, or none: a task's attributes, and those in its events.
/// It takes one allocation, and whoever holds it a pointer. Not safe to share between threads.
class Text {
 public:
  /// None.
  Text() = default;
  explicit Text(std::string_view text) : kept_{new (::operator new(sizeof(Kept) + text.size())) Kept{1, text.size()}} {
    text.copy(characters(), text.size());
  }
  /// The same text, shared.
  Text(const Text& other) : kept_{other.kept_} {
    if (kept_ != nullptr) ++kept_->owners;
  }
  Text(Text&& other) noexcept : kept_{std::exchange(other.kept_, nullptr)} {}
  Text& operator=(Text other) noexcept {
    std::swap(kept_, other.kept_);
    return *this;
  }
  ~Text() {
    if (kept_ != nullptr && --kept_->owners == 0) ::operator delete(kept_);
  }

  /// Whether there is one. An empty one is one.
  explicit operator bool() const { return kept_ != nullptr; }
  /// @pre there is one
  std::string_view operator*() const { return {characters(), kept_->size}; }

 private:
  struct Kept {  // The characters follow it.
    std::size_t owners;
    std::size_t size;
  };

  char* characters() const { return reinterpret_cast<char*>(kept_ + 1); }

  Kept* kept_{};
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/timers.hpp

namespace taskrouter::emulator {

/// What will be due, and when. Timers of the same time are due in the order of their start.
///
/// They lie in a heap: to start one costs the logarithm of how many run, or little where most are due before
/// it. One that is stopped is only marked, and the heap is cleared of those when they are the most of it.
template <class Timer>
class Timers {
 public:
  /// Names a running timer.
  struct Id {
    std::uint64_t number{};  ///< Of its start, from 1.
    std::size_t place{};     ///< Where its timer is kept.
  };

  Id start(Instant due, Timer timer) {
    if (free_.empty()) {
      free_.push_back(kept_.size());
      kept_.emplace_back();
    }
    const Id id{++last_, free_.back()};
    free_.pop_back();
    kept_[id.place] = {id.number, timer};
    heap_.push_back({due, id});
    std::push_heap(heap_.begin(), heap_.end(), is_later);
    return id;
  }

  /// Stops the timer that `id` names, and forgets it; nothing happens if there is none.
  void stop(std::optional<Id>& id) {
    if (id && runs(*id)) forget(*id);
    id.reset();
    if (heap_.size() > 2 * (kept_.size() - free_.size()) + 32) {
      std::erase_if(heap_, [this](const Due& one) { return !runs(one.id); });
      std::make_heap(heap_.begin(), heap_.end(), is_later);
    }
    drop_stopped();
  }

  /// When the next timer is due, or nullopt if none is running.
  std::optional<Instant> next() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().time;
  }

  /// Takes the next timer out.
  /// @pre next()
  Timer take() {
    const Id id = heap_.front().id;
    const Timer timer = kept_[id.place].timer;
    forget(id);
    drop_stopped();
    return timer;
  }

  /// Calls `visit(due, timer)` for every timer that is running, the next one first.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::vector<Due> left = heap_; !left.empty(); left.pop_back()) {
      const Due& next = left.front();
      if (runs(next.id)) visit(next.time, kept_[next.id.place].timer);
      std::pop_heap(left.begin(), left.end(), is_later);
    }
  }

 private:
  struct Due {
    Instant time{};
    Id id{};
  };
  struct Kept {
    std::uint64_t number{};  // Of the timer's start; 0 if there is none.
    Timer timer{};
  };

  static bool is_later(const Due& a, const Due& b) {
    return a.time != b.time ? a.time > b.time : a.id.number > b.id.number;
  }

  bool runs(Id id) const { return kept_[id.place].number == id.number; }

  void forget(Id id) {
    kept_[id.place].number = 0;
    free_.push_back(id.place);
  }

  /// Lets a running timer be first in the heap.
  void drop_stopped() {
    while (!heap_.empty() && !runs(heap_.front().id)) {
      std::pop_heap(heap_.begin(), heap_.end(), is_later);
      heap_.pop_back();
    }
  }

  std::vector<Due> heap_{};          // The next one is first, and is running. Others may have been stopped.
  std::vector<Kept> kept_{};         // By place.
  std::vector<std::size_t> free_{};  // The places where none is kept.
  std::uint64_t last_{};
};

}  // namespace taskrouter::emulator

// taskrouter/workflow/expression.hpp

#include <nlohmann/json.hpp>

// taskrouter/workflow/evaluate.hpp

#include <nlohmann/json.hpp>

// What names and comparisons mean. The choices are listed in expression.hpp.

namespace taskrouter {

/// The operators that compare two values.
enum class Comparator {
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  contains,
  has,
  in,
  not_in,
};

/// What the names in an expression stand for. It only points at the values, which must outlive it.
///
/// A filter and a queue's target workers read `attributes`, without a prefix. A target reads `task.` and
/// `worker.`, its skip_if `workers.`. The worker's values are its attributes and sid, friendly_name,
/// activity_sid, activity_name and channel; `workers` has available, unavailable and a number for each
/// activity's SID.
struct Variables {
  const nlohmann::json* attributes{};  ///< For a filter and a queue. Null: there are none.
  const nlohmann::json* task{};        ///< For a target. Null: there is none.
  const nlohmann::json* worker{};      ///< For a target. Null: there is none.
  const nlohmann::json* workers{};     ///< For a skip_if. Null: there are none.

  /// The value called `key`, such as `worker.skills[2]`, or nullptr.
  const nlohmann::json* find(std::string_view key) const;
};

namespace detail {

/// Takes the next name or index off a key, with its dot or brackets.
inline std::string_view next_step(std::string_view& key) {
  const std::size_t length = std::min(key.find_first_of(".[", 1), key.size());
  std::string_view step = key.substr(0, length);
  key.remove_prefix(length);
  if (step.front() == '.') step.remove_prefix(1);
  return step;
}

/// The value in a list at an index that stands in brackets, or nullptr.
inline const nlohmann::json* at_index(const nlohmann::json& list, std::string_view step) {
  std::size_t index = 0;
  for (const char c : step.substr(1, step.size() - 2)) index = index * 10 + static_cast<std::size_t>(c - '0');
  return list.is_array() && index < list.size() ? &list[index] : nullptr;
}

/// The value that the steps of a key lead to from `value`, or nullptr.
/// @pre key is empty or what the lexer reads as a name
inline const nlohmann::json* follow(const nlohmann::json* value, std::string_view key) {
  while (value != nullptr && !key.empty()) {
    const std::string_view step = next_step(key);
    if (step.starts_with('[')) {
      value = at_index(*value, step);
    } else {
      const auto found = value->find(step);
      value = found == value->end() ? nullptr : &*found;
    }
  }
  return value;
}

/// Whether a is below b. Of integers exactly, where nlohmann would wrap or round.
inline bool number_less(const nlohmann::json& a, const nlohmann::json& b) {
  if (!a.is_number_integer() || !b.is_number_integer()) return a.get<double>() < b.get<double>();
  if (a.is_number_unsigned() && b.is_number_unsigned()) return a.get<std::uint64_t>() < b.get<std::uint64_t>();
  if (a.is_number_unsigned()) return std::cmp_less(a.get<std::uint64_t>(), b.get<std::int64_t>());
  if (b.is_number_unsigned()) return std::cmp_less(a.get<std::int64_t>(), b.get<std::uint64_t>());
  return a.get<std::int64_t>() < b.get<std::int64_t>();
}

inline bool is_ordered(const nlohmann::json& a, const nlohmann::json& b) {
  return (a.is_number() && b.is_number()) || (a.is_string() && b.is_string());
}

inline bool is_less(const nlohmann::json& a, const nlohmann::json& b) {
  return is_ordered(a, b) && (a.is_number() ? number_less(a, b) : a < b);
}

inline bool is_equal(const nlohmann::json& a, const nlohmann::json& b) {
  if (a.is_number() && b.is_number()) return !number_less(a, b) && !number_less(b, a);
  return !a.is_structured() && a.type() == b.type() && a == b;
}

inline bool compare_with_list(const nlohmann::json& scalar, Comparator comparator, const nlohmann::json& list) {
  if (scalar.is_structured() || !list.is_array()) return false;
  const bool found = std::any_of(list.begin(), list.end(), [&](const auto& item) { return is_equal(scalar, item); });
  return comparator == Comparator::not_in ? !found && !scalar.is_null() : found;
}

inline bool compare_scalars(const nlohmann::json& a, Comparator comparator, const nlohmann::json& b) {
  switch (comparator) {
    case Comparator::equal: return is_equal(a, b);
    case Comparator::not_equal: return !is_equal(a, b);
    case Comparator::less: return is_less(a, b);
    case Comparator::less_or_equal: return is_less(a, b) || (is_ordered(a, b) && is_equal(a, b));
    case Comparator::greater: return is_less(b, a);
    case Comparator::greater_or_equal: return is_less(b, a) || (is_ordered(a, b) && is_equal(a, b));
    default:
      return a.is_string() && b.is_string() &&
             a.get_ref<const std::string&>().find(b.get_ref<const std::string&>()) != std::string::npos;
  }
}

inline bool compare(const nlohmann::json& left, Comparator comparator, const nlohmann::json& right) {
  switch (comparator) {
    case Comparator::has: return compare_with_list(right, comparator, left);
    case Comparator::in:
    case Comparator::not_in: return compare_with_list(left, comparator, right);
    case Comparator::not_equal:
      if (left.is_null() || right.is_null()) return left.is_null() != right.is_null();
      break;
    default: break;
  }
  return !left.is_structured() && !right.is_structured() && compare_scalars(left, comparator, right);
}

}  // namespace detail

inline const nlohmann::json* Variables::find(std::string_view key) const {
  if (key.empty()) return nullptr;
  std::string_view rest = key;
  const std::string_view prefix = detail::next_step(rest);
  const nlohmann::json* named = prefix == "task"      ? task
                                : prefix == "worker"  ? worker
                                : prefix == "workers" ? workers
                                                      : nullptr;
  return named != nullptr && !rest.empty() ? detail::follow(named, rest) : detail::follow(attributes, key);
}

}  // namespace taskrouter

// The language of TaskRouter's expressions: `language == "en" AND (level >= 3 OR skills HAS "vip")`.
// https://www.twilio.com/docs/taskrouter/expression-syntax
//
// Where Twilio's documentation is silent or contradicts itself, this is what we do:
// - AND binds tighter than OR. We always print the parentheses.
// - Keywords, true, false and null are read in any case; text is compared with regard to case.
// - `=` is `==`. `<>`, a NOT that is not NOT IN, `&&`, `||`, `!`, arithmetic and functions are refused.
// - Text in quotes may hold JSON's escapes and `\'`. A name in quotes is text, never a name.
// - Lists hold constants, and no lists.
// - A missing attribute is null. `== null` and `!= null` ask whether a value is there, of lists and objects too.
// - Values of different types are not equal, and neither is less. 1 and 1.0 are equal.
// - `<` and its kin order numbers, and texts by their bytes. Of anything else they are false.
// - Scalar operators are false for a list or an object on either side, even `!=`.
// - CONTAINS finds text in text. HAS, IN and NOT IN are false unless one side is a list and the other none.
// - NOT IN is false for a missing attribute.
// - Parentheses nest at most 32 deep.

namespace taskrouter {

/// A stretch of an expression's text, in bytes: from `begin` up to and without `end`.
struct TextSpan {
  std::size_t begin{};  ///< The first byte.
  std::size_t end{};    ///< Behind the last byte.
};

/// One side of a comparison: the name of an attribute, or a constant.
struct Operand {
  std::string key{};          ///< `task.skills[2]`. Empty for a constant.
  nlohmann::json constant{};  ///< For a constant. A list is an array.
  TextSpan span{};            ///< Where it stands in the text. Of no weight when compared.

  friend bool operator==(const Operand& a, const Operand& b) { return a.key == b.key && a.constant == b.constant; }
};

/// A condition on tasks, workers or both: a comparison, or parts joined by AND or by OR.
struct Expression {  // NOLINT(bugprone-exception-escape): nlohmann::json moves without throwing.
  /// Of what it is made.
  enum class Kind {
    comparison,  ///< `left`, `comparator`, `right`.
    all,         ///< `parts`, joined by AND: at least two.
    any,         ///< `parts`, joined by OR: at least two.
  };

  Kind kind{Kind::comparison};               ///< Which of the fields below it has.
  Operand left{};                            ///< Of a comparison.
  Comparator comparator{Comparator::equal};  ///< Of a comparison.
  Operand right{};                           ///< Of a comparison.
  std::vector<Expression> parts{};           ///< Of `all` and `any`.
  TextSpan span{};  ///< Where it stands in the text, parentheses included. Of no weight when compared.

  /// Whether the expression is true of these values.
  bool matches(const Variables& variables) const;

  friend bool operator==(const Expression& a, const Expression& b) {
    return a.kind == b.kind && a.left == b.left && a.comparator == b.comparator && a.right == b.right &&
           a.parts == b.parts;
  }
};

namespace detail {

/// The value of an operand; nullptr for an attribute that is missing.
inline const nlohmann::json* value_of(const Operand& operand, const Variables& variables) {
  return operand.key.empty() ? &operand.constant : variables.find(operand.key);
}

/// Whether a comparison is true. Does not look at `parts`.
inline bool compare(const Expression& comparison, const Variables& variables) {
  const nlohmann::json null;
  const nlohmann::json* left = value_of(comparison.left, variables);
  const nlohmann::json* right = value_of(comparison.right, variables);
  return compare(left == nullptr ? null : *left, comparison.comparator, right == nullptr ? null : *right);
}

}  // namespace detail

inline bool Expression::matches(const Variables& variables) const {
  if (kind == Kind::comparison) return detail::compare(*this, variables);
  for (const Expression& part : parts) {
    if (part.matches(variables) != (kind == Kind::all)) return kind == Kind::any;
  }
  return kind == Kind::all;
}

}  // namespace taskrouter

// What TaskRouter keeps, as records that point at each other. What a client sees of a record is made
// from it when it asks.

namespace taskrouter::emulator {

/// What every record has.
struct Record {
  std::uint64_t sequence{};  ///< Its place among the records of its table.
  SidDigits digits{};        ///< Of its SID.
  Instant created{};
  Instant updated{};
  std::int64_t revision{};  ///< How often it was changed: its ETag.
};

struct ActivityRecord : Record {
  ActivitySid sid{};
  std::string friendly_name{};
  bool available{};
  std::int64_t workers{};  ///< How many are in it.
};

struct TaskChannelRecord : Record {
  TaskChannelSid sid{};
  std::string unique_name{};
  std::string friendly_name{};
  bool channel_optimized_routing{};
  std::int64_t tasks{};  ///< How many of its tasks have not ended.
};

struct Line;
struct Routing;
struct TaskRecord;
struct WorkerRecord;
struct WorkspaceRecord;
struct ReservationRecord;

struct TaskQueueRecord : Record {
  TaskQueueSid sid{};
  std::string friendly_name{};
  const ActivityRecord* reservation_activity{};
  const ActivityRecord* assignment_activity{};
  std::int64_t max_reserved_workers{1};
  TaskOrder task_order{TaskOrder::FIFO};
  std::string target_workers{"1==1"};
  std::optional<Expression> expression{};  ///< What `target_workers` says. None takes nobody.
  bool reads_activity{};                   ///< Whether it asks for the worker's activity.

  std::vector<WorkerRecord*> workers{};                               ///< Whom it takes, by sequence.
  std::map<const ActivityRecord*, std::int64_t> workers_by_activity;  ///< How many of them are in each activity.
  std::int64_t tasks{};                                               ///< How many tasks in it have not ended.
};

struct WorkflowRecord : Record {
  WorkflowSid sid{};
  std::string friendly_name{};
  std::string assignment_callback_url{};
  std::string fallback_assignment_callback_url{};
  std::int64_t task_reservation_timeout{120};
  Text configuration{};
  std::shared_ptr<const Routing> routing{};             ///< What the configuration says.
  std::vector<std::weak_ptr<const Routing>> earlier{};  ///< What tasks may still go by that entered before.
  std::int64_t tasks{};                                 ///< How many of its tasks are pending or reserved.
};

/// One of a worker's channels.
struct WorkerChannelRecord : Record {
  WorkerChannelSid sid{};
  const TaskChannelRecord* channel{};
  std::int64_t capacity{1};
  bool available{true};
  std::int64_t load{};               ///< How many reservations are pending, accepted or wrapping.
  std::int64_t assigned{};           ///< How many of those are accepted.
  std::uint64_t last_reservation{};  ///< As WorkerRecord::last_reservation, of this channel.
};

/// Exactly one of the two is set. `is_target` is about the task's step in its workflow.
struct Timer {
  TaskRecord* task{};
  ReservationRecord* reservation{};
  bool is_target{};
};
using TimerId = Timers<Timer>::Id;

struct ReservationRecord : Record {
  ReservationSid sid{};
  ReservationStatus status{ReservationStatus::pending};
  TaskRecord* task{};
  WorkerRecord* worker{};
  WorkerChannelRecord* channel{};             ///< The worker's, while the reservation counts there.
  const ActivityRecord* previous_activity{};  ///< The worker's, before the reservation.
  const ActivityRecord* post_work{};          ///< Where its worker goes when the call ends, if anywhere.
  std::optional<TimerId> timer{};             ///< While it is pending.
};

/// A waiting task among its kin: what it is sorted by, and itself.
struct Waiting {
  std::int64_t first{}, second{}, third{};
  TaskRecord* task{};

  friend bool operator<(const Waiting& a, const Waiting& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.second != b.second ? a.second < b.second : a.third < b.third;
  }
};

/// A worker who can be reserved: what they are sorted by, and themselves.
struct Free {
  std::vector<std::int64_t> ranks{};  ///< By the target's order_by.
  std::uint64_t last_reservation{};
  std::uint64_t sequence{};
  WorkerRecord* worker{};

  friend bool operator<(const Free& a, const Free& b) {
    if (a.ranks != b.ranks) return a.ranks < b.ranks;
    return a.last_reservation != b.last_reservation ? a.last_reservation < b.last_reservation : a.sequence < b.sequence;
  }
};

struct Target;

/// What makes tasks alike: whoever can do one of a line can do all of it.
struct LineKey {
  TaskQueueRecord* queue{};
  const TaskChannelRecord* channel{};
  const Target* target{};
  WorkerRecord* worker{};  ///< The only one who may, if it was sent to a worker.
  bool ignores_capacity{};
  std::string values{};  ///< Of the attributes that the target's expression reads.

  friend bool operator<(const LineKey& a, const LineKey& b) {
    const auto all = [](const LineKey& key) {
      return std::tie(key.queue, key.channel, key.target, key.worker, key.ignores_capacity, key.values);
    };
    return all(a) < all(b);
  }
};

/// Tasks that are alike and wait, and the workers who could do them now.
struct Line {  // NOLINT(bugprone-exception-escape): nlohmann::json moves without throwing.
  LineKey key{};
  std::shared_ptr<const Routing> routing{};  ///< Keeps the target.
  nlohmann::json task{};                     ///< A task's attributes, if the target's expression reads them.
  std::string known_worker{};                ///< The SID or name that the target asks for.
  std::set<Waiting> waiting{};
  std::set<Free> free{};
  std::optional<std::size_t> ready{};  ///< Its place in WorkspaceRecord::ready, if it is there.
};

/// A worker's place in a line that they serve.
struct Seat {
  Line* line{};
  WorkerChannelRecord* channel{};
  std::vector<std::int64_t> ranks{};
  std::optional<std::set<Free>::iterator> free{};  ///< Where they stand in `line->free`, if they do.
};

struct WorkerRecord : Record {
  WorkspaceRecord* workspace{};
  WorkerSid sid{};
  std::string friendly_name{};
  Text attributes{};
  nlohmann::json values{};  ///< The attributes as expressions see them, with sid, name, activity and channels.
  ActivityRecord* activity{};
  Instant status_changed{};
  std::uint64_t last_reservation{};  ///< Grows with every reservation; 0 if there was none.
  int pending{};                     ///< How many of the reservations are pending.
  int active{};                      ///< How many are accepted or wrapping.
  std::list<WorkerChannelRecord> channels{};
  std::vector<ReservationRecord*> reservations{};  ///< Oldest first.
  std::vector<TaskQueueRecord*> queues{};          ///< Those that take the worker.
  std::vector<Seat> seats{};
};

struct TaskRecord : Record {
  WorkspaceRecord* workspace{};
  TaskSid sid{};
  TaskStatus status{TaskStatus::pending};
  Text attributes{};
  std::int64_t priority{};
  Text reason{};
  WorkflowRecord* workflow{};     ///< None if it was sent straight to a queue or a worker.
  TaskQueueRecord* task_queue{};  ///< None if it was sent to a worker, or no filter took it.
  WorkerRecord* target_worker{};  ///< Whom it was sent to, if it was.
  TaskChannelRecord* task_channel{};
  std::int64_t timeout{};
  Timestamp virtual_start_time{};
  Text routing_target{};
  bool ignore_capacity{};
  Instant queue_entered{};
  std::optional<Instant> ended{};  ///< When it was completed or canceled.
  int pending{};                   ///< How many of the reservations are pending.
  int rounds{};                    ///< How often it went from pending to reserved.
  std::optional<TimerId> timer{};  ///< Ends its time in this status.

  std::shared_ptr<const Routing> routing{};  ///< What it goes by. None if a queue or worker was given.
  std::size_t filter{};                      ///< Its step: a filter of `routing`, and a target of that.
  std::size_t target{};
  std::int64_t target_seconds{};          ///< The timeouts of the targets so far, one after the other.
  std::optional<TimerId> target_timer{};  ///< Ends its time at this target.
  Line* line{};                           ///< Where it waits, while it is pending.
  std::set<Waiting>::iterator place{};    ///< Where in `line`, if it waits.
  std::vector<ReservationRecord*> reservations{};
};

}  // namespace taskrouter::emulator

// What happened, kept as short as it can be: a task makes half a dozen events. The texts that a client
// sees are made when it asks. https://www.twilio.com/docs/taskrouter/api/event/reference

namespace taskrouter::emulator {

/// How long TaskRouter keeps events.
inline constexpr std::chrono::hours event_limit{24 * 30};
/// How many a workspace keeps at most; beyond that the oldest are dropped.
inline constexpr std::size_t event_count_limit = 1'000'000;

/// The types of events, in the order of their names in event_type_names.
enum class EventType : unsigned char {
  activity_created,
  activity_updated,
  activity_deleted,
  reservation_created,
  reservation_accepted,
  reservation_rejected,
  reservation_timeout,
  reservation_canceled,
  reservation_rescinded,
  reservation_completed,
  reservation_wrapup,
  task_created,
  task_updated,
  task_canceled,
  task_wrapup,
  task_completed,
  task_deleted,
  task_system_deleted,
  task_channel_created,
  task_channel_updated,
  task_channel_deleted,
  task_queue_created,
  task_queue_deleted,
  task_queue_entered,
  task_queue_timeout,
  task_queue_moved,
  task_queue_expression_updated,
  worker_created,
  worker_activity_update,
  worker_attributes_update,
  worker_deleted,
  worker_capacity_update,
  worker_channel_availability_update,
  workflow_created,
  workflow_updated,
  workflow_deleted,
  workflow_target_matched,
  workflow_entered,
  workflow_timeout,
  workflow_skipped,
  workspace_created,
  workspace_updated,
  workspace_deleted,
};

inline constexpr auto event_type_names = std::to_array<std::string_view>({
    "activity.created",
    "activity.updated",
    "activity.deleted",
    "reservation.created",
    "reservation.accepted",
    "reservation.rejected",
    "reservation.timeout",
    "reservation.canceled",
    "reservation.rescinded",
    "reservation.completed",
    "reservation.wrapup",
    "task.created",
    "task.updated",
    "task.canceled",
    "task.wrapup",
    "task.completed",
    "task.deleted",
    "task.system-deleted",
    "task-channel.created",
    "task-channel.updated",
    "task-channel.deleted",
    "task-queue.created",
    "task-queue.deleted",
    "task-queue.entered",
    "task-queue.timeout",
    "task-queue.moved",
    "task-queue.expression.updated",
    "worker.created",
    "worker.activity.update",
    "worker.attributes.update",
    "worker.deleted",
    "worker.capacity.update",
    "worker.channel.availability.update",
    "workflow.created",
    "workflow.updated",
    "workflow.deleted",
    "workflow.target-matched",
    "workflow.entered",
    "workflow.timeout",
    "workflow.skipped",
    "workspace.created",
    "workspace.updated",
    "workspace.deleted",
});

inline constexpr std::string_view name_of(EventType type) { return event_type_names[static_cast<std::size_t>(type)]; }

/// Whether events of a type are of a workspace's filter, such as `task.created, worker.deleted`. An
/// empty filter takes all.
inline bool passes_filter(std::string_view filter, std::string_view type) {
  if (filter.empty()) return true;
  while (!filter.empty()) {
    const std::size_t comma = std::min(filter.find(','), filter.size());
    std::string_view one = filter.substr(0, comma);
    filter.remove_prefix(std::min(comma + 1, filter.size()));
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    one = one.substr(0, one.find_last_not_of(' ') + 1);
    if (one == type) return true;
  }
  return false;
}

/// An event. Which of its parts are set depends on its type. Records that it points at may have been
/// removed since; they are buried for as long.
struct EventRecord {
  Instant time{};
  std::uint64_t sequence{};
  EventType type{};
  unsigned char task_status{};
  bool available{};  ///< Of an activity, or of a worker's channel.
  std::int32_t priority{};
  std::int32_t task_version{};
  std::int32_t reservation_version{};
  std::int32_t worker_version{};
  SidDigits task{};
  SidDigits reservation{};
  Instant task_created{};
  Instant queue_entered{};
  const TaskQueueRecord* queue{};
  const WorkflowRecord* workflow{};
  const TaskChannelRecord* channel{};
  const WorkerRecord* worker{};
  const ActivityRecord* activity{};
  const ActivityRecord* previous_activity{};
  std::int64_t number{};           ///< Milliseconds in the previous activity, or a channel's capacity.
  std::int64_t previous_number{};  ///< The capacity before.
  Text task_attributes{};
  Text worker_attributes{};
  Text reason{};
};

/// A workspace's events, oldest first.
class Journal {
 public:
  EventRecord& add(EventType type, Instant now) {
    while (!events_.empty() && (events_.size() >= event_count_limit || events_.front().time + event_limit < now)) {
      events_.pop_front();
    }
    EventRecord& event = events_.add();
    event.time = now;
    event.type = type;
    event.sequence = ++last_;
    return event;
  }

  const BlockQueue<EventRecord>& events() const { return events_; }

  /// The event of that sequence, or null.
  const EventRecord* find(std::uint64_t sequence) const {
    if (events_.empty() || sequence < events_.front().sequence || sequence > last_) return nullptr;
    return &events_[static_cast<std::size_t>(sequence - events_.front().sequence)];
  }

  /// The index of the first event that is not before `time`.
  std::size_t from(Instant time) const {
    std::size_t first = 0;
    for (std::size_t count = events_.size(); count > 0;) {
      const std::size_t half = count / 2;
      const bool is_before = events_[first + half].time < time;
      first += is_before ? half + 1 : 0;
      count = is_before ? count - half - 1 : half;
    }
    return first;
  }

 private:
  BlockQueue<EventRecord> events_{};
  std::uint64_t last_{};
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/table.hpp

// taskrouter/emulator/borrowed.hpp

namespace taskrouter::emulator {

template <class Signature>
class Borrowed;

/// A function that is called while it stands at its owner's: neither copied nor kept. What takes one
/// is compiled once, whatever functions it is given.
template <class Result, class... Arguments>
class Borrowed<Result(Arguments...)> {
 public:
  template <class Function>
  Borrowed(const Function& function)
      : function_{&function}, call_{[](const void* at, Arguments... arguments) -> Result {
          return (*static_cast<const Function*>(at))(arguments...);
        }} {}

  Result operator()(Arguments... arguments) const { return call_(function_, arguments...); }

 private:
  const void* function_;
  Result (*call_)(const void*, Arguments...);
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/sid_index.hpp

namespace taskrouter::emulator {

/// Finds records by the digits of their SIDs: a hash table with open addressing, so that finding one is a
/// look at one place in memory. The same code for records of all types.
class SidIndex {
 public:
  std::size_t size() const { return size_; }

  /// @pre no record has those digits
  void add(const SidDigits& digits, void* record) {
    if (3 * (size_ + 1) > 2 * slots_.size()) grow();
    std::size_t at = home(digits);
    while (slots_[at].record != nullptr) at = after(at);
    slots_[at] = {digits, record};
    ++size_;
  }

  /// The record with those digits, or null.
  void* find(const SidDigits& digits) const { return slots_.empty() ? nullptr : slots_[place_of(digits)].record; }

  /// @pre a record has those digits
  void remove(const SidDigits& digits) {
    std::size_t gap = place_of(digits);
    slots_[gap].record = nullptr;
    --size_;
    // Whoever came after it, and would be looked for from the gap or before it, moves up into the gap.
    for (std::size_t at = after(gap); slots_[at].record != nullptr; at = after(at)) {
      if (distance(home(slots_[at].digits), at) < distance(gap, at)) continue;
      slots_[gap] = slots_[at];
      slots_[gap = at].record = nullptr;
    }
  }

 private:
  struct Slot {
    SidDigits digits;
    void* record{};  // Null where the slot is free.
  };

  /// Where digits are looked for first. They are random, but for a source that is not: so that they are mixed.
  std::size_t home(const SidDigits& digits) const {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    const std::uint64_t mixed = (digits.low ^ digits.high * odd) * odd;
    return static_cast<std::size_t>(mixed >> 32) & (slots_.size() - 1);
  }
  std::size_t after(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  std::size_t distance(std::size_t from, std::size_t to) const { return (to - from) & (slots_.size() - 1); }

  /// Where digits are, or the free slot where the search for them ends.
  std::size_t place_of(const SidDigits& digits) const {
    std::size_t at = home(digits);
    while (slots_[at].record != nullptr && !(slots_[at].digits == digits)) at = after(at);
    return at;
  }

  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 8 : 2 * slots_.size()));
    size_ = 0;
    for (const Slot& slot : old) {
      if (slot.record != nullptr) add(slot.digits, slot.record);
    }
  }

  std::vector<Slot> slots_{};  // Their number is a power of two, or none.
  std::size_t size_{};
};

}  // namespace taskrouter::emulator

namespace taskrouter::emulator {

/// How long a removed record can still be pointed at: as long as events are kept, and tasks can last.
inline constexpr std::chrono::hours buried_limit{24 * (30 + 14 + 2)};

/// Where records lie, in the order of their creation. The same code for records of all types.
///
/// Adding takes constant time, finding by place takes the logarithm of the number of records, and so does
/// removing on average.
class Places {
 public:
  std::size_t size() const { return size_; }

  /// Adds a record at the end, and answers its place.
  std::uint64_t add(void* record) {
    in_order_.push_back({++last_, record});
    ++size_;
    return last_;
  }

  /// Whether there is a record at a place.
  bool has(std::uint64_t place) const {
    const std::size_t i = from(place);
    return i < in_order_.size() && in_order_[i].place == place && in_order_[i].record != nullptr;
  }

  void remove(std::uint64_t place) {
    in_order_[from(place)].record = nullptr;
    if (in_order_.size() < 2 * --size_ + 32) return;
    in_order_.erase(std::remove_if(in_order_.begin(), in_order_.end(), [](const Entry& e) { return !e.record; }),
                    in_order_.end());
  }

  /// All records, oldest first; null where one was removed.
  std::size_t entries() const { return in_order_.size(); }
  void* record(std::size_t entry) const { return in_order_[entry].record; }

  /// Calls `visit(place, record)` for the records after a place, oldest first, until it answers false.
  void walk_up(std::uint64_t after, Borrowed<bool(std::uint64_t, void*)> visit) const {
    for (std::size_t i = from(after + 1); i < in_order_.size(); ++i) {
      if (in_order_[i].record != nullptr && !visit(in_order_[i].place, in_order_[i].record)) return;
    }
  }
  /// The same for the records before a place, newest first.
  void walk_down(std::uint64_t before, Borrowed<bool(std::uint64_t, void*)> visit) const {
    for (std::size_t i = from(before); i-- > 0;) {
      if (in_order_[i].record != nullptr && !visit(in_order_[i].place, in_order_[i].record)) return;
    }
  }

 private:
  struct Entry {
    std::uint64_t place;
    void* record;  // Null where it was removed, until such entries are the most.
  };

  /// The index of the first entry that is not before a place.
  std::size_t from(std::uint64_t place) const {
    const auto is_before = [](const Entry& entry, std::uint64_t other) { return entry.place < other; };
    return static_cast<std::size_t>(std::lower_bound(in_order_.begin(), in_order_.end(), place, is_before) -
                                    in_order_.begin());
  }

  std::vector<Entry> in_order_{};
  std::size_t size_{};
  std::uint64_t last_{};
};

/// Records of one type in the order of their creation, found by SID. A record stays where it is until it
/// is removed, so that others can point at it.
template <class Record>
class Table {
 public:
  Table() = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  ~Table() {
    for_each([](Record& record) { delete &record; });
  }

  /// A new record whose SID has those digits, the last of all.
  /// @pre no record has them
  Record& add(const SidDigits& digits) {
    auto record = std::make_unique<Record>();
    record->sequence = places_.add(record.get());
    record->digits = digits;
    record->sid = digits.as<decltype(Record::sid)>();
    by_sid_.add(digits, record.get());
    return *record.release();
  }

  /// The record of that SID, or null.
  Record* find(std::string_view sid) { return const_cast<Record*>(std::as_const(*this).find(sid)); }
  const Record* find(std::string_view sid) const {
    const auto* found = static_cast<const Record*>(by_sid_.find(SidDigits{sid}));
    return found != nullptr && found->sid.text() == sid ? found : nullptr;
  }
  /// Whether a record has those digits.
  bool has(const SidDigits& digits) const { return by_sid_.find(digits) != nullptr; }

  /// Whether a record is still in the table: it may have been buried.
  bool has(const Record* record) const { return record != nullptr && places_.has(record->sequence); }

  void remove(Record& record) {
    take_out(record);
    delete &record;
  }

  /// Takes a record out of the table, and leaves it where it is for those who still point at it.
  void bury(Record& record, Instant now) {
    const auto kept = std::find_if(buried_.begin(), buried_.end(),
                                   [now](const auto& one) { return one.first + buried_limit >= now; });
    buried_.erase(buried_.begin(), kept);
    take_out(record);
    buried_.emplace_back(now, &record);
  }

  std::size_t size() const { return places_.size(); }
  const Places& places() const { return places_; }

  /// Calls `visit(record)` for every record, oldest first.
  template <class Visit>
  void for_each(Visit visit) {
    for (std::size_t i = 0; i < places_.entries(); ++i) {
      if (void* record = places_.record(i)) visit(*static_cast<Record*>(record));
    }
  }
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < places_.entries(); ++i) {
      if (const void* record = places_.record(i)) visit(*static_cast<const Record*>(record));
    }
  }

  /// The first record that `matches`, or null.
  template <class Matches>
  const Record* find_if(Matches matches) const {
    for (std::size_t i = 0; i < places_.entries(); ++i) {
      const auto* record = static_cast<const Record*>(places_.record(i));
      if (record != nullptr && matches(*record)) return record;
    }
    return nullptr;
  }

 private:
  void take_out(const Record& record) {
    by_sid_.remove(record.digits);
    places_.remove(record.sequence);
  }

  Places places_{};
  SidIndex by_sid_{};
  std::vector<std::pair<Instant, std::unique_ptr<Record>>> buried_{};
};

}  // namespace taskrouter::emulator

namespace taskrouter::emulator {

struct WorkspaceRecord : Record {
  WorkspaceSid sid{};
  std::string friendly_name{};
  std::string event_callback_url{};
  std::string events_filter{};
  bool multi_task_enabled{true};
  QueueOrder prioritize_queue_order{QueueOrder::FIFO};
  ActivityRecord* default_activity{};
  ActivityRecord* timeout_activity{};

  Table<ActivityRecord> activities{};
  Table<TaskChannelRecord> task_channels{};
  Table<TaskQueueRecord> task_queues{};
  Table<WorkflowRecord> workflows{};
  Table<WorkerRecord> workers{};
  Table<TaskRecord> tasks{};
  Table<ReservationRecord> reservations{};
  Journal journal{};

  bool queues_read_activity{};           ///< Whether some queue's expression asks for workers' activities.
  std::set<std::string> worker_names{};  ///< In lower case: no two workers may have one.
  std::map<LineKey, Line> lines{};       ///< Who waits, and who is free: see lines.hpp.
  std::vector<Line*> ready{};            ///< The lines that have both a task and a worker.
};

/// Everything the emulator holds.
struct Store {
  AccountSid account_sid{};
  Table<WorkspaceRecord> workspaces{};
  Timers<Timer> timers{};
  std::uint64_t reservations_made{};
};

}  // namespace taskrouter::emulator

// The assignment callback: what is posted to the workflow's callback URL when a worker is reserved,
// and what the answer instructs. https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks

namespace taskrouter::emulator {

/// An assignment callback that waits to be delivered.
struct AssignmentCallback {
  ReservationSid reservation_sid{};
  Request request{};
  std::optional<Request> fallback{};  ///< What to send if that fails: the same to the fallback URL, if there is one.
};

/// An event callback that waits to be delivered.
struct EventCallback {
  EventSid event_sid{};
  Request request{};
};

/// The form of a callback, parameter by parameter.
class CallbackForm {
 public:
  CallbackForm() = default;
  CallbackForm(const CallbackForm&) = delete;  // It points into itself.
  CallbackForm& operator=(const CallbackForm&) = delete;

  void add(std::string_view name, std::string_view value) {
    start(name, 3 * value.size());
    to_.encoded(value);
  }
  /// The same for what needs no escapes, such as SIDs and numbers.
  void plain(std::string_view name, std::string_view value) {
    start(name, value.size());
    to_.plain(value);
  }

  std::string text() && {
    text_.resize(size());
    return std::move(text_);
  }

 private:
  /// More than most forms are long.
  static constexpr std::size_t room = 1024;

  std::size_t size() const { return static_cast<std::size_t>(to_.end - text_.data()); }

  /// Writes a name, and makes room for a value of `most` bytes.
  void start(std::string_view name, std::size_t most) {
    const std::size_t used = size();
    if (text_.size() - used < name.size() + most + 2) {
      text_.resize(used + name.size() + most + 2 + room);
      to_.end = text_.data() + used;
    }
    if (used > 0) to_.plain("&");
    to_.plain(name);
    to_.plain("=");
  }

  std::string text_ = std::string(room, '\0');
  detail::EncodedText to_{text_.data()};
};

/// The request that posts a form.
inline Request form_request(std::string_view url, std::string form, const Headers& headers) {
  return {.method = Method::post,
          .url = std::string{url.substr(0, url.find('#'))},  // A fragment sets how Twilio connects; it is not sent.
          .headers = headers,
          .body = std::move(form)};
}

/// Seconds that a reservation of a task stays pending.
inline std::int64_t reservation_timeout(const TaskRecord& task) {
  return task.workflow == nullptr ? 120 : task.workflow->task_reservation_timeout;
}

/// The callback about a reservation that was just made, for a workflow that has a callback URL.
inline AssignmentCallback assignment_callback(const ReservationRecord& reservation, AccountSid account, Instant now,
                                              const Headers& headers) {
  const TaskRecord& task = *reservation.task;
  CallbackForm form;
  // Twilio does not document the form of Timestamp; its event callbacks have seconds since 1970.
  form.plain("Timestamp", std::to_string(whole_seconds(now)));
  form.plain("AccountSid", account.text());
  form.plain("WorkspaceSid", task.workspace->sid.text());
  form.plain("WorkflowSid", task.workflow->sid.text());
  form.plain("TaskQueueSid", task.task_queue->sid.text());
  form.plain("WorkerSid", reservation.worker->sid.text());
  form.add("WorkerAttributes", *reservation.worker->attributes);
  form.plain("TaskSid", task.sid.text());
  form.add("TaskAttributes", *task.attributes);
  form.plain("TaskAge", std::to_string(seconds_between(task.created, now)));
  form.plain("TaskPriority", std::to_string(task.priority));
  form.plain("ReservationSid", reservation.sid.text());
  std::string text = std::move(form).text();
  std::optional<Request> fallback;
  const std::string& fallback_url = task.workflow->fallback_assignment_callback_url;
  if (!fallback_url.empty()) fallback = form_request(fallback_url, text, headers);
  return {.reservation_sid = reservation.sid,
          .request = form_request(task.workflow->assignment_callback_url, std::move(text), headers),
          .fallback = std::move(fallback)};
}

/// What the answer to an assignment callback asks for. An answer without one has no instruction.
struct Instruction {
  std::string instruction{};
  ActivitySid activity_sid{};            ///< reject: where the worker goes.
  bool accept{};                         ///< call and redirect: whether they accept the reservation.
  std::string from{};                    ///< call.
  std::string url{};                     ///< call and redirect.
  CallSid call_sid{};                    ///< redirect.
  ActivitySid post_work_activity_sid{};  ///< dequeue and conference: where the worker goes after the call.

  TASKROUTER_FIELDS(instruction, activity_sid, accept, from, url, call_sid, post_work_activity_sid)
};

/// The instruction in an answer, or the Error that Twilio's debugger would show. An answer with an
/// empty body instructs nothing: the reservation is answered later, by request.
inline Result<Instruction> read_instruction(const Response& answer) {
  // A transport that has no answer yet leaves the status 0.
  if (answer.status != 0 && (answer.status < 200 || answer.status > 299)) {
    return refusal(answer.status, 11200, "the answer to the assignment callback is not a success");
  }
  if (answer.body.find_first_not_of(" \t\r\n") == std::string::npos) return Instruction{};
  const std::string* type = answer.headers.find("Content-Type");
  if (type != nullptr && !same_header_name(type->substr(0, type->find_first_of("; ")), "application/json")) {
    return refusal(400, 40000, "the answer to the assignment callback is not application/json");
  }
  auto instruction = read_json<Instruction>(answer.body);
  if (!instruction) return refusal(400, 40001, "the answer to the assignment callback is not a JSON object");
  if (instruction->instruction.empty()) {
    return refusal(400, 40005, "the answer to the assignment callback has no instruction");
  }
  return instruction;
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/dump.hpp

// taskrouter/emulator/answers_routing.hpp

// taskrouter/emulator/answers.hpp

// taskrouter/emulator/answer_writer.hpp

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

// From a record to what a client sees of it: each write() appends a resource as JSON.

namespace taskrouter::emulator {

/// The enumerator's name on the wire.
template <class Enum>
std::string_view name_of(Enum value) {
  return detail::names_of<Enum>[static_cast<std::size_t>(value)];
}

/// The SID of a record, or an empty text where there is none.
template <class Record>
std::string_view sid_of(const Record* record) {
  return record == nullptr ? std::string_view{} : record->sid.text();
}

/// Writes the friendly name of a record, or null where there is none.
template <class Record>
void write_name(AnswerWriter& to, std::string_view key, const Record* record) {
  record == nullptr ? to.json(key, "null") : to.text(key, record->friendly_name);
}

inline void write(std::string& out, const WorkspaceRecord& record, const Viewpoint& view) {
  AnswerWriter to{out, view, record.sid};
  to.account().time("date_created", record.created).time("date_updated", record.updated);
  to.text("default_activity_name", record.default_activity->friendly_name);
  to.plain("default_activity_sid", record.default_activity->sid.text());
  to.text_or_null("event_callback_url", record.event_callback_url);
  to.text_or_null("events_filter", record.events_filter);
  to.text("friendly_name", record.friendly_name).boolean("multi_task_enabled", record.multi_task_enabled);
  to.plain("sid", record.sid.text());
  to.text("timeout_activity_name", record.timeout_activity->friendly_name);
  to.plain("timeout_activity_sid", record.timeout_activity->sid.text());
  to.plain("prioritize_queue_order", name_of(record.prioritize_queue_order)).url("url").begin("links");
  to.url("activities", {"/Activities"}).url("statistics", {"/Statistics"});
  to.url("real_time_statistics", {"/RealTimeStatistics"}).url("cumulative_statistics", {"/CumulativeStatistics"});
  to.url("task_queues", {"/TaskQueues"}).url("tasks", {"/Tasks"}).url("workers", {"/Workers"});
  to.url("workflows", {"/Workflows"}).url("task_channels", {"/TaskChannels"}).url("events", {"/Events"}).end().end();
}

inline void write(std::string& out, const ActivityRecord& record, const WorkspaceSid& workspace,
                  const Viewpoint& view) {
  AnswerWriter to{out, view, workspace};
  to.account().boolean("available", record.available);
  to.time("date_created", record.created).time("date_updated", record.updated);
  to.text("friendly_name", record.friendly_name).plain("sid", record.sid.text());
  to.plain("workspace_sid", workspace.text()).url("url", {"/Activities/", record.sid.text()});
  to.begin("links").url("workspace").end().end();
}

inline void write(std::string& out, const WorkerRecord& record, const Viewpoint& view) {
  const std::string_view sid = record.sid.text();
  AnswerWriter to{out, view, record.workspace->sid};
  to.account().text("activity_name", record.activity->friendly_name);
  to.plain("activity_sid", record.activity->sid.text()).text("attributes", *record.attributes);
  to.boolean("available", record.activity->available).time("date_created", record.created);
  to.time("date_status_changed", record.status_changed).time("date_updated", record.updated);
  to.text("friendly_name", record.friendly_name).plain("sid", sid).url("url", {"/Workers/", sid});
  to.plain("workspace_sid", record.workspace->sid.text());
  to.begin("links").url("channels", {"/Workers/", sid, "/Channels"});
  to.url("activity", {"/Activities/", record.activity->sid.text()}).url("workspace");
  to.url("statistics", {"/Workers/Statistics"}).url("real_time_statistics", {"/Workers/RealTimeStatistics"});
  to.url("cumulative_statistics", {"/Workers/CumulativeStatistics"});
  to.url("worker_statistics", {"/Workers/", sid, "/Statistics"})
      .url("worker_channels", {"/Workers/", sid, "/Channels"});
  to.url("reservations", {"/Workers/", sid, "/Reservations"}).end().end();
}

/// What a task that was sent straight to a worker or a queue has no workflow or queue for is null.
inline void write(std::string& out, const TaskRecord& record, const Viewpoint& view) {
  const std::string_view sid = record.sid.text();
  const TaskQueueRecord* queue = record.task_queue;
  const WorkflowRecord* workflow = record.workflow;
  AnswerWriter to{out, view, record.workspace->sid};
  to.account().integer("age", seconds_between(record.created, record.ended.value_or(view.now)));
  to.plain("assignment_status", name_of(record.status)).text("attributes", *record.attributes);
  to.time("date_created", record.created).time("date_updated", record.updated);
  queue == nullptr ? to.json("task_queue_entered_date", "null")
                   : to.time("task_queue_entered_date", record.queue_entered);
  to.time("virtual_start_time", record.virtual_start_time).integer("priority", record.priority);
  to.text_or_null("reason", record.reason).plain("sid", sid).sid("task_queue_sid", sid_of(queue));
  to.plain("task_channel_sid", record.task_channel->sid.text());
  to.text("task_channel_unique_name", record.task_channel->unique_name).integer("timeout", record.timeout);
  to.url("url", {"/Tasks/", sid}).plain("workspace_sid", record.workspace->sid.text());
  to.sid("workflow_sid", sid_of(workflow));
  write_name(to, "workflow_friendly_name", workflow);
  write_name(to, "task_queue_friendly_name", queue);
  to.boolean("ignore_capacity", record.ignore_capacity).text_or_null("routing_target", record.routing_target);
  to.plain("addons", "{}").begin("links");
  if (queue != nullptr) to.url("task_queue", {"/TaskQueues/", queue->sid.text()});
  if (workflow != nullptr) to.url("workflow", {"/Workflows/", workflow->sid.text()});
  to.url("workspace").url("reservations", {"/Tasks/", sid, "/Reservations"}).end().end();
}

/// Under whose URL a reservation is shown: its task's or its worker's.
enum class ReservationOwner { task, worker };

inline void write(std::string& out, const ReservationRecord& record, ReservationOwner owner, const Viewpoint& view) {
  const TaskRecord& task = *record.task;
  const bool is_of_task = owner == ReservationOwner::task;
  const std::string_view task_sid = task.sid.text(), worker_sid = record.worker->sid.text();
  AnswerWriter to{out, view, task.workspace->sid};
  to.account().time("date_created", record.created).time("date_updated", record.updated);
  to.begin("links").url("task", {"/Tasks/", task_sid}).url("worker", {"/Workers/", worker_sid}).url("workspace").end();
  to.plain("reservation_status", name_of(record.status)).plain("sid", record.sid.text()).plain("task_sid", task_sid);
  to.url("url", {is_of_task ? "/Tasks/" : "/Workers/", is_of_task ? task_sid : worker_sid, "/Reservations/",
                 record.sid.text()});
  to.text("worker_name", record.worker->friendly_name).plain("worker_sid", worker_sid);
  to.plain("workspace_sid", task.workspace->sid.text()).end();
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/event_text.hpp

// What an event says, by names such as `worker_sid`. In a callback they are spelled `WorkerSid`.

namespace taskrouter::emulator {

using EventTexts = std::vector<std::pair<std::string_view, std::string>>;

inline void add_task_texts(EventTexts& texts, const EventRecord& event) {
  if (event.task.empty()) return;
  const auto status = static_cast<TaskStatus>(event.task_status);
  texts.emplace_back("task_sid", event.task.as<TaskSid>().text());
  texts.emplace_back("task_attributes", *event.task_attributes);
  texts.emplace_back("task_age", std::to_string(seconds_between(event.task_created, event.time)));
  texts.emplace_back("task_priority", std::to_string(event.priority));
  texts.emplace_back("task_assignment_status", OpenEnum{status}.text());
  if (event.reason && status == TaskStatus::canceled) texts.emplace_back("task_canceled_reason", *event.reason);
  if (event.reason && status == TaskStatus::completed) texts.emplace_back("task_completed_reason", *event.reason);
  texts.emplace_back("task_date_created", std::to_string(whole_seconds(event.task_created)));
  texts.emplace_back("task_version", std::to_string(event.task_version));
  if (event.queue != nullptr) {
    texts.emplace_back("task_queue_sid", event.queue->sid.text());
    texts.emplace_back("task_queue_name", event.queue->friendly_name);
    texts.emplace_back("task_queue_target_expression", event.queue->target_workers);
    texts.emplace_back("task_queue_entered_date", std::to_string(whole_seconds(event.queue_entered)));
  }
  if (event.channel != nullptr) {
    texts.emplace_back("task_channel_sid", event.channel->sid.text());
    texts.emplace_back("task_channel_unique_name", event.channel->unique_name);
  }
}

inline void add_worker_texts(EventTexts& texts, const EventRecord& event) {
  if (event.worker == nullptr) return;
  texts.emplace_back("worker_sid", event.worker->sid.text());
  texts.emplace_back("worker_name", event.worker->friendly_name);
  texts.emplace_back("worker_attributes", *event.worker_attributes);
  texts.emplace_back("worker_activity_sid", event.activity->sid.text());
  texts.emplace_back("worker_activity_name", event.activity->friendly_name);
  texts.emplace_back("worker_version", std::to_string(event.worker_version));
  if (event.type == EventType::worker_activity_update) {
    texts.emplace_back("worker_time_in_previous_activity", std::to_string(event.number / 1000));
    texts.emplace_back("worker_time_in_previous_activity_ms", std::to_string(event.number));
    texts.emplace_back("worker_previous_activity_sid", event.previous_activity->sid.text());
    texts.emplace_back("worker_previous_activity_name", event.previous_activity->friendly_name);
  }
  if (event.type == EventType::worker_capacity_update || event.type == EventType::worker_channel_availability_update) {
    texts.emplace_back("worker_channel_available", event.available ? "true" : "false");
    texts.emplace_back("worker_channel_available_capacity", std::to_string(event.number));
    texts.emplace_back("worker_channel_previous_capacity", std::to_string(event.previous_number));
    texts.emplace_back("worker_channel_task_count", std::to_string(event.task_version));
    texts.emplace_back("task_channel_sid", event.channel->sid.text());
    texts.emplace_back("task_channel_unique_name", event.channel->unique_name);
  }
}

/// The parts of a type's own resource, if it is neither a task nor a worker.
inline void add_resource_texts(EventTexts& texts, const EventRecord& event) {
  const std::string_view type = name_of(event.type);
  if (type.starts_with("activity.")) {
    texts.emplace_back("activity_sid", event.activity->sid.text());
    texts.emplace_back("activity_name", event.activity->friendly_name);
    texts.emplace_back("activity_available", event.available ? "true" : "false");
  } else if (type.starts_with("task-channel.")) {
    texts.emplace_back("task_channel_sid", event.channel->sid.text());
    texts.emplace_back("task_channel_name", event.channel->friendly_name);
    texts.emplace_back("task_channel_unique_name", event.channel->unique_name);
    texts.emplace_back("task_channel_optimized_routing", event.channel->channel_optimized_routing ? "true" : "false");
  } else if (event.queue != nullptr && event.task.empty()) {
    texts.emplace_back("task_queue_sid", event.queue->sid.text());
    texts.emplace_back("task_queue_name", event.queue->friendly_name);
    texts.emplace_back("task_queue_target_expression", event.queue->target_workers);
  }
}

/// All that an event says about its resources.
inline EventTexts event_texts(const WorkspaceRecord& workspace, const EventRecord& event) {
  EventTexts texts;
  add_task_texts(texts, event);
  if (!event.reservation.empty()) {
    texts.emplace_back("reservation_sid", event.reservation.as<ReservationSid>().text());
    texts.emplace_back("reservation_version", std::to_string(event.reservation_version));
  }
  add_worker_texts(texts, event);
  add_resource_texts(texts, event);
  if (event.workflow != nullptr) {
    texts.emplace_back("workflow_sid", event.workflow->sid.text());
    texts.emplace_back("workflow_name", event.workflow->friendly_name);
  }
  texts.emplace_back("workspace_sid", workspace.sid.text());
  texts.emplace_back("workspace_name", workspace.friendly_name);
  return texts;
}

/// What an event happened to: its type, its SID, and the folder of its URL below the workspace.
struct EventResource {
  std::string_view type;
  std::string sid;
  std::string_view folder;
};

/// Twilio does not say which resource an event such as workflow.entered has: here it is the task.
inline EventResource event_resource(const WorkspaceRecord& workspace, const EventRecord& event) {
  if (!event.reservation.empty())
    return {"reservation", std::string{event.reservation.as<ReservationSid>().text()}, "Reservations"};
  if (!event.task.empty()) return {"task", std::string{event.task.as<TaskSid>().text()}, "Tasks"};
  const std::string_view type = name_of(event.type);
  if (type.starts_with("worker.")) return {"worker", std::string{event.worker->sid.text()}, "Workers"};
  if (type.starts_with("activity.")) return {"activity", std::string{event.activity->sid.text()}, "Activities"};
  if (type.starts_with("task-channel."))
    return {"task-channel", std::string{event.channel->sid.text()}, "TaskChannels"};
  if (type.starts_with("task-queue.")) return {"task-queue", std::string{event.queue->sid.text()}, "TaskQueues"};
  if (type.starts_with("workflow.")) return {"workflow", std::string{event.workflow->sid.text()}, "Workflows"};
  return {"workspace", std::string{workspace.sid.text()}, ""};
}

/// One line for a person.
inline std::string event_description(const WorkspaceRecord& workspace, const EventRecord& event) {
  if (event.type == EventType::worker_activity_update) {
    return "Worker " + event.worker->friendly_name + " updated to " + event.activity->friendly_name + " Activity";
  }
  const EventResource resource = event_resource(workspace, event);
  const std::string_view type = name_of(event.type);
  return std::string{resource.type} + ' ' + resource.sid + ": " + std::string{type};
}

/// An event's SID says where it stands in the journal, so that it is kept nowhere.
inline EventSid event_sid(const WorkspaceRecord& workspace, const EventRecord& event) {
  SidDigits digits{workspace.sid.text()};
  digits.low = event.sequence;
  return digits.as<EventSid>();
}

/// The event of that SID, or null.
inline const EventRecord* find_event(const WorkspaceRecord& workspace, EventSid sid) {
  const EventRecord* event = workspace.journal.find(SidDigits{sid.text()}.low);
  return event != nullptr && event_sid(workspace, *event) == sid ? event : nullptr;
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/lines.hpp

// taskrouter/emulator/routing.hpp

// taskrouter/workflow/order_by.hpp

#include <nlohmann/json.hpp>

// taskrouter/workflow/lexer.hpp

#include <nlohmann/json.hpp>

// taskrouter/json.hpp

#include <nlohmann/json.hpp>

// taskrouter/decimal.hpp

// From a decimal number to the nearest double, for standard libraries without std::from_chars() of double. strtod()
// goes by the program's locale, and in WebAssembly it is 14 KB that calculate in 128 bits.

namespace taskrouter::detail {

/// A natural number of any size.
class Natural {
 public:
  bool is_zero() const { return words_.empty(); }

  /// Becomes itself times `factor`, and `more`.
  void multiply(std::uint32_t factor, std::uint32_t more = 0) {
    std::uint64_t carry = more;
    for (std::uint32_t& word : words_) {
      carry += std::uint64_t{word} * factor;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_.push_back(static_cast<std::uint32_t>(carry));
  }

  /// Becomes itself divided by `divisor`. Answers whether there is a remainder.
  bool divide(std::uint32_t divisor) {
    std::uint64_t rest = 0;
    for (std::size_t i = words_.size(); i-- > 0;) {
      rest = rest << 32 | words_[i];
      words_[i] = static_cast<std::uint32_t>(rest / divisor);
      rest %= divisor;
    }
    while (!words_.empty() && words_.back() == 0) words_.pop_back();
    return rest != 0;
  }

  /// Becomes itself times 2^(32 * count).
  void add_words(std::size_t count) { words_.insert(words_.begin(), count, 0); }

  /// The 64 highest bits, the first of them 1, and the power of two that they stand at. Those that are left out may
  /// set the last bit.
  /// @pre it is not zero
  std::uint64_t highest_bits(int& power) {
    const int zeros = std::countl_zero(words_.back());
    multiply(std::uint32_t{1} << zeros);
    const std::size_t size = words_.size(), rest = size < 2 ? 0 : size - 2;
    power = static_cast<int>(size) * 32 - 64 - zeros;
    std::uint64_t bits = std::uint64_t{words_.back()} << 32 | (size < 2 ? 0 : words_[rest]);
    for (std::size_t i = 0; i < rest; ++i) bits |= std::uint64_t{words_[i] != 0};
    return bits;
  }

 private:
  std::vector<std::uint32_t> words_{};  // The lowest first, the highest of them not zero.
};

/// The double nearest to `bits` * 2^`power`, the even one of two.
/// @pre the first bit is 1, and the last is if anything was left out
inline double nearest_double(std::uint64_t bits, int power) {
  constexpr int dropped = std::numeric_limits<std::uint64_t>::digits - std::numeric_limits<double>::digits;
  constexpr int lowest = std::numeric_limits<double>::min_exponent - std::numeric_limits<double>::digits - dropped;
  for (; power < lowest && bits > 1; ++power) bits = bits >> 1 | (bits & 1);
  const std::uint64_t rest = bits % (1U << dropped), half = 1U << (dropped - 1);
  bits >>= dropped;
  if (rest > half || (rest == half && bits % 2 != 0)) ++bits;
  return std::ldexp(static_cast<double>(bits), power + dropped);
}

/// A number as JSON spells it, without its sign.
struct Decimal {
  Natural digits{};           ///< As one whole number.
  int count = 0;              ///< How many they are, at most 800: no number halfway between two doubles has so many.
  bool more = false;          ///< Others followed, not all of them 0.
  std::int64_t exponent = 0;  ///< The power of ten that they are to be multiplied by.

  explicit Decimal(std::string_view text) {
    std::size_t at = 0;
    for (bool after_point = false; at < text.size() && (text[at] | 32) != 'e'; ++at) {
      if (text[at] == '.') {
        after_point = true;
        continue;
      }
      const auto digit = static_cast<std::uint32_t>(text[at] - '0');
      const bool keep = count < 800;
      if (keep) digits.multiply(10, digit);
      if (keep && !digits.is_zero()) ++count;
      more = more || (!keep && digit != 0);
      exponent += (keep ? 0 : 1) - (after_point ? 1 : 0);
    }
    std::int64_t written = 0;
    for (const char c : text.substr(at)) {
      if (c >= '0' && c <= '9' && written < 1'000'000'000'000) written = written * 10 + (c - '0');
    }
    exponent += text.substr(at).find('-') == std::string_view::npos ? written : -written;
  }
};

/// The double nearest to a number as JSON spells it, the even one of two.
/// @pre it does not exceed the largest double
inline double read_decimal(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  Decimal number{text.substr(is_negative ? 1 : 0)};
  std::int64_t exponent = number.exponent;
  double value = 0;
  if (!number.digits.is_zero() && exponent + number.count > -400) {  // Less is nearest to zero.
    constexpr std::uint32_t billion = 1'000'000'000;
    int power = 0;
    for (; exponent >= 9; exponent -= 9) number.digits.multiply(billion);
    for (; exponent > 0; --exponent) number.digits.multiply(10);
    // As many words more as the division takes, and two for what remains.
    const auto words = exponent < 0 ? static_cast<std::size_t>(3 - exponent / 9) : 0;
    number.digits.add_words(words);
    for (; exponent <= -9; exponent += 9) number.more |= number.digits.divide(billion);
    for (; exponent < 0; ++exponent) number.more |= number.digits.divide(10);
    const std::uint64_t bits = number.digits.highest_bits(power) | std::uint64_t{number.more};
    value = nearest_double(bits, power - static_cast<int>(words) * 32);
  }
  return is_negative ? -value : value;
}

}  // namespace taskrouter::detail

// The bridge to nlohmann::json, for the JSON whose shape Twilio leaves open.

namespace taskrouter {

namespace detail {

/// The number that a JSON number says: an integer where it is written as one and fits 64 bits.
/// @pre it fits a double
inline nlohmann::json to_number(std::string_view text) {
  const char *first = text.data(), *last = first + text.size();
  std::int64_t integer = 0;
  std::uint64_t natural = 0;
  if (text.find_first_of(".eE") == std::string_view::npos) {
    if (text.front() == '-' && std::from_chars(first, last, integer).ec == std::errc{}) return integer;
    if (text.front() != '-' && std::from_chars(first, last, natural).ec == std::errc{}) return natural;
  }
#if defined(__cpp_lib_to_chars)
  double real = 0;
  const std::from_chars_result read = std::from_chars(first, last, real);
  return read.ec == std::errc{} ? real : 0.0;  // Too small to tell from zero.
#else
  return read_decimal(text);
#endif
}

/// Reads a value of any shape. False, and the scanner says why, if the text is no JSON.
inline bool read_nlohmann(JsonScanner& in, nlohmann::json& value) {
  std::string scratch;
  std::string_view text;
  const char c = in.peek();
  value = nullptr;  // A name that stands there twice has the later value.
  if (c == '{' || c == '[') {
    const char end = c == '{' ? '}' : ']';
    value = c == '{' ? nlohmann::json::object() : nlohmann::json::array();
    if (!in.enter(c)) return false;
    if (!in.take(end)) {
      do {
        if (c == '{' && !in.read_key(text, scratch)) return false;
        nlohmann::json& item = c == '{' ? value[std::string{text}] : value.emplace_back();
        if (!read_nlohmann(in, item)) return false;
      } while (in.take(','));
      if (!in.take(end)) return in.fail("is not JSON: a comma or a closing bracket is missing");
    }
    in.leave();
    return true;
  }
  if (c == 'n') return in.take_null() || in.fail("is not JSON: a value is missing or misspelled");
  if (c == 't' || c == 'f') {
    bool yes = false;
    if (!in.read_boolean(yes)) return false;
    value = yes;
  } else if (c == '"') {
    if (!in.read_string(text, scratch)) return false;
    value = std::string{text};
  } else {
    if (!in.read_number(text)) return false;
    value = to_number(text);
  }
  return true;
}

}  // namespace detail

/// The value that JSON text says. It reads by the library's own scanner (UTF-8, at most 64 deep): nlohmann's
/// parser would be a tenth of the emulator in WebAssembly. The Error is of kind `body`.
inline Result<nlohmann::json> to_nlohmann(std::string_view text) {
  detail::JsonScanner in{text};
  nlohmann::json value;
  if (detail::read_nlohmann(in, value) && in.at_end()) return value;
  return Error{.kind = Error::Kind::body, .message = "the text is not JSON, or nested more than 64 deep"};
}
/// The same.
inline Result<nlohmann::json> to_nlohmann(const JsonText& json) { return to_nlohmann(json.text); }
/// The same.
inline Result<nlohmann::json> to_nlohmann(const JsonValue& json) { return to_nlohmann(json.text); }

/// The text of a value, for a field such as `attributes`. What is not UTF-8 in it is replaced.
inline JsonText to_json_text(const nlohmann::json& value) {
  return {value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

}  // namespace taskrouter

// The words of an expression. One pass, no byte looked at more than a few times.

namespace taskrouter {

/// Where an expression stops making sense, and why.
struct SyntaxError {
  std::size_t at{};       ///< In bytes from the start.
  std::string message{};  ///< `expected an operator such as ==, found '-'`.
};

namespace detail {

/// The text in quotes for a message, short, on one line and in UTF-8 whatever it is.
inline std::string quoted_for_message(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string out = "'";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (out.size() > most) return out + "...'";
    const bool plain = length > 1 || (length == 1 && static_cast<unsigned char>(text[at]) >= 0x20 && text[at] != 0x7F);
    out.append(plain ? text.substr(at, length) : std::string_view{"\xEF\xBF\xBD"});
    at += std::max(length, std::size_t{1});
  }
  return out + "'";
}

constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether a word is `lower`, in any case.
inline bool is_word(std::string_view word, std::string_view lower) {
  return word.size() == lower.size() &&
         std::equal(word.begin(), word.end(), lower.begin(), [](char a, char b) { return ascii_lower(a) == b; });
}

struct ExpressionToken {
  enum class Kind { end, open, close, open_list, close_list, comma, comparator, all, any, constant, key, fault };

  Kind kind{Kind::end};
  TextSpan span{};
  Comparator comparator{};
  nlohmann::json constant{};
};

/// Cuts an expression into tokens. After the first fault it stays there.
class ExpressionLexer {
 public:
  using Kind = ExpressionToken::Kind;

  explicit ExpressionLexer(std::string_view text) : text_{text} {}

  ExpressionToken next() {
    skip_space();
    ExpressionToken token{.kind = Kind::end, .span = {at_, at_}};
    if (fault_) {
      token.kind = Kind::fault;
    } else if (at_ < text_.size()) {
      token.kind = read(token);
    }
    token.span.end = at_;
    return token;
  }

  std::string_view text() const { return text_; }
  const std::optional<SyntaxError>& fault() const { return fault_; }
  std::size_t looks() const { return looks_; }  ///< How often a byte was looked at: what a test of linearity counts.

  /// Keeps the first fault only. Always returns Kind::fault.
  Kind fail(std::size_t at, std::string message) {
    if (!fault_) fault_ = SyntaxError{at, std::move(message)};
    return Kind::fault;
  }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool starts_name(char c) { return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '_' || c == '$'; }
  static bool in_name(char c) { return starts_name(c) || is_digit(c); }
  static bool in_number(char c) { return is_digit(c) || ascii_lower(c) == 'e' || c == '.' || c == '+' || c == '-'; }
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  /// The byte at a place, or NUL after the end.
  char look(std::size_t at) {
    ++looks_;
    return at < text_.size() ? text_[at] : '\0';
  }
  void skip_space() {
    while (is_space(look(at_))) ++at_;
  }
  std::string_view take_while(bool (*belongs)(char)) {
    const std::size_t begin = at_;
    while (belongs(look(at_))) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  Kind read(ExpressionToken& token) {
    const char c = look(at_);
    if (starts_name(c)) return read_word(token);
    if (is_digit(c) || c == '-') return read_number(token);
    if (c == '"' || c == '\'') return read_text(token);
    if (const auto [comparator, length] = comparator_here(); length > 0) {
      at_ += length;
      token.comparator = comparator;
      return Kind::comparator;
    }
    constexpr std::string_view marks = "()[],";
    constexpr Kind kinds[] = {Kind::open, Kind::close, Kind::open_list, Kind::close_list, Kind::comma};
    const std::size_t mark = marks.find(c);
    if (mark == std::string_view::npos) return fail(at_, stranger());
    ++at_;
    return kinds[mark];
  }

  std::pair<Comparator, std::size_t> comparator_here() {
    const bool before_equal = look(at_ + 1) == '=';
    switch (look(at_)) {
      case '=': return {Comparator::equal, before_equal ? 2 : 1};
      case '!': return {Comparator::not_equal, before_equal ? 2 : 0};
      case '>': return {before_equal ? Comparator::greater_or_equal : Comparator::greater, before_equal ? 2 : 1};
      case '<':
        if (look(at_ + 1) == '>') return {Comparator::not_equal, 0};
        return {before_equal ? Comparator::less_or_equal : Comparator::less, before_equal ? 2 : 1};
      default: return {Comparator::equal, 0};
    }
  }

  /// What to say about a character that begins no token.
  std::string stranger() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<>")) return "write != for 'not equal'";
    if (rest.starts_with("&")) return "write AND for &&";
    if (rest.starts_with("|")) return "write OR for ||";
    if (rest.starts_with("!")) return "write != or NOT IN: ! alone means nothing here";
    for (const std::string_view quote : {"\u2018", "\u2019", "\u201C", "\u201D"}) {
      if (rest.starts_with(quote)) return "write straight quotes, \" or ', not curly ones";
    }
    const std::size_t length = std::max(utf8_length(text_, at_), std::size_t{1});
    return quoted_for_message(text_.substr(at_, length)) + " means nothing here";
  }

  Kind read_word(ExpressionToken& token) {
    const std::string_view word = take_while(in_name);
    if (const Kind kind = keyword(word, token); kind != Kind::key) return kind;
    while (look(at_) == '.' || look(at_) == '[') {
      if (!(text_[at_] == '.' ? read_step() : read_index())) return Kind::fault;
    }
    if (look(at_) != '-') return Kind::key;
    return fail(at_, "names can't hold hyphens: TaskRouter does not support them in expressions");
  }

  bool read_step() {
    ++at_;
    if (starts_name(look(at_))) return take_while(in_name), true;
    return fail(at_, "expected a name after the dot"), false;
  }

  bool read_index() {
    constexpr std::size_t most_digits = 9;
    const std::size_t begin = at_++;
    const std::size_t digits = take_while(is_digit).size();
    if (digits > 0 && digits <= most_digits && look(at_) == ']') return ++at_, true;
    return fail(begin, "expected a position such as [0]"), false;
  }

  /// The kind of a word that is no name, or Kind::key.
  Kind keyword(std::string_view word, ExpressionToken& token) {
    const auto is = [&](std::string_view name) { return is_word(word, name); };
    const auto comparator = [&](Comparator value) { return token.comparator = value, Kind::comparator; };
    if (is("and")) return Kind::all;
    if (is("or")) return Kind::any;
    if (is("contains")) return comparator(Comparator::contains);
    if (is("has")) return comparator(Comparator::has);
    if (is("in")) return comparator(Comparator::in);
    if (is("null")) return Kind::constant;
    if (is("true") || is("false")) return token.constant = is("true"), Kind::constant;
    if (!is("not")) return Kind::key;
    skip_space();
    word = take_while(in_name);
    return is("in") ? comparator(Comparator::not_in) : fail(token.span.begin, "NOT can only stand before IN");
  }

  Kind read_number(ExpressionToken& token) {
    const std::size_t begin = at_;
    const std::string_view number = take_while(in_number);
    if (auto constant = to_nlohmann(number)) return token.constant = *std::move(constant), Kind::constant;
    return fail(begin, quoted_for_message(number) + " is not a number");
  }

  Kind read_text(ExpressionToken& token) {
    const std::size_t begin = at_;
    const char quote = text_[at_++];
    std::string value;
    while (at_ < text_.size() && look(at_) != quote) {
      if (look(at_) == '\\') {
        if (!read_escape(value))
          return fail(at_, "a \\ in text begins one of \\\" \\' \\\\ \\/ \\b \\f \\n \\r \\t \\u0041");
        continue;
      }
      const std::size_t length = utf8_length(text_, at_);
      if (length == 0) return fail(at_, "this is not UTF-8");
      value.append(text_, at_, length);
      at_ += length;
    }
    if (at_ == text_.size())
      return fail(begin, std::string{"the text that begins here has no "} + quote + " at its end");
    ++at_;
    token.constant = std::move(value);
    return Kind::constant;
  }

  /// Reads an escape, of two code units for a surrogate pair. False, and not moved, if it is none.
  bool read_escape(std::string& value) {
    constexpr std::string_view names = "\"'\\/bfnrt", bytes = "\"'\\/\b\f\n\r\t";
    const std::size_t known = names.find(look(at_ + 1));
    if (known != std::string_view::npos) {
      value.push_back(bytes[known]);
      at_ += 2;
      return true;
    }
    const std::optional<unsigned> unit = code_unit(at_);
    if (!unit || (*unit >= 0xDC00 && *unit <= 0xDFFF)) return false;
    if (*unit < 0xD800 || *unit > 0xDBFF) {
      append_utf8(value, *unit);
      at_ += 6;
      return true;
    }
    const std::optional<unsigned> low = code_unit(at_ + 6);
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return false;
    append_utf8(value, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
    at_ += 12;
    return true;
  }

  /// The number in a `\u0041`, if there is one at a place.
  std::optional<unsigned> code_unit(std::size_t at) {
    if (look(at) != '\\' || look(at + 1) != 'u') return std::nullopt;
    unsigned unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const char c = ascii_lower(look(i));
      if (!is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
      unit = unit * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return unit;
  }

  std::string_view text_;
  std::size_t at_{};
  std::size_t looks_{};
  std::optional<SyntaxError> fault_{};
};

}  // namespace detail
}  // namespace taskrouter

// taskrouter/workflow/parse_expression.hpp

namespace taskrouter {

namespace detail {

inline constexpr std::size_t max_expression_depth = 32;

/// How many ANDs and ORs stand inside each other.
inline std::size_t depth_of(const Expression& expression) {
  std::size_t deepest = 0;
  for (const Expression& part : expression.parts) deepest = std::max(deepest, depth_of(part));
  return expression.parts.empty() ? 0 : deepest + 1;
}

/// Reads an expression by recursive descent: linear in the text, at most 32 parentheses deep.
class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) : lexer_{text} {}

  bool read(Expression& out) {
    advance();
    if (token_.kind == Kind::end) return fail(0, "the expression is empty");
    if (!read_any(out)) return false;
    if (token_.kind != Kind::end) return fail_expecting("AND, OR or the end");
    return depth_of(out) <= max_expression_depth || fail(0, too_deep);
  }

  const SyntaxError& error() const { return *lexer_.fault(); }
  const ExpressionLexer& lexer() const { return lexer_; }

 private:
  using Kind = ExpressionToken::Kind;
  static constexpr std::string_view too_deep = "parentheses can be nested 32 deep, and these go deeper";

  void advance() { token_ = lexer_.next(); }

  bool fail(std::size_t at, std::string_view message) { return lexer_.fail(at, std::string{message}), false; }

  bool fail_expecting(std::string_view what) {
    const TextSpan span = token_.span;
    const std::string_view found = lexer_.text().substr(span.begin, span.end - span.begin);
    return fail(span.begin, "expected " + std::string{what} + ", found " +
                                (token_.kind == Kind::end ? "the end" : quoted_for_message(found)) +
                                std::string{hint_at(span)});
  }

  /// What to add where a text has just ended and goes on, as in 'it's'.
  std::string_view hint_at(TextSpan span) const {
    const std::string_view before = lexer_.text().substr(0, span.begin);
    const bool goes_on = token_.kind != Kind::end && token_.kind != Kind::close && token_.kind != Kind::close_list;
    if (!goes_on || !(before.ends_with('\'') || before.ends_with('"'))) return "";
    return ": a text ends at its own quote, so write the other kind around it";
  }

  bool read_any(Expression& out) { return read_chain(out, Expression::Kind::any, &ExpressionParser::read_all); }
  bool read_all(Expression& out) { return read_chain(out, Expression::Kind::all, &ExpressionParser::read_one); }

  /// Parts joined by AND or by OR. A single one stays itself.
  bool read_chain(Expression& out, Expression::Kind kind, bool (ExpressionParser::*read_part)(Expression&)) {
    const Kind joint = kind == Expression::Kind::all ? Kind::all : Kind::any;
    if (!(this->*read_part)(out)) return false;
    if (token_.kind != joint) return true;
    put_into_chain(out, kind);
    while (token_.kind == joint) {
      advance();
      if (!(this->*read_part)(out.parts.emplace_back())) return false;
    }
    out.span.end = out.parts.back().span.end;
    return true;
  }

  /// Makes an expression the first part of a chain. Apart from read_chain, to keep its frame small.
  static void put_into_chain(Expression& out, Expression::Kind kind) {
    Expression chain{.kind = kind, .span = out.span};
    chain.parts.push_back(std::move(out));
    out = std::move(chain);
  }

  bool read_one(Expression& out) {
    if (token_.kind != Kind::open) return read_comparison(out);
    const std::size_t begin = token_.span.begin;
    if (++depth_ > max_expression_depth) return fail(begin, too_deep);
    advance();
    if (!read_any(out)) return false;
    if (token_.kind != Kind::close) return fail_expecting("AND, OR or a )");
    out.span = {begin, token_.span.end};
    --depth_;
    advance();
    return true;
  }

  bool read_comparison(Expression& out) {
    if (!read_operand(out.left)) return false;
    if (token_.kind != Kind::comparator) return fail_expecting("an operator such as == or IN");
    out.comparator = token_.comparator;
    advance();
    if (!read_operand(out.right)) return false;
    out.span = {out.left.span.begin, out.right.span.end};
    return true;
  }

  bool read_operand(Operand& out) {
    out.span = token_.span;
    if (token_.kind == Kind::open_list) {
      if (!read_list(out)) return false;
    } else if (token_.kind == Kind::key) {
      out.key = lexer_.text().substr(out.span.begin, out.span.end - out.span.begin);
    } else if (token_.kind == Kind::constant) {
      out.constant = std::move(token_.constant);
    } else {
      return fail_expecting("a name, a text in quotes, a number or a list");
    }
    advance();
    return true;
  }

  /// Up to the closing bracket, which stays the token.
  bool read_list(Operand& out) {
    out.constant = nlohmann::json::array();
    advance();
    while (token_.kind != Kind::close_list || !out.constant.empty()) {
      if (token_.kind != Kind::constant) return fail_expecting("a text in quotes or a number in the list");
      out.constant.push_back(std::move(token_.constant));
      advance();
      if (token_.kind == Kind::close_list) break;
      if (token_.kind != Kind::comma) return fail_expecting("a comma or a ]");
      advance();
    }
    out.span.end = token_.span.end;
    return true;
  }

  ExpressionLexer lexer_;
  ExpressionToken token_{};
  std::size_t depth_{};
};

/// The place of a byte as a person counts: in characters, from 1.
inline std::size_t character_at(std::string_view text, std::size_t at) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const std::string_view before = text.substr(0, at);
  return 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), begins));
}

inline std::string with_character(std::string_view text, const SyntaxError& error) {
  return "character " + std::to_string(character_at(text, error.at)) + ": " + error.message;
}

}  // namespace detail

/// The expression that a text says. The Error names the character and what was expected there.
inline Result<Expression> parse_expression(std::string_view text) {
  detail::ExpressionParser parser{text};
  Expression expression;
  if (parser.read(expression)) return expression;
  return argument_error("expression", detail::with_character(text, parser.error()));
}

/// What is wrong with an expression's text and at which byte, for an editor to mark; or nullopt.
inline std::optional<SyntaxError> syntax_error(std::string_view text) {
  detail::ExpressionParser parser{text};
  Expression expression;
  if (parser.read(expression)) return std::nullopt;
  return parser.error();
}

}  // namespace taskrouter

namespace taskrouter {

/// Which workers a target asks first: `worker.level DESC, worker.cost ASC`.
/// https://www.twilio.com/docs/taskrouter/order-workers
struct OrderBy {
  /// One attribute, and in which direction.
  struct Term {
    std::string key{};  ///< `worker.level`: an integer attribute.
    bool descending{};  ///< DESC. Without a word, and with ASC, the smallest comes first.
    TextSpan span{};    ///< The key's place in the text.
  };

  std::vector<Term> terms{};  ///< The first one that tells two workers apart decides.

  /// Whether worker `a` is asked before worker `b`: a strict weak ordering, fit for std::stable_sort.
  ///
  /// A worker without the attribute comes after those with it, in both directions. Twilio ignores an
  /// attribute that is no integer; we take it as missing, for the workers that have it so.
  bool before(const nlohmann::json& a, const nlohmann::json& b) const;
};

namespace detail {

/// The worker's integer called `key`, or nullptr.
inline const nlohmann::json* integer_of(const nlohmann::json& worker, std::string_view key) {
  const nlohmann::json* value = Variables{.worker = &worker}.find(key);
  return value != nullptr && value->is_number_integer() ? value : nullptr;
}

/// Reads an order_by into `out`, and says what is wrong with it.
inline std::optional<SyntaxError> read_order_by(std::string_view text, OrderBy& out) {
  ExpressionLexer lexer{text};
  ExpressionToken token = lexer.next();
  const auto here = [&] { return text.substr(token.span.begin, token.span.end - token.span.begin); };
  const auto fail_expecting = [&](std::string_view what) {
    const bool at_end = token.kind == ExpressionToken::Kind::end;
    lexer.fail(token.span.begin, "expected " + std::string{what} + ", found " +
                                     (at_end ? std::string{"the end"} : quoted_for_message(here())));
    return lexer.fault();
  };
  while (true) {
    if (token.kind != ExpressionToken::Kind::key || !here().starts_with("worker.")) {
      return fail_expecting("a worker's attribute such as worker.level");
    }
    OrderBy::Term& term = out.terms.emplace_back(OrderBy::Term{.key = std::string{here()}, .span = token.span});
    token = lexer.next();
    if (token.kind == ExpressionToken::Kind::key) {
      term.descending = is_word(here(), "desc");
      if (!term.descending && !is_word(here(), "asc")) return fail_expecting("ASC or DESC");
      token = lexer.next();
    }
    if (token.kind == ExpressionToken::Kind::end) return std::nullopt;
    if (token.kind != ExpressionToken::Kind::comma) return fail_expecting("ASC, DESC, a comma or the end");
    token = lexer.next();
  }
}

}  // namespace detail

inline bool OrderBy::before(const nlohmann::json& a, const nlohmann::json& b) const {
  for (const Term& term : terms) {
    const nlohmann::json* left = detail::integer_of(a, term.key);
    const nlohmann::json* right = detail::integer_of(b, term.key);
    if (left == nullptr && right == nullptr) continue;
    if (left == nullptr || right == nullptr) return right == nullptr;
    if (detail::number_less(*left, *right)) return !term.descending;
    if (detail::number_less(*right, *left)) return term.descending;
  }
  return false;
}

/// The order that a target's `order_by` says. The Error names the character and what was expected there.
inline Result<OrderBy> parse_order_by(std::string_view text) {
  OrderBy order;
  const auto fault = detail::read_order_by(text, order);
  if (!fault) return order;
  return argument_error("order_by", detail::with_character(text, *fault));
}

}  // namespace taskrouter

// taskrouter/workflow/read_configuration.hpp

#include <nlohmann/json.hpp>

// taskrouter/workflow/configuration.hpp

#include <nlohmann/json.hpp>

// A workflow's configuration as values. read_configuration.hpp turns JSON into them, write_configuration.hpp
// them into JSON; check.hpp says what is wrong with one.

namespace taskrouter {

/// One step of a filter: a queue, and which of its workers are asked.
struct WorkflowTarget {
  std::string queue{};                      ///< The queue's SID. Empty: the queue of the target before.
  std::optional<std::string> expression{};  ///< Which workers: `task.language IN worker.languages`. Default: all.
  std::optional<std::string> order_by{};    ///< Which of them first: `worker.level DESC`. Default: the longest idle.
  std::optional<std::string> skip_if{};     ///< When not to wait here: `workers.available == 0`. Default: never.
  std::optional<std::int64_t> priority{};   ///< Replaces the task's, 0 to 2147483647, higher first.
  std::optional<std::int64_t> timeout{};  ///< Seconds until the next target, from 1. Default: until the task's own end.
  std::optional<std::string> known_worker_sid{};            ///< The task's attribute that names the one worker to ask,
                                                            ///< by SID: `task.agent_sid`.
  std::optional<std::string> known_worker_friendly_name{};  ///< The same by friendly name. Not both.
  nlohmann::json unknown = nlohmann::json::object();        ///< Keys that this library does not know.

  friend bool operator==(const WorkflowTarget&, const WorkflowTarget&) = default;
};

/// Which tasks go which way. The first filter that matches a task takes it.
struct WorkflowFilter {
  std::optional<std::string> filter_friendly_name{};  ///< What people call it.
  std::string expression{};               ///< On the task's attributes, without a prefix: `language == "en"`.
  std::vector<WorkflowTarget> targets{};  ///< Tried from the first to the last.
  nlohmann::json unknown = nlohmann::json::object();  ///< Keys that this library does not know.

  friend bool operator==(const WorkflowFilter&, const WorkflowFilter&) = default;
};

/// The rules of a workflow: what its field `configuration` says.
/// https://www.twilio.com/docs/taskrouter/workflow-configuration
struct WorkflowConfiguration {
  std::vector<WorkflowFilter> filters{};                      ///< Tried from the first to the last.
  std::optional<WorkflowTarget> default_filter{};             ///< For tasks that no filter matched. Has no timeout.
  nlohmann::json unknown = nlohmann::json::object();          ///< Keys beside `filters` and `default_filter`.
  nlohmann::json unknown_outside = nlohmann::json::object();  ///< Keys beside `task_routing`.

  friend bool operator==(const WorkflowConfiguration&, const WorkflowConfiguration&) = default;
};

}  // namespace taskrouter

namespace taskrouter {

namespace detail {

/// The whole number that a JSON value says, as a number or in quotes: Twilio's examples have both.
inline std::optional<std::int64_t> whole_number(const nlohmann::json& value) {
  constexpr std::size_t most_digits = 18;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!value.is_string()) return std::nullopt;
  std::string_view digits = value.get_ref<const std::string&>();
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > most_digits) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return negative ? -number : number;
}

/// Takes a configuration out of its JSON, key by key; what is left over is unknown. Where a value is of
/// the wrong type it keeps the first error and goes on.
class ConfigurationReader {
 public:
  WorkflowConfiguration read(nlohmann::json document) {
    WorkflowConfiguration configuration;
    if (!is_object(document, "")) return configuration;
    nlohmann::json routing = take(document, "task_routing");
    if (routing.is_null()) {
      fail("task_routing", "is missing: filters and default_filter stand inside it");
    } else if (is_object(routing, "task_routing")) {
      read_list(take(routing, "filters"), "task_routing.filters", configuration.filters,
                &ConfigurationReader::read_filter);
      nlohmann::json last = take(routing, "default_filter");
      if (!last.is_null()) configuration.default_filter = read_target(std::move(last), "task_routing.default_filter");
      configuration.unknown = std::move(routing);
    }
    configuration.unknown_outside = std::move(document);
    return configuration;
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  void fail(const std::string& field, std::string_view message) {
    if (!error_)
      error_ = argument_error(field, (field.empty() ? "the configuration" : field) + " " + std::string{message});
  }

  bool is_object(const nlohmann::json& value, const std::string& place) {
    if (!value.is_object()) fail(place, "must be an object");
    return value.is_object();
  }

  /// The value of a key, which is then no longer there. null where there is none.
  static nlohmann::json take(nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return nullptr;
    nlohmann::json value = std::move(*found);
    object.erase(found);
    return value;
  }

  void take_text(nlohmann::json& object, const char* key, const std::string& place, std::optional<std::string>& out) {
    nlohmann::json value = take(object, key);
    if (value.is_null()) return;
    if (!value.is_string()) return fail(place + "." + key, "must be a text");
    out = std::move(value.get_ref<std::string&>());
  }

  void take_number(nlohmann::json& object, const char* key, const std::string& place,
                   std::optional<std::int64_t>& out) {
    const nlohmann::json value = take(object, key);
    if (value.is_null()) return;
    out = whole_number(value);
    if (!out) fail(place + "." + key, "must be a whole number");
  }

  template <class T>
  void read_list(nlohmann::json list, const std::string& place, std::vector<T>& out,
                 T (ConfigurationReader::*read_item)(nlohmann::json, const std::string&)) {
    if (list.is_null()) return;
    if (!list.is_array()) return fail(place, "must be a list");
    for (nlohmann::json& item : list) {
      out.push_back((this->*read_item)(std::move(item), place + "[" + std::to_string(out.size()) + "]"));
    }
  }

  WorkflowFilter read_filter(nlohmann::json object, const std::string& place) {
    WorkflowFilter filter;
    if (!is_object(object, place)) return filter;
    take_text(object, "filter_friendly_name", place, filter.filter_friendly_name);
    // The older name of the key.
    if (!filter.filter_friendly_name) take_text(object, "friendly_name", place, filter.filter_friendly_name);
    std::optional<std::string> expression;
    take_text(object, "expression", place, expression);
    filter.expression = std::move(expression).value_or("");
    read_list(take(object, "targets"), place + ".targets", filter.targets, &ConfigurationReader::read_target);
    filter.unknown = std::move(object);
    return filter;
  }

  WorkflowTarget read_target(nlohmann::json object, const std::string& place) {
    WorkflowTarget target;
    if (!is_object(object, place)) return target;
    std::optional<std::string> queue;
    take_text(object, "queue", place, queue);
    target.queue = std::move(queue).value_or("");
    take_text(object, "expression", place, target.expression);
    take_text(object, "order_by", place, target.order_by);
    take_text(object, "skip_if", place, target.skip_if);
    take_number(object, "priority", place, target.priority);
    take_number(object, "timeout", place, target.timeout);
    take_text(object, "known_worker_sid", place, target.known_worker_sid);
    take_text(object, "known_worker_friendly_name", place, target.known_worker_friendly_name);
    target.unknown = std::move(object);
    return target;
  }

  std::optional<Error> error_{};
};

}  // namespace detail

/// The configuration that JSON text says. `null` is as good as no key, numbers may stand in quotes, and
/// `friendly_name` is an older name of `filter_friendly_name`. The Error names the key, as in
/// `task_routing.filters[0].targets[1].timeout`. Whether the configuration makes sense is for `check` to say.
inline Result<WorkflowConfiguration> parse_workflow_configuration(std::string_view text) {
  auto document = to_nlohmann(text);
  if (!document) return argument_error("configuration", document.error().message);
  detail::ConfigurationReader reader;
  WorkflowConfiguration configuration = reader.read(*std::move(document));
  if (reader.error()) return *reader.error();
  return configuration;
}
/// The same.
inline Result<WorkflowConfiguration> parse_workflow_configuration(const JsonText& json) {
  return parse_workflow_configuration(json.text);
}

}  // namespace taskrouter

// A workflow's configuration as the engine goes by it.
// https://www.twilio.com/docs/taskrouter/workflow-configuration

namespace taskrouter::emulator {

/// A step of a workflow.
struct Target {
  TaskQueueRecord* queue{};
  std::optional<std::int64_t> priority{};
  std::optional<std::int64_t> timeout{};  ///< Seconds.
  std::optional<Expression> expression{};
  std::vector<std::string> task_keys{};  ///< What the expression reads of the task.
  bool reads_changes{};                  ///< Whether it reads the worker's activity or channels.
  std::vector<OrderBy::Term> order_by{};
  std::optional<Expression> skip_if{};
  std::string known_worker{};  ///< Which attribute of the task names the worker it is for, such as `task.agent_sid`.
};

struct Filter {
  std::string name{};
  std::optional<Expression> expression{};  ///< None is true: the default filter.
  std::vector<Target> targets{};
};

/// The filters of a workflow, the default one last.
struct Routing {
  std::vector<Filter> filters{};
  bool has_default{};
};

/// Calls `visit(key)` for every name in an expression.
template <class Visit>
void for_each_key(const Expression& expression, Visit visit) {
  if (!expression.left.key.empty()) visit(expression.left.key);
  if (!expression.right.key.empty()) visit(expression.right.key);
  for (const Expression& part : expression.parts) for_each_key(part, visit);
}

/// Whether a key is `name` or something below it.
inline bool is_below(std::string_view key, std::string_view name) {
  return key.starts_with(name) && (key.size() == name.size() || key[name.size()] == '.' || key[name.size()] == '[');
}

/// Whether an expression over workers asks for what reservations change. `prefix` is `worker.` or empty.
inline bool reads_changes(const Expression& expression, const std::string& prefix) {
  bool found = false;
  for_each_key(expression, [&](std::string_view key) {
    found = found || is_below(key, prefix + "activity_sid") || is_below(key, prefix + "activity_name") ||
            is_below(key, prefix + "channel");
  });
  return found;
}

/// Reads a configuration and finds its queues. What it says wrong is an Error that says where.
class RoutingReader {
 public:
  explicit RoutingReader(WorkspaceRecord& workspace) : workspace_{workspace} {}

  Result<std::shared_ptr<const Routing>> read(std::string_view text) {
    const auto configuration = parse_workflow_configuration(text);
    if (!configuration) return invalid("Configuration", "is wrong: " + configuration.error().message);
    auto routing = std::make_shared<Routing>();
    for (const WorkflowFilter& filter : configuration->filters) {
      place_ = "filter " + std::to_string(routing->filters.size() + 1);
      read_filter(filter, routing->filters.emplace_back());
    }
    if (configuration->default_filter) {
      place_ = "default_filter";
      routing->has_default = true;
      Filter& last = routing->filters.emplace_back();
      last.name = "default_filter";
      read_target(*configuration->default_filter, nullptr, last.targets.emplace_back());
      if (last.targets.front().timeout) fail("should have no timeout");
    }
    if (problem_.empty() && routing->filters.empty()) problem_ = "should have filters or a default_filter";
    if (!problem_.empty()) return invalid("Configuration", problem_);
    return std::shared_ptr<const Routing>{std::move(routing)};
  }

 private:
  void fail(std::string_view what) {
    if (problem_.empty()) problem_ = "is wrong at " + place_ + ": it " + std::string{what};
  }

  std::optional<Expression> expression_of(const std::optional<std::string>& text, std::string_view name) {
    if (!text || text->empty()) return std::nullopt;
    auto expression = parse_expression(*text);
    if (expression) return *std::move(expression);
    fail("has a wrong " + std::string{name} + ", at " + expression.error().message);
    return std::nullopt;
  }

  void check_number(const std::optional<std::int64_t>& number, std::string_view name, std::int64_t least) {
    if (!number || (*number >= least && *number <= 2147483647)) return;
    fail("should have a " + std::string{name} + " of " + std::to_string(least) + " to 2147483647");
  }

  void read_filter(const WorkflowFilter& from, Filter& filter) {
    filter.name = from.filter_friendly_name.value_or("");
    filter.expression = expression_of(from.expression, "expression");
    if (!filter.expression) fail("should have an expression");
    if (from.targets.empty()) return fail("should have a list of targets");
    const std::string place = place_;
    for (const WorkflowTarget& target : from.targets) {
      TaskQueueRecord* inherited = filter.targets.empty() ? nullptr : filter.targets.back().queue;
      place_ = place + ", target " + std::to_string(filter.targets.size() + 1);
      read_target(target, inherited, filter.targets.emplace_back());
    }
  }

  /// @param inherited the queue of the target before, or null
  void read_target(const WorkflowTarget& from, TaskQueueRecord* inherited, Target& target) {
    target.queue = from.queue.empty() ? inherited : workspace_.task_queues.find(from.queue);
    if (target.queue == nullptr) fail(from.queue.empty() ? "should have a queue" : "names a queue that is not there");
    check_number(target.priority = from.priority, "priority", 0);
    check_number(target.timeout = from.timeout, "timeout", 1);
    target.skip_if = expression_of(from.skip_if, "skip_if");
    target.expression = expression_of(from.expression, "expression");
    if (target.expression) {
      target.reads_changes = reads_changes(*target.expression, "worker.");
      for_each_key(*target.expression, [&](const std::string& key) {
        if (is_below(key, "task")) target.task_keys.push_back(key);
      });
    }
    if (from.order_by && !from.order_by->empty()) {
      auto order = parse_order_by(*from.order_by);
      if (!order) return fail("has a wrong order_by, at " + order.error().message);
      target.order_by = std::move(order->terms);
    }
    const std::string sid = from.known_worker_sid.value_or(""), name = from.known_worker_friendly_name.value_or("");
    if (!sid.empty() && !name.empty()) fail("should have one of known_worker_sid and known_worker_friendly_name");
    target.known_worker = sid.empty() ? name : sid;
    if (target.known_worker.empty()) return;
    if (!is_below(target.known_worker, "task")) fail("should name the known worker by an attribute such as task.agent");
    target.task_keys.push_back(target.known_worker);
  }

  WorkspaceRecord& workspace_;
  std::string place_{};
  std::string problem_{};
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/seats.hpp

// taskrouter/emulator/values.hpp

// What expressions read.

namespace taskrouter::emulator {

/// Whether a queue's expression is true of a worker's values.
inline bool takes(const TaskQueueRecord& queue, const nlohmann::json& values) {
  return queue.expression && queue.expression->matches({.attributes = &values});
}

/// How much of a channel's capacity is free, in percent.
inline std::int64_t free_percentage(const WorkerChannelRecord& channel) {
  if (channel.load >= channel.capacity) return 0;
  return (channel.capacity - channel.load) * 100 / channel.capacity;
}

/// What expressions read as a worker's channels.
inline void write_channel_values(WorkerRecord& worker) {
  nlohmann::json& values = worker.values["channel"] = nlohmann::json::object();
  for (const WorkerChannelRecord& channel : worker.channels) {
    nlohmann::json& own = values[channel.channel->unique_name];
    own["configured_capacity"] = channel.capacity;
    own["assigned_tasks"] = channel.assigned;
    own["available_capacity_percentage"] = free_percentage(channel);
  }
}

inline void write_activity_values(WorkerRecord& worker) {
  worker.values["activity_sid"] = worker.activity->sid.text();
  worker.values["activity_name"] = worker.activity->friendly_name;
}

/// What expressions read as a worker. Attributes that are no object have no names.
inline nlohmann::json worker_values(std::string_view attributes) {
  auto values = to_nlohmann(attributes);
  return values && values->is_object() ? *std::move(values) : nlohmann::json::object();
}

/// A task's attributes with a worker_call_sid, instead of the one that is there already.
/// @pre they are JSON
inline std::string with_worker_call(std::string_view attributes, std::string_view call) {
  std::string text{attributes};
  const std::string value = '"' + std::string{call} + '"';
  detail::JsonScanner in{attributes};
  if (in.peek() != '{' || !in.enter('{')) return text;  // Attributes that are no object have no names.
  bool is_first = true;
  for (; !in.take('}'); in.take(',')) {
    std::string_view key;
    std::string scratch;
    if (!in.read_key(key, scratch)) return text;
    const bool is_there = key == "worker_call_sid";
    in.peek();
    const std::size_t begin = in.position();
    if (!in.skip_value()) return text;
    if (is_there) return text.replace(begin, in.position() - begin, value);
    is_first = false;
  }
  return text.insert(in.position() - 1, (is_first ? "\"worker_call_sid\":" : ",\"worker_call_sid\":") + value);
}

/// Appends a text that differs for values that differ. Equal numbers of different types differ too.
inline void append_value(std::string& out, const nlohmann::json& value) {
  if (value.is_string()) return detail::write_json_string(out, value.get_ref<const std::string&>());
  if (value.is_number_float()) {
    const auto number = value.get<double>();
    out.append("f").append(reinterpret_cast<const char*>(&number), sizeof number);
  } else if (value.is_number_unsigned()) {
    out.append(std::to_string(value.get<std::uint64_t>()));
  } else if (value.is_number()) {
    detail::write_integer(out, value.get<std::int64_t>());
  } else if (value.is_structured()) {
    out.push_back(value.is_array() ? '[' : '{');
    for (auto at = value.begin(); at != value.end(); ++at) {
      if (value.is_object()) detail::write_json_string(out, at.key());
      append_value(out, *at);
      out.push_back(',');
    }
    out.push_back(']');
  } else {
    out.append(value.is_null() ? "null" : value.get<bool>() ? "true" : "false");
  }
}

}  // namespace taskrouter::emulator

// The workers' side of the lines: who serves one, and who is free for it now.

namespace taskrouter::emulator {

/// Whether a queue takes a worker.
inline bool serves(const WorkerRecord& worker, const TaskQueueRecord& queue) {
  return std::find(worker.queues.begin(), worker.queues.end(), &queue) != worker.queues.end();
}

/// The seats of a workspace's workers.
class Seats {
 public:
  explicit Seats(WorkspaceRecord& workspace) : workspace_{workspace} {}

  /// Gives a worker a seat in a line, if they serve it.
  void seat(WorkerRecord& worker, Line& line) {
    if (!may_serve(worker, line)) return;
    for (WorkerChannelRecord& channel : worker.channels) {
      if (channel.channel != line.key.channel) continue;
      Seat& seat = worker.seats.emplace_back(Seat{&line, &channel, ranks(worker, line.key.target), std::nullopt});
      set_free(seat, worker, is_free(seat, worker));
    }
  }

  /// Takes a worker out of all lines.
  void unseat(WorkerRecord& worker) {
    for (Seat& seat : worker.seats) set_free(seat, worker, false);
    worker.seats.clear();
  }

  /// Takes all workers out of the lines that match.
  template <class Matches>
  void unseat_from(Matches matches) {
    workspace_.workers.for_each([&](WorkerRecord& worker) {
      std::erase_if(worker.seats, [&](Seat& seat) {
        if (!matches(*seat.line)) return false;
        set_free(seat, worker, false);
        return true;
      });
    });
  }

  /// Notes what a worker can do now, after their activity or load has changed.
  void refresh(WorkerRecord& worker) {
    for (Seat& seat : worker.seats) set_free(seat, worker, is_free(seat, worker));
  }

  /// Notes whether a line has both a task and a worker for it.
  void note_ready(Line& line) {
    const bool is_ready = !line.waiting.empty() && !line.free.empty();
    if (is_ready == line.ready.has_value()) return;
    std::vector<Line*>& ready = workspace_.ready;
    if (is_ready) {
      line.ready = ready.size();
      ready.push_back(&line);
    } else {  // The last one takes its place: their order says nothing.
      ready.back()->ready = line.ready;
      ready[*line.ready] = ready.back();
      ready.pop_back();
      line.ready.reset();
    }
  }

 private:
  /// Whether a worker serves a line, apart from what reservations change.
  static bool may_serve(WorkerRecord& worker, const Line& line) {
    const LineKey& key = line.key;
    if (key.worker != nullptr && key.worker != &worker) return false;
    if (key.worker == nullptr && key.queue != nullptr && !serves(worker, *key.queue)) return false;
    if (key.target == nullptr) return true;
    if (!key.target->known_worker.empty() && line.known_worker != worker.sid.text() &&
        line.known_worker != worker.friendly_name) {
      return false;
    }
    return key.target->reads_changes || matches(*key.target, worker, line);
  }

  static bool matches(const Target& target, const WorkerRecord& worker, const Line& line) {
    return !target.expression || target.expression->matches({.task = &line.task, .worker = &worker.values});
  }

  bool is_free(const Seat& seat, WorkerRecord& worker) const {
    const LineKey& key = seat.line->key;
    if (!key.ignores_capacity) {
      if (!worker.activity->available) return false;
      if (!workspace_.multi_task_enabled && worker.pending > 0) return false;
      if (workspace_.multi_task_enabled && (!seat.channel->available || seat.channel->load >= seat.channel->capacity)) {
        return false;
      }
    }
    if (key.target == nullptr || !key.target->reads_changes) return true;
    write_channel_values(worker);
    return matches(*key.target, worker, *seat.line);
  }

  void set_free(Seat& seat, WorkerRecord& worker, bool is_free) {
    Line& line = *seat.line;
    const std::uint64_t last =
        seat.channel->channel->channel_optimized_routing ? seat.channel->last_reservation : worker.last_reservation;
    if (!is_free) {
      if (!seat.free) return;
      line.free.erase(*seat.free);
      seat.free.reset();
    } else if (!seat.free) {
      seat.free = line.free.insert({seat.ranks, last, worker.sequence, &worker}).first;
    } else if ((*seat.free)->last_reservation != last) {
      auto node = line.free.extract(*seat.free);
      node.value().last_reservation = last;
      seat.free = line.free.insert(std::move(node)).position;
    }
    note_ready(line);
  }

  /// What is missing comes last, in either direction. Twilio ignores an order by what is no integer; so
  /// do we, for the workers who have it.
  static std::vector<std::int64_t> ranks(const WorkerRecord& worker, const Target* target) {
    std::vector<std::int64_t> ranks;
    if (target == nullptr) return ranks;
    for (const OrderBy::Term& term : target->order_by) {
      const nlohmann::json* value = Variables{.worker = &worker.values}.find(term.key);
      const bool is_integer = value != nullptr && value->is_number_integer();
      const std::int64_t number = is_integer ? value->get<std::int64_t>() : 0;
      ranks.push_back(!is_integer       ? std::numeric_limits<std::int64_t>::max()
                      : term.descending ? -std::max(number, -std::numeric_limits<std::int64_t>::max())
                                        : number);
    }
    return ranks;
  }

  WorkspaceRecord& workspace_;
};

}  // namespace taskrouter::emulator

// The indexes that find a worker for a task, and a task for a worker, without looking at all of them.
//
// Waiting tasks stand in lines. Tasks of one line are alike for routing: of one queue, channel and
// target, and with the same values of what the target's expression reads. Each line knows the workers
// who are free for it, best first. With W workers and T waiting tasks, Q queues and lines together, and
// L lines that a worker serves:
//   a task waits, is offered or leaves        O(log T + log Q)
//   the first task of its kind                O(W) evaluations, once
//   a worker is reserved, freed or moves      O(L log W)
//   a worker is created or gets attributes    O(Q) evaluations
//   a queue is created or gets an expression  O(W) evaluations
// An expression that reads worker.activity_* or worker.channel is evaluated at each of the worker's moves.

namespace taskrouter::emulator {

/// Lines that nobody waits in are kept for the next task of their kind, up to about so many.
inline constexpr std::size_t empty_line_limit = 512;

/// A workspace's lines.
class Lines {
 public:
  explicit Lines(WorkspaceRecord& workspace) : workspace_{workspace}, seats_{workspace} {}

  /// Lets a pending task wait where it belongs.
  void wait(TaskRecord& task, const Target* target) {
    Line& line = line_for(task, target);
    task.line = &line;
    stand(task);
    seats_.note_ready(line);
  }

  /// Takes a task out of its line, if it stands in one.
  void leave(TaskRecord& task) {
    if (task.line == nullptr) return;
    task.line->waiting.erase(task.place);
    seats_.note_ready(*task.line);
    task.line = nullptr;
  }

  /// The task that is to be offered next, of those for which a worker is free; or null.
  TaskRecord* next() const {
    const Line* best = nullptr;
    for (const Line* line : workspace_.ready) {
      if (best == nullptr || comes_before(*line, *best)) best = line;
    }
    return best == nullptr ? nullptr : best->waiting.begin()->task;
  }

  /// The workers that a task can be offered to now: at most `most`, best first.
  static std::vector<WorkerRecord*> candidates(const TaskRecord& task, std::int64_t most) {
    std::vector<WorkerRecord*> found;
    for (const Free& free : task.line->free) {
      if (static_cast<std::int64_t>(found.size()) == most) break;
      found.push_back(free.worker);
    }
    return found;
  }

  /// Finds the queues and lines that a worker serves, after their attributes or name have changed.
  void bind(WorkerRecord& worker) {
    worker.values = worker_values(*worker.attributes);
    worker.values["sid"] = worker.sid.text();
    worker.values["friendly_name"] = worker.friendly_name;
    write_activity_values(worker);
    write_channel_values(worker);
    rebind(worker);
  }

  /// The same, where the worker's values are already as they should be.
  void rebind(WorkerRecord& worker) {
    workspace_.task_queues.for_each(
        [&](TaskQueueRecord& queue) { set_member(queue, worker, takes(queue, worker.values)); });
    seats_.unseat(worker);
    for (auto& [key, line] : workspace_.lines) seats_.seat(worker, line);
  }

  /// Takes a worker out of everything.
  void unbind(WorkerRecord& worker) {
    seats_.unseat(worker);
    for (TaskQueueRecord* queue : std::vector{worker.queues}) set_member(*queue, worker, false);
  }

  /// Notes what a worker can do now, after their activity or load has changed.
  void refresh(WorkerRecord& worker) { seats_.refresh(worker); }

  /// Counts a worker's move from one activity to another, before it happens.
  void move(WorkerRecord& worker, const ActivityRecord* to) {
    for (TaskQueueRecord* queue : worker.queues) {
      --queue->workers_by_activity[worker.activity];
      ++queue->workers_by_activity[to];
    }
  }

  /// Finds the workers of a queue, after its expression has changed.
  void bind(TaskQueueRecord& queue) {
    workspace_.workers.for_each([&](WorkerRecord& worker) { set_member(queue, worker, takes(queue, worker.values)); });
    const auto is_of_queue = [&](const Line& line) { return line.key.queue == &queue; };
    seats_.unseat_from(is_of_queue);
    for (auto& [key, line] : workspace_.lines) {
      if (is_of_queue(line)) seat_all(line);
    }
  }

  /// Puts a queue's tasks in order, after its order has changed.
  void reorder(TaskQueueRecord& queue) {
    for (auto& [key, line] : workspace_.lines) {
      if (key.queue != &queue) continue;
      for (const Waiting& one : std::exchange(line.waiting, {})) stand(*one.task);
    }
  }

  /// Forgets the lines that nobody waits in, all or those of a queue, channel or worker that is going.
  void drop_empty(const void* of = nullptr) {
    const auto is_empty = [&](const Line& line) {
      return line.waiting.empty() &&
             (of == nullptr || line.key.queue == of || line.key.channel == of || line.key.worker == of);
    };
    seats_.unseat_from(is_empty);
    for (auto at = workspace_.lines.begin(); at != workspace_.lines.end();) {
      at = is_empty(at->second) ? workspace_.lines.erase(at) : std::next(at);
    }
  }

 private:
  /// By priority and then by age; or from the newest to the oldest, whatever their priority.
  static Waiting place(TaskRecord& task) {
    const auto start = std::int64_t{task.virtual_start_time.time_since_epoch().count()};
    const auto sequence = static_cast<std::int64_t>(task.sequence);
    const bool is_lifo = task.task_queue != nullptr && task.task_queue->task_order == TaskOrder::LIFO;
    return is_lifo ? Waiting{0, -start, -sequence, &task} : Waiting{-task.priority, start, sequence, &task};
  }

  /// Puts a task into its line. Most come last.
  static void stand(TaskRecord& task) {
    std::set<Waiting>& waiting = task.line->waiting;
    task.place = waiting.insert(waiting.end(), place(task));
  }

  bool comes_before(const Line& a, const Line& b) const {
    const auto is_late = [&](const Line& line) {
      const bool is_lifo = line.key.queue != nullptr && line.key.queue->task_order == TaskOrder::LIFO;
      return is_lifo != (workspace_.prioritize_queue_order == QueueOrder::LIFO);
    };
    if (is_late(a) != is_late(b)) return is_late(b);
    return *a.waiting.begin() < *b.waiting.begin();
  }

  Line& line_for(TaskRecord& task, const Target* target) {
    // A target that asks for nothing of its own shares its queue's line.
    const bool is_plain =
        target == nullptr || (!target->expression && target->order_by.empty() && target->known_worker.empty());
    LineKey key{.queue = task.task_queue,
                .channel = task.task_channel,
                .target = is_plain ? nullptr : target,
                .worker = task.target_worker,
                .ignores_capacity = task.ignore_capacity,
                .values = {}};
    nlohmann::json values;
    if (!is_plain && !target->task_keys.empty()) {
      values = worker_values(*task.attributes);
      for (const std::string& name : target->task_keys) {
        if (const nlohmann::json* value = Variables{.task = &values}.find(name)) append_value(key.values, *value);
        key.values.push_back('\n');
      }
    }
    if (const auto at = workspace_.lines.find(key); at != workspace_.lines.end()) return at->second;
    if (workspace_.lines.size() >= line_limit()) drop_empty();
    Line& line = workspace_.lines[key];
    line.key = std::move(key);
    if (!is_plain) {
      line.routing = task.routing;
      if (!target->known_worker.empty()) {
        const auto* known = Variables{.task = &values}.find(target->known_worker);
        if (known != nullptr && known->is_string()) line.known_worker = known->get_ref<const std::string&>();
      }
      line.task = std::move(values);
    }
    seat_all(line);
    return line;
  }

  /// Empty lines are looked for each time the number of lines has doubled.
  std::size_t line_limit() const {
    std::size_t limit = empty_line_limit;
    while (limit < workspace_.lines.size()) limit *= 2;
    return limit;
  }

  void set_member(TaskQueueRecord& queue, WorkerRecord& worker, bool is_member) {
    const auto before = [](const WorkerRecord* a, const WorkerRecord* b) { return a->sequence < b->sequence; };
    const auto at = std::lower_bound(queue.workers.begin(), queue.workers.end(), &worker, before);
    if ((at != queue.workers.end() && *at == &worker) == is_member) return;
    if (is_member) {
      queue.workers.insert(at, &worker);
      worker.queues.push_back(&queue);
      ++queue.workers_by_activity[worker.activity];
    } else {
      queue.workers.erase(at);
      std::erase(worker.queues, &queue);
      --queue.workers_by_activity[worker.activity];
    }
  }

  void seat_all(Line& line) {
    if (line.key.worker != nullptr) return seats_.seat(*line.key.worker, line);
    if (line.key.queue == nullptr) return;
    for (WorkerRecord* worker : line.key.queue->workers) seats_.seat(*worker, line);
  }

  WorkspaceRecord& workspace_;
  Seats seats_;
};

}  // namespace taskrouter::emulator

// From a record to what a client sees of it: what routes, and what was written down.

namespace taskrouter::emulator {

inline void write(std::string& out, const TaskChannelRecord& record, const WorkspaceSid& workspace,
                  const Viewpoint& view) {
  AnswerWriter to{out, view, workspace};
  to.account().time("date_created", record.created).time("date_updated", record.updated);
  to.text("friendly_name", record.friendly_name).plain("sid", record.sid.text());
  to.text("unique_name", record.unique_name).plain("workspace_sid", workspace.text());
  to.boolean("channel_optimized_routing", record.channel_optimized_routing);
  to.url("url", {"/TaskChannels/", record.sid.text()}).begin("links").url("workspace").end().end();
}

inline void write(std::string& out, const TaskQueueRecord& record, const WorkspaceSid& workspace,
                  const Viewpoint& view) {
  const std::string_view sid = record.sid.text();
  const ActivityRecord *assignment = record.assignment_activity, *reservation = record.reservation_activity;
  AnswerWriter to{out, view, workspace};
  const auto activity = [&](const ActivityRecord* one, std::string_view sid_key, std::string_view name_key) {
    write_name(to.sid(sid_key, sid_of(one)), name_key, one);
  };
  to.account();
  activity(assignment, "assignment_activity_sid", "assignment_activity_name");
  to.time("date_created", record.created).time("date_updated", record.updated);
  to.text("friendly_name", record.friendly_name).integer("max_reserved_workers", record.max_reserved_workers);
  activity(reservation, "reservation_activity_sid", "reservation_activity_name");
  to.plain("sid", sid).text_or_null("target_workers", record.target_workers);
  to.plain("task_order", name_of(record.task_order)).url("url", {"/TaskQueues/", sid});
  to.plain("workspace_sid", workspace.text()).begin("links");
  if (assignment != nullptr) to.url("assignment_activity", {"/Activities/", assignment->sid.text()});
  if (reservation != nullptr) to.url("reservation_activity", {"/Activities/", reservation->sid.text()});
  to.url("workspace").url("statistics", {"/TaskQueues/", sid, "/Statistics"});
  to.url("real_time_statistics", {"/TaskQueues/", sid, "/RealTimeStatistics"});
  to.url("cumulative_statistics", {"/TaskQueues/", sid, "/CumulativeStatistics"});
  to.url("list_statistics", {"/TaskQueues/Statistics"});
  to.url("bulk_real_time_statistics", {"/TaskQueues/RealTimeStatistics"}).end().end();
}

inline void write(std::string& out, const WorkflowRecord& record, const WorkspaceSid& workspace,
                  const Viewpoint& view) {
  const std::string_view sid = record.sid.text();
  AnswerWriter to{out, view, workspace};
  to.account().text_or_null("assignment_callback_url", record.assignment_callback_url);
  to.text("configuration", *record.configuration);
  to.time("date_created", record.created).time("date_updated", record.updated);
  to.plain("document_content_type", "application/json");
  to.text_or_null("fallback_assignment_callback_url", record.fallback_assignment_callback_url);
  to.text("friendly_name", record.friendly_name).plain("sid", sid);
  to.integer("task_reservation_timeout", record.task_reservation_timeout).plain("workspace_sid", workspace.text());
  to.url("url", {"/Workflows/", sid}).begin("links").url("statistics", {"/Workflows/", sid, "/Statistics"});
  to.url("real_time_statistics", {"/Workflows/", sid, "/RealTimeStatistics"});
  to.url("cumulative_statistics", {"/Workflows/", sid, "/CumulativeStatistics"}).end().end();
}

inline void write(std::string& out, const WorkerChannelRecord& record, const WorkerRecord& worker,
                  const Viewpoint& view) {
  const WorkspaceSid& workspace = worker.workspace->sid;
  AnswerWriter to{out, view, workspace};
  to.account().integer("assigned_tasks", record.assigned).boolean("available", record.available);
  to.integer("available_capacity_percentage", free_percentage(record));
  to.integer("configured_capacity", record.capacity);
  to.time("date_created", record.created).time("date_updated", record.updated).plain("sid", record.sid.text());
  to.plain("task_channel_sid", record.channel->sid.text());
  to.text("task_channel_unique_name", record.channel->unique_name);
  to.plain("worker_sid", worker.sid.text()).plain("workspace_sid", workspace.text());
  to.url("url", {"/Workers/", worker.sid.text(), "/Channels/", record.sid.text()}).end();
}

/// The emulator's events are all made by the workspace: it does not know who sent a request.
inline void write(std::string& out, const WorkspaceRecord& workspace, const EventRecord& record,
                  const Viewpoint& view) {
  const EventResource resource = event_resource(workspace, record);
  const EventSid sid = event_sid(workspace, record);
  AnswerWriter to{out, view, workspace.sid};
  to.account().plain("actor_sid", workspace.sid.text()).plain("actor_type", "workspace").url("actor_url");
  to.text("description", event_description(workspace, record)).begin("event_data");
  for (const auto& [name, value] : event_texts(workspace, record)) to.text(name, value);
  to.end().time("event_date", record.time).integer("event_date_ms", to_milliseconds(record.time));
  to.plain("event_type", name_of(record.type)).plain("resource_sid", resource.sid);
  to.plain("resource_type", resource.type);
  const bool has_folder = !resource.folder.empty(), is_reservation = resource.type == "reservation";
  const std::string task = is_reservation ? "/Tasks/" + std::string{record.task.as<TaskSid>().text()} : std::string{};
  if (has_folder) {
    to.url("resource_url", {task, "/", resource.folder, "/", resource.sid});
  } else {
    to.url("resource_url");
  }
  to.plain("sid", sid.text()).plain("source", "twilio").json("source_ip_address", "null");
  to.url("url", {"/Events/", sid.text()}).plain("workspace_sid", workspace.sid.text()).end();
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/engine.hpp

// taskrouter/emulator/event_log.hpp

namespace taskrouter::emulator {

/// Sees an event as it happens, and the records as they are then. It may only look: what is under way is
/// not finished yet.
using Watcher = std::function<void(const WorkspaceRecord&, const EventRecord&)>;

/// Writes down what happens, and makes the callbacks for those who want to hear of it.
class EventLog {
 public:
  /// @param now the engine's clock, which this only reads
  explicit EventLog(const Instant& now) : now_{now} {}

  void set_account(AccountSid account) { account_sid_ = account; }

  void task(EventType type, const TaskRecord& task) {
    EventRecord& event = task.workspace->journal.add(type, now_);
    fill(event, task);
    announce(*task.workspace, event);
  }

  void reservation(EventType type, const ReservationRecord& reservation) {
    WorkspaceRecord& workspace = *reservation.task->workspace;
    EventRecord& event = workspace.journal.add(type, now_);
    fill(event, *reservation.task);
    fill(event, *reservation.worker);
    event.reservation = reservation.digits;
    event.reservation_version = static_cast<std::int32_t>(reservation.revision);
    announce(workspace, event);
  }

  void worker(EventType type, const WorkerRecord& worker) {
    EventRecord& event = worker.workspace->journal.add(type, now_);
    fill(event, worker);
    announce(*worker.workspace, event);
  }

  /// After a worker has moved from one activity to another.
  void move(const WorkerRecord& worker, const ActivityRecord* previous, Instant since) {
    EventRecord& event = worker.workspace->journal.add(EventType::worker_activity_update, now_);
    fill(event, worker);
    event.previous_activity = previous;
    event.number = (now_ - since).count();
    announce(*worker.workspace, event);
  }

  void worker_channel(EventType type, const WorkerRecord& worker, const WorkerChannelRecord& channel,
                      std::int64_t previous_capacity) {
    EventRecord& event = worker.workspace->journal.add(type, now_);
    fill(event, worker);
    event.channel = channel.channel;
    event.available = channel.available;
    event.number = channel.capacity;
    event.previous_number = previous_capacity;
    event.task_version = static_cast<std::int32_t>(channel.assigned);
    announce(*worker.workspace, event);
  }

  void activity(EventType type, WorkspaceRecord& workspace, const ActivityRecord& activity) {
    EventRecord& event = workspace.journal.add(type, now_);
    event.activity = &activity;
    event.available = activity.available;
    announce(workspace, event);
  }

  void task_channel(EventType type, WorkspaceRecord& workspace, const TaskChannelRecord& channel) {
    EventRecord& event = workspace.journal.add(type, now_);
    event.channel = &channel;
    announce(workspace, event);
  }

  void task_queue(EventType type, WorkspaceRecord& workspace, const TaskQueueRecord& queue) {
    EventRecord& event = workspace.journal.add(type, now_);
    event.queue = &queue;
    announce(workspace, event);
  }

  void workflow(EventType type, WorkspaceRecord& workspace, const WorkflowRecord& workflow) {
    EventRecord& event = workspace.journal.add(type, now_);
    event.workflow = &workflow;
    announce(workspace, event);
  }

  void workspace(EventType type, WorkspaceRecord& workspace) { announce(workspace, workspace.journal.add(type, now_)); }

  void watch(Watcher watcher) { watcher_ = std::move(watcher); }
  Watcher take_watcher() { return std::exchange(watcher_, nullptr); }

  /// The event callbacks that are to be delivered, oldest first.
  std::deque<EventCallback>& callbacks() { return callbacks_; }
  /// What forms are sent with: shared by all callbacks.
  const Headers& headers() const { return headers_; }
  const std::deque<EventCallback>& callbacks() const { return callbacks_; }

 private:
  static void fill(EventRecord& event, const TaskRecord& task) {
    event.task = task.digits;
    event.task_status = static_cast<unsigned char>(task.status);
    event.priority = static_cast<std::int32_t>(task.priority);
    event.task_version = static_cast<std::int32_t>(task.revision);
    event.task_created = task.created;
    event.queue_entered = task.queue_entered;
    event.queue = task.task_queue;
    event.workflow = task.workflow;
    event.channel = task.task_channel;
    event.task_attributes = task.attributes;
    event.reason = task.reason;
  }

  static void fill(EventRecord& event, const WorkerRecord& worker) {
    event.worker = &worker;
    event.worker_version = static_cast<std::int32_t>(worker.revision);
    event.activity = worker.activity;
    event.worker_attributes = worker.attributes;
  }

  void announce(const WorkspaceRecord& workspace, const EventRecord& event) {
    if (watcher_) watcher_(workspace, event);
    if (workspace.event_callback_url.empty() || !passes_filter(workspace.events_filter, name_of(event.type))) return;
    CallbackForm form;
    form.add("EventType", name_of(event.type));
    form.plain("Sid", event_sid(workspace, event).text());
    form.plain("AccountSid", account_sid_.text());
    form.add("EventDescription", event_description(workspace, event));
    const EventResource resource = event_resource(workspace, event);
    form.add("ResourceType", resource.type);
    form.add("ResourceSid", resource.sid);
    form.plain("Timestamp", std::to_string(whole_seconds(event.time)));
    form.plain("TimestampMs", std::to_string(event.time.time_since_epoch().count()));
    for (const auto& [name, value] : event_texts(workspace, event)) form.add(parameter_name(name), value);
    callbacks_.push_back({.event_sid = event_sid(workspace, event),
                          .request = form_request(workspace.event_callback_url, std::move(form).text(), headers_)});
  }

  /// `worker_sid` as `WorkerSid`.
  static std::string parameter_name(std::string_view name) {
    std::string text;
    bool is_first = true;
    for (const char c : name) {
      if (c != '_') text.push_back(is_first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
      is_first = c == '_';
    }
    return text;
  }

  const Instant& now_;
  const Headers headers_{{"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"}};
  AccountSid account_sid_{};
  Watcher watcher_{};
  std::deque<EventCallback> callbacks_{};
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/walk.hpp

#include <nlohmann/json.hpp>

namespace taskrouter::emulator {

/// A task's way through its workflow. https://www.twilio.com/docs/taskrouter/workflow-configuration
class Walk {
 public:
  explicit Walk(TaskRecord& task) : task_{task} {}

  /// Where the task stands, or null if it goes by no workflow.
  const Target* current() const {
    if (!task_.routing || task_.filter >= task_.routing->filters.size()) return nullptr;
    return &task_.routing->filters[task_.filter].targets[task_.target];
  }

  /// Goes to the first target of the first filter that matches. Null if none does.
  const Target* first() { return enter(0, true); }

  /// Goes on because the target's time is up: to the next one, or to those of the next filter that
  /// matches. The default filter takes no tasks that ran out of time.
  const Target* after_timeout() { return advance(false); }

  /// Goes on because of the target's skip_if. A filter that was skipped counts as one that did not
  /// match, so that the default filter may follow.
  const Target* after_skip() { return advance(true); }

 private:
  const Target* advance(bool takes_default) {
    if (current() == nullptr) return nullptr;
    if (task_.target + 1 < task_.routing->filters[task_.filter].targets.size()) {
      ++task_.target;
      return current();
    }
    return enter(task_.filter + 1, takes_default);
  }

  const Target* enter(std::size_t filter, bool takes_default) {
    const Routing& routing = *task_.routing;
    const std::size_t end = routing.filters.size() - (routing.has_default && !takes_default ? 1 : 0);
    while (filter < end && !matches(routing.filters[filter])) ++filter;
    if (filter >= end) return nullptr;  // The task stays noted as where it was.
    task_.filter = filter;
    task_.target = 0;
    return current();
  }

  bool matches(const Filter& filter) {
    if (!filter.expression) return true;
    if (!values_) values_ = worker_values(*task_.attributes);
    return filter.expression->matches({.attributes = &*values_});
  }

  TaskRecord& task_;
  std::optional<nlohmann::json> values_{};
};

}  // namespace taskrouter::emulator

namespace taskrouter::emulator {

/// How long a task may stay assigned before TaskRouter deletes it.
inline constexpr std::chrono::hours assigned_limit{24};
/// How long a task can still be fetched after it was completed or canceled.
inline constexpr std::chrono::minutes ended_limit{5};
/// How often a task is offered before it is canceled.
inline constexpr int round_limit = 1000;
/// How many assignment callbacks, and event callbacks, wait to be taken; beyond that the oldest are dropped.
inline constexpr std::size_t callback_limit = 1000;

/// TaskRouter's rules: how tasks, reservations and workers change together, by request and by time.
///
/// Its functions are steps that are allowed; whether a request may take them is checked before. Nobody
/// is reserved until match() is called. Where Twilio does not say what happens, the comment at the step
/// does. What a step costs is said in lines.hpp; a timer costs the logarithm of how many there are.
class Engine {
 public:
  Engine(Instant start, Random random) : now_{start}, ids_{std::move(random)} {}
  Engine(const Engine&) = delete;  // Records point at each other.
  Engine& operator=(const Engine&) = delete;

  Store& store() { return store_; }
  const Store& store() const { return store_; }
  Ids& ids() { return ids_; }
  const Ids& ids() const { return ids_; }
  EventLog& log() { return log_; }
  const EventLog& log() const { return log_; }
  Instant now() const { return now_; }

  /// The workspace of that SID, or null. Matching looks at those that were asked for.
  WorkspaceRecord* visit(std::string_view sid) {
    WorkspaceRecord* workspace = store_.workspaces.find(sid);
    if (workspace != nullptr) visit(*workspace);
    return workspace;
  }

  /// A new record in `table`, created now.
  template <class Record>
  Record& add(Table<Record>& table) {
    Record& record = table.add(ids_.digits([&](const SidDigits& digits) { return table.has(digits); }));
    record.created = record.updated = now_;
    return record;
  }

  /// Notes that a record was changed.
  void touch(Record& record) const {
    record.updated = now_;
    ++record.revision;
  }

  // Workers: engine_workers.hpp.

  WorkerRecord& add_worker(WorkspaceRecord& workspace, std::string_view friendly_name, std::string_view attributes,
                           ActivityRecord& activity);
  /// Gives a worker their part of a task channel.
  void add_channel(WorkerRecord& worker, const TaskChannelRecord& channel);
  /// Deletes a worker who holds no task. What is offered to them is offered to others.
  void remove_worker(WorkerRecord& worker);
  void rename_worker(WorkerRecord& worker, std::string_view name);
  void set_activity(WorkerRecord& worker, const ActivityRecord* to);
  /// Rejects all that is offered to a worker, who stays where they are.
  void reject_all(WorkerRecord& worker);
  /// A worker's part of a task channel, or null if that is gone.
  static WorkerChannelRecord* channel_of(WorkerRecord& worker, const TaskChannelRecord* channel);

  // Tasks: engine_tasks.hpp.

  /// Lets a new task enter its workflow, or wait where it was sent.
  void enter(TaskRecord& task);
  /// Lets a pending task wait in the line where it belongs.
  void wait(TaskRecord& task, const Target* target);
  /// Lets a pending task enter its workflow once more, as that is now.
  void re_evaluate(TaskRecord& task);
  /// Moves a task to where it belongs among the waiting ones.
  void prioritize(TaskRecord& task, std::int64_t priority, Timestamp virtual_start_time, TaskChannelRecord& channel);
  /// The worker has finished the task but not yet what is to be done after it.
  void wrap(TaskRecord& task);
  /// The task is done. The worker stays in their activity.
  void complete(TaskRecord& task);
  /// Nobody will do the task. Workers whom it is offered to go back to where they were: Twilio does
  /// not say where they go.
  void cancel(TaskRecord& task, std::string_view reason);
  /// Deletes a task and its reservations, in any status. `event` says by whom.
  void remove(TaskRecord& task, std::optional<EventType> event);
  /// Deletes a workspace and everything in it.
  void remove(WorkspaceRecord& workspace);

  // Reservations: engine_offers.hpp.

  /// Reserves free workers for waiting tasks until one of the two has run out.
  void match();
  /// The worker gets the task; whoever else it was offered to loses the offer.
  void accept(ReservationRecord& reservation);
  /// The task waits again; the worker goes to `destination`, or without one back to where they were.
  void reject(ReservationRecord& reservation, const ActivityRecord* destination);
  /// The worker's phone rings for a task: its attributes get a worker_call_sid.
  void call_worker(TaskRecord& task);
  /// Nobody could be told of the reservation, so that the task waits again. The worker stays.
  void cancel_offer(ReservationRecord& reservation);

  /// Moves the clock to the next timer that is due by `until` and does what it is for, or to `until`
  /// and answers false if there is none.
  bool step(Instant until);

  /// The assignment callbacks that are to be delivered, oldest first.
  std::deque<AssignmentCallback>& callbacks() { return callbacks_; }
  const std::deque<AssignmentCallback>& callbacks() const { return callbacks_; }

  static bool is_waiting(TaskStatus status) { return status == TaskStatus::pending || status == TaskStatus::reserved; }
  static bool is_live(TaskStatus status) {
    return is_waiting(status) || status == TaskStatus::assigned || status == TaskStatus::wrapping;
  }
  static std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return lower;
  }

 private:
  void visit(WorkspaceRecord& workspace) {
    if (visited_.empty() || visited_.back() != &workspace) visited_.push_back(&workspace);
  }

  static std::vector<ReservationRecord*> pending_of(const WorkerRecord& worker);
  void go(TaskRecord& task, const Target* target, EventType exit);
  void arrive(TaskRecord& task, const Target& target);
  bool is_over(const TaskRecord& task, const Target& target) const;
  void wait_again(TaskRecord& task);
  void fall_out(TaskRecord& task, EventType event);
  void set_status(TaskRecord& task, TaskStatus status);
  static void count(TaskRecord& task, int difference);
  void end(TaskRecord& task, TaskStatus status);
  void restart_timer(TaskRecord& task, std::chrono::milliseconds time);
  void time_is_up(TaskRecord& task);
  void target_time_is_up(TaskRecord& task);
  void time_is_up(ReservationRecord& reservation);
  void offer(TaskRecord& task);
  bool skip_next();
  void reserve(TaskRecord& task, WorkerRecord& worker);
  void answer(ReservationRecord& reservation, ReservationStatus status);
  void return_worker(ReservationRecord& reservation);
  void withdraw_offers(TaskRecord& task, ReservationStatus status);
  void set_active_reservation(TaskRecord& task, ReservationStatus status);
  void end_call(ReservationRecord& reservation);

  Store store_{};
  Instant now_;
  Ids ids_;
  EventLog log_{now_};
  std::deque<AssignmentCallback> callbacks_{};
  std::vector<WorkspaceRecord*> visited_{};
  std::deque<TaskRecord*> skippable_{};  // Those that wait at a target with a skip_if, since match() last looked.
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/engine_offers.hpp

// What happens between tasks and workers.

namespace taskrouter::emulator {

inline void Engine::match() {
  for (std::size_t i = 0; i < visited_.size(); ++i) {
    do {
      while (TaskRecord* task = Lines{*visited_[i]}.next()) offer(*task);
    } while (skip_next());
  }
  visited_.clear();
}

/// Takes the next task on that waits at a target whose skip_if is true. Whether there was one.
inline bool Engine::skip_next() {
  while (!skippable_.empty()) {
    TaskRecord& task = *skippable_.front();
    skippable_.pop_front();
    const Target* target = task.line == nullptr ? nullptr : Walk{task}.current();
    if (target == nullptr || !target->skip_if) continue;
    std::int64_t available = 0, unavailable = 0;
    nlohmann::json workers;
    for (const auto& [activity, count] : target->queue->workers_by_activity) {
      (activity->available ? available : unavailable) += count;
      workers[std::string{activity->sid.text()}] = count;
    }
    task.workspace->activities.for_each([&](const ActivityRecord& activity) {
      nlohmann::json& count = workers[std::string{activity.sid.text()}];
      if (count.is_null()) count = 0;
    });
    workers["available"] = available;
    workers["unavailable"] = unavailable;
    if (!target->skip_if->matches({.workers = &workers})) continue;
    Lines{*task.workspace}.leave(task);
    store_.timers.stop(task.target_timer);
    go(task, Walk{task}.after_skip(), EventType::workflow_skipped);
    return true;
  }
  return false;
}

/// Offers a waiting task to as many free workers as its queue wants at once.
inline void Engine::offer(TaskRecord& task) {
  const auto workers = Lines::candidates(task, task.task_queue == nullptr ? 1 : task.task_queue->max_reserved_workers);
  Lines{*task.workspace}.leave(task);
  ++task.rounds;
  set_status(task, TaskStatus::reserved);
  for (WorkerRecord* worker : workers) reserve(task, *worker);
}

inline void Engine::reserve(TaskRecord& task, WorkerRecord& worker) {
  ReservationRecord& reservation = add(task.workspace->reservations);
  reservation.task = &task;
  reservation.worker = &worker;
  reservation.channel = channel_of(worker, task.task_channel);
  reservation.previous_activity = worker.activity;
  const std::chrono::seconds timeout{reservation_timeout(task)};
  reservation.timer = store_.timers.start(now_ + timeout, {.reservation = &reservation});
  task.reservations.push_back(&reservation);
  worker.reservations.push_back(&reservation);
  ++task.pending;
  ++worker.pending;
  ++reservation.channel->load;
  worker.last_reservation = reservation.channel->last_reservation = ++store_.reservations_made;
  Lines{*task.workspace}.refresh(worker);
  if (!task.workspace->multi_task_enabled && task.task_queue != nullptr) {
    set_activity(worker, task.task_queue->reservation_activity);
  }
  ++worker.revision;  // Twilio's JavaScript SDK counts along: one for the event that tells of the reservation.
  log_.reservation(EventType::reservation_created, reservation);
  if (task.workflow == nullptr || task.task_queue == nullptr || task.workflow->assignment_callback_url.empty()) return;
  callbacks_.push_back(assignment_callback(reservation, store_.account_sid, now_, log_.headers()));
}

inline void Engine::accept(ReservationRecord& reservation) {
  TaskRecord& task = *reservation.task;
  WorkerRecord& worker = *reservation.worker;
  answer(reservation, ReservationStatus::accepted);
  set_status(task, TaskStatus::assigned);
  log_.reservation(EventType::reservation_accepted, reservation);
  withdraw_offers(task, ReservationStatus::rescinded);
  if (!task.workspace->multi_task_enabled && task.task_queue != nullptr) {
    set_activity(worker, task.task_queue->assignment_activity);
  }
  store_.timers.stop(task.target_timer);
  task.routing.reset();  // A workflow ends when its task is accepted.
  restart_timer(task, assigned_limit);
}

inline void Engine::reject(ReservationRecord& reservation, const ActivityRecord* destination) {
  answer(reservation, ReservationStatus::rejected);
  destination == nullptr ? return_worker(reservation) : set_activity(*reservation.worker, destination);
  wait_again(*reservation.task);
}

inline void Engine::call_worker(TaskRecord& task) {
  task.attributes = Text{with_worker_call(*task.attributes, ids_.digits().as<CallSid>().text())};
  touch(task);
  log_.task(EventType::task_updated, task);
}

/// Sends the worker where the instruction said, unless they have moved on by themselves.
inline void Engine::end_call(ReservationRecord& reservation) {
  const ActivityRecord* to = std::exchange(reservation.post_work, nullptr);
  const WorkspaceRecord& workspace = *reservation.task->workspace;
  const TaskQueueRecord* queue = reservation.task->task_queue;
  const bool has_moved = queue != nullptr && queue->assignment_activity != nullptr &&
                         reservation.worker->activity != queue->assignment_activity;
  if (workspace.activities.has(to) && !has_moved) set_activity(*reservation.worker, to);
}

inline void Engine::cancel_offer(ReservationRecord& reservation) {
  answer(reservation, ReservationStatus::canceled);
  wait_again(*reservation.task);
}

/// Ends the pending status of a reservation. Where the worker goes is the caller's business.
inline void Engine::answer(ReservationRecord& reservation, ReservationStatus status) {
  WorkerRecord& worker = *reservation.worker;
  visit(*worker.workspace);
  reservation.status = status;
  touch(reservation);
  store_.timers.stop(reservation.timer);
  --reservation.task->pending;
  --worker.pending;
  if (status == ReservationStatus::accepted) {
    ++worker.active;
    ++reservation.channel->assigned;
  } else {
    --reservation.channel->load;
  }
  Lines{*worker.workspace}.refresh(worker);
  switch (status) {
    case ReservationStatus::rejected: return log_.reservation(EventType::reservation_rejected, reservation);
    case ReservationStatus::timeout: return log_.reservation(EventType::reservation_timeout, reservation);
    case ReservationStatus::canceled: return log_.reservation(EventType::reservation_canceled, reservation);
    case ReservationStatus::rescinded: return log_.reservation(EventType::reservation_rescinded, reservation);
    default: return;  // Who accepts logs it, when the task is assigned.
  }
}

/// Puts a worker back to where they were, unless they have moved on by themselves. Reservations move
/// nobody in a multi-tasking workspace.
inline void Engine::return_worker(ReservationRecord& reservation) {
  const TaskRecord& task = *reservation.task;
  if (task.workspace->multi_task_enabled || task.task_queue == nullptr) return;
  if (reservation.worker->activity != task.task_queue->reservation_activity) return;
  if (!task.workspace->activities.has(reservation.previous_activity)) return;
  set_activity(*reservation.worker, reservation.previous_activity);
}

inline void Engine::withdraw_offers(TaskRecord& task, ReservationStatus status) {
  if (task.pending == 0) return;
  for (ReservationRecord* reservation : task.reservations) {
    if (reservation->status != ReservationStatus::pending) continue;
    answer(*reservation, status);
    return_worker(*reservation);
  }
}

inline void Engine::set_active_reservation(TaskRecord& task, ReservationStatus status) {
  for (ReservationRecord* reservation : task.reservations) {
    const bool is_accepted = reservation->status == ReservationStatus::accepted;
    if (!is_accepted && reservation->status != ReservationStatus::wrapping) continue;
    reservation->status = status;
    touch(*reservation);
    end_call(*reservation);
    if (is_accepted) --reservation->channel->assigned;
    if (status == ReservationStatus::completed) {
      --reservation->channel->load;
      --reservation->worker->active;
      Lines{*task.workspace}.refresh(*reservation->worker);
      log_.reservation(EventType::reservation_completed, *reservation);
    } else {
      log_.reservation(EventType::reservation_wrapup, *reservation);
    }
  }
}

inline void Engine::time_is_up(ReservationRecord& reservation) {
  reservation.timer.reset();
  answer(reservation, ReservationStatus::timeout);
  set_activity(*reservation.worker, reservation.task->workspace->timeout_activity);
  wait_again(*reservation.task);
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/engine_tasks.hpp

// What happens to tasks.

namespace taskrouter::emulator {

inline void Engine::enter(TaskRecord& task) {
  count(task, 1);
  task.timer = store_.timers.start(task.created + std::chrono::seconds{task.timeout}, {.task = &task});
  if (!task.routing) {
    task.queue_entered = now_;
    if (task.task_queue != nullptr) log_.task(EventType::task_queue_entered, task);
    log_.task(EventType::task_created, task);
    return wait(task, nullptr);
  }
  log_.task(EventType::workflow_entered, task);
  const Target* target = Walk{task}.first();
  if (target != nullptr) arrive(task, *target);
  log_.task(EventType::task_created, task);
  // Twilio does not say what becomes of a task that no filter takes: here it ends like one that has
  // run out of its workflow.
  if (target == nullptr) return fall_out(task, EventType::workflow_timeout);
  log_.task(EventType::workflow_target_matched, task);
  wait(task, target);
}

inline void Engine::re_evaluate(TaskRecord& task) {
  Lines{*task.workspace}.leave(task);
  store_.timers.stop(task.target_timer);
  task.routing = task.workflow->routing;
  task.target_seconds = 0;
  log_.task(EventType::workflow_entered, task);
  go(task, Walk{task}.first(), EventType::workflow_timeout);
}

/// Takes a task to a target, and on as long as the time there is already over.
inline void Engine::go(TaskRecord& task, const Target* target, EventType exit) {
  while (target != nullptr) {
    arrive(task, *target);
    log_.task(EventType::workflow_target_matched, task);
    if (!is_over(task, *target)) return wait(task, target);
    log_.task(EventType::task_queue_timeout, task);
    target = Walk{task}.after_timeout();
    exit = EventType::workflow_timeout;
  }
  fall_out(task, exit);
}

inline void Engine::arrive(TaskRecord& task, const Target& target) {
  if (task.task_queue != target.queue) {
    if (task.task_queue != nullptr) {
      log_.task(EventType::task_queue_moved, task);
      --task.task_queue->tasks;
    }
    task.task_queue = target.queue;
    ++task.task_queue->tasks;
    task.queue_entered = now_;
    log_.task(EventType::task_queue_entered, task);
  }
  task.priority = target.priority.value_or(task.priority);
  task.target_seconds += target.timeout.value_or(0);
}

/// Whether a task has to leave its target: the timeouts of all targets so far are held against its age.
inline bool Engine::is_over(const TaskRecord& task, const Target& target) const {
  return target.timeout && now_ >= task.created + std::chrono::seconds{task.target_seconds};
}

inline void Engine::wait(TaskRecord& task, const Target* target) {
  Lines{*task.workspace}.wait(task, target);
  if (target == nullptr) return;
  if (target->timeout && !task.target_timer) {
    const Instant due = task.created + std::chrono::seconds{task.target_seconds};
    task.target_timer = store_.timers.start(due, {.task = &task, .is_target = true});
  }
  if (target->skip_if) skippable_.push_back(&task);
}

/// Lets a task wait again that nobody has accepted, once nobody is left who could.
inline void Engine::wait_again(TaskRecord& task) {
  if (task.pending > 0) return;
  if (task.rounds >= round_limit) return cancel(task, "Max assignment count exceeded");
  set_status(task, TaskStatus::pending);
  const Target* target = Walk{task}.current();
  if (target == nullptr || !is_over(task, *target)) return wait(task, target);
  log_.task(EventType::task_queue_timeout, task);
  go(task, Walk{task}.after_timeout(), EventType::workflow_timeout);
}

inline void Engine::fall_out(TaskRecord& task, EventType event) {
  log_.task(event, task);
  cancel(task, "Task canceled on Workflow timeout");
}

inline void Engine::prioritize(TaskRecord& task, std::int64_t priority, Timestamp virtual_start_time,
                               TaskChannelRecord& channel) {
  const bool waits = task.line != nullptr;
  if (waits) Lines{*task.workspace}.leave(task);
  count(task, -1);
  task.priority = priority;
  task.virtual_start_time = virtual_start_time;
  task.task_channel = &channel;
  count(task, 1);
  if (waits) Lines{*task.workspace}.wait(task, Walk{task}.current());
}

inline void Engine::wrap(TaskRecord& task) {
  set_status(task, TaskStatus::wrapping);
  log_.task(EventType::task_wrapup, task);
  set_active_reservation(task, ReservationStatus::wrapping);
}

inline void Engine::complete(TaskRecord& task) {
  end(task, TaskStatus::completed);
  log_.task(EventType::task_completed, task);
  set_active_reservation(task, ReservationStatus::completed);
}

inline void Engine::cancel(TaskRecord& task, std::string_view reason) {
  Lines{*task.workspace}.leave(task);
  task.reason = Text{reason};
  end(task, TaskStatus::canceled);
  log_.task(EventType::task_canceled, task);
  withdraw_offers(task, ReservationStatus::canceled);
}

inline void Engine::remove(TaskRecord& task, std::optional<EventType> event) {
  Lines{*task.workspace}.leave(task);
  withdraw_offers(task, ReservationStatus::canceled);
  set_active_reservation(task, ReservationStatus::completed);
  if (event) log_.task(*event, task);
  for (ReservationRecord* reservation : task.reservations) {
    auto& all = reservation->worker->reservations;
    all.erase(std::find(all.begin(), all.end(), reservation));  // Most often it is the first.
    task.workspace->reservations.remove(*reservation);
  }
  count(task, -1);
  store_.timers.stop(task.timer);
  store_.timers.stop(task.target_timer);
  task.workspace->tasks.remove(task);
}

inline void Engine::remove(WorkspaceRecord& workspace) {
  log_.workspace(EventType::workspace_deleted, workspace);
  workspace.reservations.for_each([&](ReservationRecord& reservation) { store_.timers.stop(reservation.timer); });
  workspace.tasks.for_each([&](TaskRecord& task) {
    store_.timers.stop(task.timer);
    store_.timers.stop(task.target_timer);
  });
  std::erase(visited_, &workspace);
  store_.workspaces.remove(workspace);
}

inline void Engine::set_status(TaskRecord& task, TaskStatus status) {
  count(task, -1);
  task.status = status;
  count(task, 1);
  touch(task);
}

/// Keeps the counts of tasks that make queues, workflows and channels undeletable.
inline void Engine::count(TaskRecord& task, int difference) {
  const bool is_waiting = task.status == TaskStatus::pending || task.status == TaskStatus::reserved;
  if (!is_waiting && task.status != TaskStatus::assigned && task.status != TaskStatus::wrapping) return;
  task.task_channel->tasks += difference;
  if (task.task_queue != nullptr) task.task_queue->tasks += difference;
  if (task.workflow != nullptr && is_waiting) task.workflow->tasks += difference;
}

inline void Engine::end(TaskRecord& task, TaskStatus status) {
  set_status(task, status);
  task.ended = now_;
  store_.timers.stop(task.target_timer);
  task.routing.reset();
  restart_timer(task, ended_limit);
}

inline void Engine::restart_timer(TaskRecord& task, std::chrono::milliseconds time) {
  store_.timers.stop(task.timer);
  task.timer = store_.timers.start(now_ + time, {.task = &task});
}

inline void Engine::time_is_up(TaskRecord& task) {
  task.timer.reset();
  switch (task.status) {
    case TaskStatus::pending:
    case TaskStatus::reserved: return cancel(task, "Task TTL Exceeded");
    case TaskStatus::assigned:
    case TaskStatus::wrapping: return remove(task, EventType::task_system_deleted);
    default: return remove(task, std::nullopt);
  }
}

/// An offer is not interrupted: the time is looked at again when it has ended.
inline void Engine::target_time_is_up(TaskRecord& task) {
  task.target_timer.reset();
  if (task.status != TaskStatus::pending) return;
  Lines{*task.workspace}.leave(task);
  log_.task(EventType::task_queue_timeout, task);
  go(task, Walk{task}.after_timeout(), EventType::workflow_timeout);
}

inline bool Engine::step(Instant until) {
  const std::optional<Instant> next = store_.timers.next();
  if (!next || *next > until) {
    now_ = std::max(now_, until);
    return false;
  }
  now_ = std::max(now_, *next);
  const Timer timer = store_.timers.take();
  visit(*(timer.task != nullptr ? timer.task : timer.reservation->task)->workspace);
  if (timer.reservation != nullptr) {
    time_is_up(*timer.reservation);
  } else {
    timer.is_target ? target_time_is_up(*timer.task) : time_is_up(*timer.task);
  }
  return true;
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/engine_workers.hpp

// What happens to workers.

namespace taskrouter::emulator {

inline WorkerRecord& Engine::add_worker(WorkspaceRecord& workspace, std::string_view friendly_name,
                                        std::string_view attributes, ActivityRecord& activity) {
  WorkerRecord& worker = add(workspace.workers);
  worker.workspace = &workspace;
  worker.friendly_name = friendly_name;
  worker.attributes = Text{attributes};
  worker.activity = &activity;
  worker.status_changed = now_;
  ++activity.workers;
  workspace.worker_names.insert(lower_case(friendly_name));
  workspace.task_channels.for_each([&](TaskChannelRecord& channel) { add_channel(worker, channel); });
  Lines{workspace}.bind(worker);
  log_.worker(EventType::worker_created, worker);
  return worker;
}

inline void Engine::add_channel(WorkerRecord& worker, const TaskChannelRecord& channel) {
  WorkerChannelRecord& own = worker.channels.emplace_back();
  own.sid = ids_.digits().as<WorkerChannelSid>();
  own.sequence = channel.sequence;
  own.created = own.updated = now_;
  own.channel = &channel;
}

inline WorkerChannelRecord* Engine::channel_of(WorkerRecord& worker, const TaskChannelRecord* channel) {
  for (WorkerChannelRecord& own : worker.channels) {
    if (own.channel == channel) return &own;
  }
  return nullptr;
}

inline void Engine::remove_worker(WorkerRecord& worker) {
  WorkspaceRecord& workspace = *worker.workspace;
  Lines lines{workspace};
  lines.unbind(worker);
  for (ReservationRecord* reservation : pending_of(worker)) {
    answer(*reservation, ReservationStatus::canceled);
    wait_again(*reservation->task);
  }
  lines.unbind(worker);  // Tasks that were sent to this worker wait again, for nobody.
  lines.drop_empty(&worker);
  worker.channels.clear();
  --worker.activity->workers;
  workspace.worker_names.erase(lower_case(worker.friendly_name));
  log_.worker(EventType::worker_deleted, worker);
  workspace.workers.bury(worker, now_);
}

inline void Engine::rename_worker(WorkerRecord& worker, std::string_view name) {
  worker.workspace->worker_names.erase(lower_case(worker.friendly_name));
  worker.workspace->worker_names.insert(lower_case(name));
  worker.friendly_name = name;
}

inline void Engine::set_activity(WorkerRecord& worker, const ActivityRecord* to) {
  WorkspaceRecord& workspace = *worker.workspace;
  ActivityRecord* activity = to == nullptr ? nullptr : workspace.activities.find(to->sid.text());
  if (activity == nullptr || worker.activity == activity) return;
  Lines lines{workspace};
  lines.move(worker, activity);
  ActivityRecord* previous = worker.activity;
  const Instant since = worker.status_changed;
  --previous->workers;
  ++activity->workers;
  worker.activity = activity;
  worker.status_changed = now_;
  touch(worker);
  write_activity_values(worker);
  log_.move(worker, previous, since);
  workspace.queues_read_activity ? lines.rebind(worker) : lines.refresh(worker);
}

inline void Engine::reject_all(WorkerRecord& worker) {
  for (ReservationRecord* reservation : pending_of(worker)) reject(*reservation, worker.activity);
}

inline std::vector<ReservationRecord*> Engine::pending_of(const WorkerRecord& worker) {
  std::vector<ReservationRecord*> pending;
  for (ReservationRecord* reservation : worker.reservations) {
    if (reservation->status == ReservationStatus::pending) pending.push_back(reservation);
  }
  return pending;
}

}  // namespace taskrouter::emulator

namespace taskrouter::emulator {

/// Writes everything an engine holds as JSON: what a client can see of it and what it can't. What
/// follows from the rest, such as who stands in which line, is left out.
class Dump {
 public:
  explicit Dump(const Engine& engine) : engine_{engine} {}

  std::string write() {
    const Store& store = engine_.store();
    number("{\"now\":", to_milliseconds(engine_.now()));
    number(",\"ids_made\":", static_cast<std::int64_t>(engine_.ids().made()));
    number(",\"reservations_made\":", static_cast<std::int64_t>(store.reservations_made));
    write_timers();
    write_callbacks();
    out_.append(",\"workspaces\":[");
    store.workspaces.for_each([&](const WorkspaceRecord& workspace) { write_workspace(workspace); });
    return std::move(out_.append("]}"));
  }

 private:
  void number(std::string_view key, std::int64_t value) {
    out_.append(key);
    detail::write_integer(out_, value);
  }
  void text(std::string_view key, std::string_view value) {
    out_.append(key);
    detail::write_json_string(out_, value);
  }
  void comma() {
    if (out_.back() == '}' || out_.back() == '"') out_.push_back(',');
  }

  void write_timers() {
    out_.append(",\"timers\":[");
    engine_.store().timers.for_each([&](Instant due, const Timer& timer) {
      comma();
      number("{\"due\":", to_milliseconds(due));
      text(",\"of\":", timer.task != nullptr ? timer.task->sid.text() : timer.reservation->sid.text());
      out_.append(timer.is_target ? ",\"is_target\":true}" : "}");
    });
    out_.push_back(']');
  }

  void write_callbacks() {
    out_.append(",\"callbacks\":[");
    const auto write = [&](const Request& request) {
      comma();
      text("{\"url\":", request.url);
      text(",\"body\":", request.body);
      out_.push_back('}');
    };
    for (const AssignmentCallback& callback : engine_.callbacks()) {
      write(callback.request);
      if (callback.fallback) write(*callback.fallback);
    }
    for (const EventCallback& callback : engine_.log().callbacks()) write(callback.request);
    out_.push_back(']');
  }

  /// A table's records: how often each was changed, what a client sees of it, and what `more` writes.
  template <class Record, class Write, class More>
  void table(std::string_view name, const Table<Record>& records, Write write, More more) {
    out_.append(",\"").append(name).append("\":[");
    records.for_each([&](const Record& record) {
      comma();
      number("{\"revision\":", record.revision);
      number(",\"updated\":", to_milliseconds(record.updated));
      out_.append(",\"resource\":");
      write(record);
      more(record);
      out_.push_back('}');
    });
    out_.push_back(']');
  }
  template <class Record>
  void table(const WorkspaceRecord& workspace, std::string_view name, const Table<Record>& records) {
    table(
        name, records, [&](const Record& record) { emulator::write(out_, record, workspace.sid, view_); },
        [](const Record&) {});
  }

  void write_workspace(const WorkspaceRecord& workspace) {
    comma();
    number("{\"revision\":", workspace.revision);
    out_.append(",\"resource\":");
    emulator::write(out_, workspace, view_);
    table(workspace, "activities", workspace.activities);
    table(workspace, "task_channels", workspace.task_channels);
    table(workspace, "workflows", workspace.workflows);
    table(
        "task_queues", workspace.task_queues,
        [&](const TaskQueueRecord& queue) { emulator::write(out_, queue, workspace.sid, view_); },
        [&](const TaskQueueRecord& queue) { write_sids(",\"workers\":[", queue.workers); });
    table(
        "workers", workspace.workers, [&](const WorkerRecord& worker) { emulator::write(out_, worker, view_); },
        [&](const WorkerRecord& worker) { write_worker(worker); });
    table(
        "tasks", workspace.tasks, [&](const TaskRecord& task) { emulator::write(out_, task, view_); },
        [&](const TaskRecord& task) { write_task(task); });
    table(
        "reservations", workspace.reservations,
        [&](const ReservationRecord& record) { emulator::write(out_, record, ReservationOwner::task, view_); },
        [&](const ReservationRecord& record) {
          text(",\"from\":", record.previous_activity->sid.text());
          if (record.post_work != nullptr) text(",\"to\":", record.post_work->sid.text());
        });
    out_.append(",\"events\":[");
    const auto& events = workspace.journal.events();
    for (std::size_t i = 0; i < events.size(); ++i) {
      comma();
      emulator::write(out_, workspace, events[i], view_);
    }
    out_.append("]}");
  }

  template <class Records>
  void write_sids(std::string_view key, const Records& records) {
    out_.append(key);
    for (const auto* record : records) {
      comma();
      out_.append("\"").append(record->sid.text()).append("\"");
    }
    out_.push_back(']');
  }

  void write_worker(const WorkerRecord& worker) {
    number(",\"last_reservation\":", static_cast<std::int64_t>(worker.last_reservation));
    out_.append(",\"channels\":[");
    for (const WorkerChannelRecord& channel : worker.channels) {
      comma();
      emulator::write(out_, channel, worker, view_);
    }
    out_.push_back(']');
  }

  void write_task(const TaskRecord& task) {
    number(",\"rounds\":", task.rounds);
    number(",\"filter\":", task.routing == nullptr ? -1 : static_cast<std::int64_t>(task.filter));
    number(",\"target\":", static_cast<std::int64_t>(task.target));
    number(",\"target_seconds\":", task.target_seconds);
  }

  const Engine& engine_;
  const Viewpoint view_{"", engine_.store().account_sid, engine_.now()};
  std::string out_{};
};

/// Everything an engine holds as one JSON object: equal for equal states.
inline std::string dump(const Engine& engine) { return Dump{engine}.write(); }

}  // namespace taskrouter::emulator

// taskrouter/emulator/follow.hpp

// taskrouter/emulator/handle_reservations.hpp

// taskrouter/emulator/checks.hpp

// taskrouter/emulator/answer_headers.hpp

namespace taskrouter::emulator {

/// The ETag of a record: how often it was changed, in quotes.
inline std::string etag(std::int64_t revision) {
  std::string tag{'"'};
  tag.append(std::to_string(revision)).push_back('"');
  return tag;
}

/// The headers of answers. Answers with the same ETag share one list, so that most cost no allocation.
class AnswerHeaders {
 public:
  /// Those of an answer that is JSON. `revision` is that of the record it shows, if that has an ETag.
  Headers of(std::optional<std::int64_t> revision) {
    if (!revision) return without_etag_;
    const auto place = static_cast<std::size_t>(*revision);
    if (place >= most) return with_etag(*revision);
    while (by_revision_.size() <= place) {
      by_revision_.push_back(with_etag(static_cast<std::int64_t>(by_revision_.size())));
    }
    return by_revision_[place];
  }

 private:
  static constexpr std::size_t most = 64;

  static Headers with_etag(std::int64_t revision) {
    return {{"Content-Type", "application/json"}, {"ETag", etag(revision)}};
  }

  const Headers without_etag_{{"Content-Type", "application/json"}};
  std::vector<Headers> by_revision_{};
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/incoming.hpp

// A request as the emulator takes it apart: where it was sent, and which route leads there.

namespace taskrouter::emulator {

/// A request and the parts of its URL.
struct Incoming {
  explicit Incoming(const Request& incoming) : request{incoming} {
    const std::string_view url = std::string_view{incoming.url}.substr(0, incoming.url.find('#'));
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t mark = std::min(url.find('?', host), url.size());
    const std::size_t start = std::min(url.find('/', host), mark);
    base_url = url.substr(0, start);
    path = url.substr(start, mark - start);
    query = url.substr(std::min(mark + 1, url.size()));
    if (taskrouter::detail::skip_plain(base_url, 0) == base_url.size()) return;
    taskrouter::detail::write_json_string(escaped_base_url, base_url);
    escaped_base_url.pop_back();
    escaped_base_url.erase(0, 1);
  }

  /// `base_url` as it stands in JSON.
  std::string_view json_base_url() const {
    return escaped_base_url.empty() ? base_url : std::string_view{escaped_base_url};
  }

  const Request& request;
  std::string_view base_url;       ///< Scheme, host and port: what the URLs in the answer begin with.
  std::string_view path;           ///< From the first slash on, still encoded.
  std::string_view query;          ///< Without its question mark, still encoded.
  std::string escaped_base_url{};  ///< `base_url` where it needs escapes in JSON, which hosts do not.
};

/// A path cut at its slashes. What is longer than any route has no segments.
struct Segments {
  constexpr Segments() = default;
  constexpr explicit Segments(std::string_view path) {
    while (!path.empty()) {
      if (size == texts.size()) {
        size = 0;
        return;
      }
      const std::size_t slash = std::min(path.find('/', 1), path.size());
      texts[size++] = path.substr(1, slash - 1);
      path.remove_prefix(slash);
    }
  }

  std::array<std::string_view, 8> texts{};
  std::size_t size{};
};

/// Whether a path fits a pattern. The segments that differ between patterns are the last ones.
inline bool fits(const Segments& pattern, const Segments& path) {
  if (pattern.size != path.size) return false;
  for (std::size_t i = pattern.size; i-- > 0;) {
    if (pattern.texts[i].starts_with('{') ? path.texts[i].empty() : pattern.texts[i] != path.texts[i]) return false;
  }
  return true;
}

/// The texts that stand in a path where its route has names, in their order.
struct PathValues {
  /// Those of a path that fits the pattern.
  PathValues(const Segments& pattern, const Segments& path) {
    for (std::size_t i = 0; i < pattern.size; ++i) {
      if (pattern.texts[i].starts_with('{')) texts[size++] = path.texts[i];
    }
  }

  std::array<std::string_view, 8> texts{};
  std::size_t size{};
};

/// A path's segment, decoded: a `+` in it is a plus. `scratch` holds what is not as it stands there.
inline std::string_view decode_segment(std::string_view text, std::string& scratch) {
  if (text.find('%') == std::string_view::npos) return text;
  std::string plus_kept;
  for (const char c : text) plus_kept.append(c == '+' ? std::string_view{"%2B"} : std::string_view{&c, 1});
  return scratch = taskrouter::detail::form_decode(plus_kept);
}

}  // namespace taskrouter::emulator

// What handlers share. A handler checks all of a request before it changes anything, so that refused
// requests leave everything as it was.

namespace taskrouter::emulator {

/// What a handler works with.
struct Exchange {
  Engine& engine;
  const Incoming& incoming;
  AnswerHeaders& headers;

  Viewpoint view() const { return {incoming.json_base_url(), engine.store().account_sid, engine.now()}; }
  WorkspaceRecord* workspace(WorkspaceSid sid) const { return engine.visit(sid.text()); }
  Error not_found() const { return emulator::not_found(incoming.path); }
};

/// What a request is answered with.
struct Answer {
  std::string json{};                      ///< The resource or the page of them. Empty after a delete.
  std::optional<std::int64_t> revision{};  ///< Of resources that have an ETag.
};

/// The answer that shows a record. `parts` is what its write() takes before the viewpoint.
template <class Record, class... Parts>
Answer show(const Exchange& exchange, const Record& record, const Parts&... parts) {
  Answer answer;
  write(answer.json, record, parts..., exchange.view());
  constexpr bool has_etag = std::is_same_v<Record, TaskRecord> || std::is_same_v<Record, WorkerRecord> ||
                            std::is_same_v<Record, ReservationRecord>;
  if constexpr (has_etag) answer.revision = record.revision;
  return answer;
}

/// Whether a text has more characters than `most`.
inline bool is_longer(std::string_view text, std::size_t most) {
  if (text.size() <= most) return false;  // No character has less than a byte.
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first_byte)) > most;
}

/// Why a text can't be a FriendlyName, or nothing.
inline std::optional<Error> check_friendly_name(std::string_view name) {
  if (name.empty()) return invalid("FriendlyName", "should not be empty");
  if (!is_longer(name, 64)) return std::nullopt;
  return invalid("FriendlyName", "should be at most 64 characters");
}

/// Why JSON text can't be a worker's or a task's attributes, or nothing.
inline std::optional<Error> check_attributes(const std::optional<JsonText>& attributes) {
  if (!attributes || !is_longer(attributes->text, 4096)) return std::nullopt;
  return invalid("Attributes", "should be at most 4096 characters");
}

/// Why an integer is refused, or nothing.
inline std::optional<Error> check_range(std::string_view parameter, const std::optional<std::int64_t>& value,
                                        std::int64_t least, std::int64_t most) {
  if (!value || (*value >= least && *value <= most)) return std::nullopt;
  return invalid(parameter, "should be " + std::to_string(least) + " to " + std::to_string(most));
}

/// Why an If-Match header does not hold, or nothing. Its quotes may be missing.
inline std::optional<Error> check_if_match(const std::optional<std::string>& if_match, const Record& record) {
  if (!if_match || *if_match == "*" || *if_match == etag(record.revision)) return std::nullopt;
  if (*if_match == std::to_string(record.revision)) return std::nullopt;
  return refusal(412, 20412, "Precondition Failed");
}

/// Whether a text says yes, in the words of those parameters that take any text.
inline bool says_yes(std::string_view text) { return text == "true" || text == "1" || text == "yes"; }

/// Reads a parameter that is an expression. The Error says at which character it goes wrong.
inline Result<Expression> read_expression(std::string_view parameter, std::string_view text) {
  auto expression = parse_expression(text);
  if (!expression) return invalid(parameter, "is no expression: " + expression.error().message);
  return expression;
}

/// Why a text can't be the URL of a callback, or nothing. An empty one switches callbacks off.
inline std::optional<Error> check_url(std::string_view parameter, const std::optional<std::string>& url) {
  if (!url || url->empty() || url->starts_with("https://") || url->starts_with("http://")) return std::nullopt;
  return invalid(parameter, "should be a URL that begins with https:// or http://");
}

/// Why an optional FriendlyName can't be one, or nothing.
inline std::optional<Error> check_friendly_name(const std::optional<std::string>& name) {
  return name ? check_friendly_name(std::string_view{*name}) : std::nullopt;
}

/// A SID in a parameter that names nothing in the workspace.
inline Error names_nothing(std::string_view parameter) { return invalid(parameter, "names nothing in this workspace"); }

}  // namespace taskrouter::emulator

// taskrouter/emulator/instructions.hpp

// What a request or the answer to a callback instructs, as far as TaskRouter's own state goes: nobody is
// called here. Every call is answered and bridged at once, so that no reservation stands on hold, and it
// ends when its task is wrapped up or completed.
// https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks

namespace taskrouter::emulator {

/// What the answer to an assignment callback can instruct. A request can instruct `supervise` as well.
inline constexpr std::array<std::string_view, 6> instruction_names{"accept", "reject",   "dequeue",
                                                                   "call",   "redirect", "conference"};

/// The instruction that a field belongs to, or an empty text for those that say what to do themselves.
constexpr std::string_view owner_of(std::string_view field) {
  if (field == "reservation_status" || field == "worker_activity_sid" || field == "instruction") return "";
  for (const std::string_view name : {"dequeue", "call", "redirect"}) {
    if (field.starts_with(name)) return name;
  }
  return "conference";
}

/// The instruction's name in lower case: Twilio's pages write it in either.
inline std::string instruction_of(const ReservationChange& change) {
  return change.instruction ? Engine::lower_case(*change.instruction) : std::string{};
}

/// Why an instruction does not go with the status that a change sets, or nothing.
inline std::optional<Error> check_only_instruction(const ReservationChange& change) {
  if (!change.reservation_status) return std::nullopt;
  return invalid("Instruction", "contradicts ReservationStatus: give one of them");
}

/// Why the fields of a change do not go together, or nothing.
inline std::optional<Error> check_instruction(const ReservationChange& change) {
  const std::string name = instruction_of(change);
  if (change.instruction) {
    if (auto error = check_only_instruction(change)) return error;
  }
  if (change.instruction &&
      std::find(instruction_names.begin(), instruction_names.end(), name) == instruction_names.end()) {
    return invalid("Instruction", "should be accept, reject, dequeue, call, redirect or conference");
  }
  for (const detail::Field& field : detail::fields_of<ReservationChange>) {
    if (field.type->count(field.in(&change)) == 0) continue;  // All of them are optional or lists.
    const std::string_view owner = owner_of(field.name);
    if (!owner.empty() && owner != name) {
      return invalid(field.wire_name(), "belongs to the instruction " + std::string{owner});
    }
  }
  if (name == "call" && !change.call_from) return missing_parameter("CallFrom");
  if (name == "call" && !change.call_url) return missing_parameter("CallUrl");
  if (name == "redirect" && !change.redirect_call_sid) return missing_parameter("RedirectCallSid");
  if (name == "redirect" && !change.redirect_url) return missing_parameter("RedirectUrl");
  return std::nullopt;
}

/// The status that a change leads to, or none if the reservation stays as it is.
inline std::optional<ReservationStatus> status_after(const ReservationChange& change) {
  if (change.reservation_status) return change.reservation_status->known();
  const std::string name = instruction_of(change);
  if (name == "reject") return ReservationStatus::rejected;
  if (name == "accept" || name == "dequeue" || name == "conference") return ReservationStatus::accepted;
  if (change.call_accept.value_or(false) || change.redirect_accept.value_or(false)) return ReservationStatus::accepted;
  return std::nullopt;
}

/// Where a change sends the worker after the call, if it says so: reservations move nobody where workers
/// have several tasks. The Error says that there is no such activity.
inline Result<const ActivityRecord*> post_work_activity(const ReservationChange& change,
                                                        const WorkspaceRecord& workspace) {
  const bool is_dequeue = change.dequeue_post_work_activity_sid.has_value();
  const auto& sid = is_dequeue ? change.dequeue_post_work_activity_sid : change.post_work_activity_sid;
  const ActivityRecord* activity = sid ? workspace.activities.find(sid->text()) : nullptr;
  if (sid && activity == nullptr) {
    return names_nothing(is_dequeue ? "DequeuePostWorkActivitySid" : "PostWorkActivitySid");
  }
  return workspace.multi_task_enabled ? nullptr : activity;
}

/// Whether an instruction calls the worker, so that the task's attributes get a worker_call_sid.
inline bool calls_worker(const ReservationChange& change) {
  const std::string name = instruction_of(change);
  return name == "dequeue" || name == "call";
}

/// Why an instruction can't be carried out for a task, or nothing: some are about a call that waits.
inline std::optional<Error> check_call(const ReservationChange& change, const TaskRecord& task) {
  const std::string name = instruction_of(change);
  if (name != "dequeue" && name != "conference") return std::nullopt;
  const nlohmann::json attributes = worker_values(*task.attributes);
  if (attributes.contains("call_sid")) return std::nullopt;
  if (name == "dequeue") return refusal(400, 40140, "The instruction dequeue needs a task with the attribute call_sid");
  if (attributes.contains("outbound_to")) return std::nullopt;
  return refusal(400, 40142, "The instruction conference needs a task with the attribute call_sid or outbound_to");
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/pages.hpp

// taskrouter/emulator/order.hpp

// How lists are sorted.

namespace taskrouter::emulator {

/// What a list is sorted by: two keys that the caller chose, and the order of creation.
using SortKey = std::array<std::int64_t, 3>;

/// The order of creation alone.
inline SortKey natural_key(std::uint64_t place) { return {0, 0, static_cast<std::int64_t>(place)}; }

/// A key that a list can be ordered by: its name, and where a record has it.
struct Ordering {
  std::string_view name;
  std::int64_t (*key)(const void* record);
};

/// A key of records of one type, for all.
template <class Record, class Key>
constexpr auto key_of(Key) {
  return +[](const void* record) { return Key{}(*static_cast<const Record*>(record)); };
}

/// How a list is sorted, from the text of its `Ordering` parameter.
class Order {
 public:
  explicit Order(std::span<const Ordering> orderings = {}) : orderings_{orderings} {}

  /// Reads text such as `Priority:desc,DateCreated:asc`. Answers why it is refused, or nothing.
  std::optional<Error> read(const std::optional<std::string>& text) {
    std::string_view rest = text ? std::string_view{*text} : std::string_view{};
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view pair = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      const std::size_t colon = std::min(pair.find(':'), pair.size());
      const std::string_view direction = pair.substr(std::min(colon + 1, pair.size()));
      const Ordering* found = nullptr;
      for (const Ordering& ordering : orderings_) {
        if (ordering.name == pair.substr(0, colon)) found = &ordering;
      }
      if (found == nullptr || size_ == keys_.size() || (direction != "asc" && direction != "desc")) {
        return invalid("Ordering", "should be at most two of " + names() + ", each with :asc or :desc");
      }
      keys_[size_++] = {found->key, direction == "desc"};
    }
    return std::nullopt;
  }

  /// Whether it is the order of creation.
  bool is_natural() const { return size_ == 0; }

  SortKey key(std::uint64_t place, const void* record) const {
    SortKey key = natural_key(place);
    for (std::size_t i = 0; i < size_; ++i) {
      const std::int64_t value = keys_[i].get(record);
      key[i] = keys_[i].is_descending ? -value : value;
    }
    return key;
  }

 private:
  struct Key {
    std::int64_t (*get)(const void*){};
    bool is_descending{};
  };

  std::string names() const {
    std::string text;
    for (const auto& ordering : orderings_) text.append(text.empty() ? "" : ", ").append(ordering.name);
    return text;
  }

  std::span<const Ordering> orderings_;
  std::array<Key, 2> keys_{};
  std::size_t size_{};
};

}  // namespace taskrouter::emulator

// Lists, page by page. A page's token is the sort key of the item it begins after or ends before, so
// that a list can change between two pages without items being skipped or repeated.

namespace taskrouter::emulator {

/// One item of a list before it is cut into pages.
struct Row {
  SortKey key{};
  const void* record{};
};

/// `PA` (after) or `PB` (before) and a sort key: `PA0_0_17`.
inline std::string page_token(std::string_view direction, const SortKey& key) {
  std::string text{direction};
  for (std::size_t i = 0; i < key.size(); ++i) text.append(i == 0 ? "" : "_").append(std::to_string(key[i]));
  return text;
}

inline std::optional<SortKey> read_page_token(std::string_view token) {
  if (!token.starts_with("PA") && !token.starts_with("PB")) return std::nullopt;
  const char* at = token.data() + 2;
  const char* const last = token.data() + token.size();
  SortKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i > 0 && (at == last || *at++ != '_')) return std::nullopt;
    const auto [end, error] = std::from_chars(at, last, key[i]);
    if (error != std::errc{}) return std::nullopt;
    at = end;
  }
  return at == last ? std::optional{key} : std::nullopt;
}

/// The part of a list that a request asks for.
struct PageRequest {
  std::int64_t size{50};
  std::int64_t page{};
  bool is_before{};              ///< Whether the page ends before `key` or begins after it.
  std::optional<SortKey> key{};  ///< None is the beginning of the list.
};

/// The parameters that all lists have.
struct PageParameters {
  std::optional<std::int64_t> size;
  std::optional<std::int64_t> page;
  const std::optional<std::string>& token;
};

inline Result<PageRequest> read_page_request(const PageParameters& parameters) {
  PageRequest wanted{.size = parameters.size.value_or(50), .page = parameters.page.value_or(0)};
  if (wanted.size < 1 || wanted.size > 1000) return invalid("PageSize", "should be 1 to 1000");
  if (wanted.page < 0) return invalid("Page", "should not be negative");
  if (!parameters.token) {
    if (wanted.page > 0) return refusal(400, 40153, "Absolute paging is not supported: use PageToken");
    return wanted;
  }
  wanted.key = read_page_token(*parameters.token);
  wanted.is_before = parameters.token->starts_with("PB");
  if (!wanted.key) return invalid("PageToken", "should come from a next_page_url or previous_page_url");
  return wanted;
}

/// Where the pages of the list at `incoming` are: its own URL but for the page.
class PageUrls {
 public:
  PageUrls(const Incoming& incoming, std::int64_t size) {
    root_.append(incoming.base_url).append(incoming.path).append("?");
    std::string_view rest = incoming.query;
    for (detail::FormPair pair; detail::take_pair(rest, pair);) {
      const std::string name = detail::form_decode(pair.name);
      if (name == "PageSize" || name == "Page" || name == "PageToken") continue;
      root_.append(pair.name).append("=").append(pair.value).append("&");
    }
    root_.append("PageSize=").append(std::to_string(size)).append("&Page=");
  }

  std::string at(std::int64_t page, const std::string& token) const {
    std::string url = root_ + std::to_string(page);
    return token.empty() ? url : url.append("&PageToken=").append(token);
  }

 private:
  std::string root_{};
};

/// What stands on a page, and whether there is more on either side.
struct Cut {
  std::vector<Row> rows{};
  bool has_before{};
  bool has_after{};
};

/// Cuts the page out of `rows`, and sorts no more of them than stand on it.
inline Cut cut_rows(std::vector<Row> rows, const PageRequest& wanted) {
  const bool is_before = wanted.key && wanted.is_before;
  const auto is_nearer = [&](const SortKey& a, const SortKey& b) { return is_before ? b < a : a < b; };
  const auto first = rows.begin();
  auto last = rows.end();
  if (wanted.key) {
    last = std::partition(first, last, [&](const Row& row) { return is_nearer(*wanted.key, row.key); });
  }
  const auto end = first + std::min(static_cast<std::ptrdiff_t>(wanted.size), last - first);
  std::partial_sort(first, end, last, [&](const Row& a, const Row& b) { return is_nearer(a.key, b.key); });
  if (is_before) std::reverse(first, end);
  const bool has_passed = last != rows.end(), has_more = end != last;
  return {{first, end}, is_before ? has_more : has_passed, is_before ? has_passed : has_more};
}

inline PageMeta page_meta(const Cut& cut, const PageRequest& wanted, const std::optional<std::string>& token,
                          const Incoming& incoming, std::string_view key) {
  const PageUrls urls{incoming, wanted.size};
  PageMeta meta{.first_page_url = urls.at(0, ""),
                .key = std::string{key},
                .next_page_url = std::nullopt,
                .page = wanted.page,
                .page_size = wanted.size,
                .previous_page_url = std::nullopt,
                .url = urls.at(wanted.page, token.value_or(""))};
  if (cut.rows.empty()) return meta;
  if (cut.has_after) meta.next_page_url = urls.at(wanted.page + 1, page_token("PA", cut.rows.back().key));
  if (cut.has_before) {
    meta.previous_page_url =
        urls.at(std::max<std::int64_t>(wanted.page - 1, 0), page_token("PB", cut.rows.front().key));
  }
  return meta;
}

/// Whether a record belongs to a list.
using Belongs = Borrowed<bool(const void*)>;
/// Writes a record of a list.
using WriteItem = Borrowed<void(std::string&, const void*)>;

/// Cuts a page out of a table in the order of creation, looking at no more of it than it must.
inline Cut cut_table(const Places& table, const PageRequest& wanted, Belongs belongs) {
  Cut cut;
  const auto collect = [&](std::uint64_t place, const void* record) {
    if (!belongs(record)) return true;
    if (cut.rows.size() == static_cast<std::size_t>(wanted.size)) return false;
    cut.rows.push_back({natural_key(place), record});
    return true;
  };
  const auto start = static_cast<std::uint64_t>(std::max<std::int64_t>(wanted.key ? (*wanted.key)[2] : 0, 0));
  if (wanted.is_before) {
    table.walk_down(start, collect);
    std::reverse(cut.rows.begin(), cut.rows.end());
  } else {
    table.walk_up(start, collect);
  }
  if (cut.rows.empty()) return cut;
  const auto find = [&](bool& found) {
    return [&](std::uint64_t, const void* record) { return !(found = belongs(record)); };
  };
  table.walk_down(static_cast<std::uint64_t>(cut.rows.front().key[2]), find(cut.has_before));
  table.walk_up(static_cast<std::uint64_t>(cut.rows.back().key[2]), find(cut.has_after));
  return cut;
}

/// The page that was cut, as JSON.
inline Answer show_page(const Incoming& incoming, std::string_view key, const PageParameters& parameters,
                        const PageRequest& wanted, const Cut& cut, WriteItem write) {
  Answer answer{.json = "{\"meta\":" + write_json(page_meta(cut, wanted, parameters.token, incoming, key)) + ",\""};
  answer.json.append(key).append("\":[");
  for (const Row& row : cut.rows) {
    if (&row != cut.rows.data()) answer.json.push_back(',');
    write(answer.json, row.record);
  }
  answer.json.append("]}");
  return answer;
}

/// The page that `list` asks for, of records that were collected with their sort keys.
template <class Record, class ListOperation, class Write>
Result<Answer> list_rows(const Incoming& incoming, std::string_view key, const ListOperation& list,
                         std::vector<Row> rows, Write write) {
  const PageParameters parameters{list.page_size, list.page, list.page_token};
  const auto wanted = read_page_request(parameters);
  if (!wanted) return wanted.error();
  return show_page(incoming, key, parameters, *wanted, cut_rows(std::move(rows), *wanted),
                   [&](std::string& out, const void* record) { write(out, *static_cast<const Record*>(record)); });
}

/// The page that `list` asks for, of those records in a table that belong to it, in its order.
inline Result<Answer> list_places(const Incoming& incoming, std::string_view key, const PageParameters& parameters,
                                  const Places& table, const Order& order, Belongs belongs, WriteItem write) {
  const auto wanted = read_page_request(parameters);
  if (!wanted) return wanted.error();
  if (order.is_natural()) {
    return show_page(incoming, key, parameters, *wanted, cut_table(table, *wanted, belongs), write);
  }
  std::vector<Row> rows;
  table.walk_up(0, [&](std::uint64_t place, const void* record) {
    if (belongs(record)) rows.push_back({order.key(place, record), record});
    return true;
  });
  return show_page(incoming, key, parameters, *wanted, cut_rows(std::move(rows), *wanted), write);
}

/// The same, by the types of the records and of the operation.
template <class Record, class ListOperation, class IsListed, class Write>
Result<Answer> list_table(const Incoming& incoming, std::string_view key, const ListOperation& list,
                          const Table<Record>& table, const Order& order, IsListed belongs, Write write) {
  return list_places(
      incoming, key, {list.page_size, list.page, list.page_token}, table.places(), order,
      [&](const void* record) { return belongs(*static_cast<const Record*>(record)); },
      [&](std::string& out, const void* record) { write(out, *static_cast<const Record*>(record)); });
}

}  // namespace taskrouter::emulator

// What requests about reservations do, whether they come by the task or by the worker.

namespace taskrouter::emulator {

/// The reservation a request by the task is about, or null.
template <class Operation>
requires requires(const Operation& operation) { operation.task_sid; }
ReservationRecord* find_reservation(const Exchange& exchange, const Operation& operation) {
  WorkspaceRecord* workspace = exchange.workspace(operation.workspace_sid);
  ReservationRecord* found = workspace == nullptr ? nullptr : workspace->reservations.find(operation.sid.text());
  return found != nullptr && found->task->sid == operation.task_sid ? found : nullptr;
}

/// The reservation a request by the worker is about, or null.
template <class Operation>
requires requires(const Operation& operation) { operation.worker_sid; }
ReservationRecord* find_reservation(const Exchange& exchange, const Operation& operation) {
  WorkspaceRecord* workspace = exchange.workspace(operation.workspace_sid);
  ReservationRecord* found = workspace == nullptr ? nullptr : workspace->reservations.find(operation.sid.text());
  return found != nullptr && found->worker->sid == operation.worker_sid ? found : nullptr;
}

/// Why a reservation can't go to a status from the one it is in, or nothing.
inline std::optional<Error> check_transition(const ReservationRecord& reservation, ReservationStatus to) {
  const ReservationStatus from = reservation.status;
  const auto name = [](ReservationStatus status) { return std::string{OpenEnum{status}.text()}; };
  if (to == ReservationStatus::wrapping || to == ReservationStatus::completed) {
    if (from == ReservationStatus::accepted) return std::nullopt;
    if (to == ReservationStatus::completed && from == ReservationStatus::wrapping) return std::nullopt;
  } else if (to != ReservationStatus::accepted && to != ReservationStatus::rejected) {
    return invalid("ReservationStatus", "can be set to accepted, rejected, wrapping or completed");
  } else if (from == ReservationStatus::pending) {
    return std::nullopt;
  }
  const bool from_pending = to == ReservationStatus::accepted || to == ReservationStatus::rejected;
  const std::string sid{reservation.sid.text()};
  if (from == to) {
    return invalid("Reservation " + sid + " is already in state [" + name(from) + "] and cannot be updated to [" +
                   name(to) + "]");
  }
  std::string message = "Reservation " + sid + " not in expected state [" + (from_pending ? "pending" : "accepted") +
                        "] and cannot be updated to [" + name(to) + "]";
  // Twilio documents a status of the 410 series here, and no message.
  const bool is_gone = from == ReservationStatus::rescinded && to == ReservationStatus::accepted;
  return is_gone ? refusal(410, 20410, std::move(message)) : invalid(std::move(message));
}

inline void go_to(Engine& engine, ReservationRecord& reservation, ReservationStatus status,
                  const ActivityRecord* worker_activity) {
  switch (status) {
    case ReservationStatus::accepted: return engine.accept(reservation);
    case ReservationStatus::rejected: return engine.reject(reservation, worker_activity);
    case ReservationStatus::wrapping: return engine.wrap(*reservation.task);
    case ReservationStatus::completed: return engine.complete(*reservation.task);
    default: return;  // check_transition() lets no other pass.
  }
}

/// Carries out a change of a reservation, all of it or nothing.
inline std::optional<Error> carry_out(Engine& engine, ReservationRecord& reservation, const ReservationChange& change) {
  if (auto error = check_instruction(change)) return error;
  const auto wanted = status_after(change);
  if (change.worker_activity_sid && wanted != ReservationStatus::rejected) {
    return invalid("WorkerActivitySid", "goes with a rejection");
  }
  // Whatever is instructed, the reservation has to be pending.
  if (change.instruction && !wanted) {
    if (auto error = check_transition(reservation, ReservationStatus::accepted)) return error;
  }
  if (!wanted) {
    if (calls_worker(change)) engine.call_worker(*reservation.task);
    return std::nullopt;
  }
  if (auto error = check_transition(reservation, *wanted)) return error;
  if (auto error = check_call(change, *reservation.task)) return error;
  const WorkspaceRecord& workspace = *reservation.task->workspace;
  const ActivityRecord* activity = nullptr;
  if (change.worker_activity_sid) {
    activity = workspace.activities.find(change.worker_activity_sid->text());
    if (activity == nullptr) return names_nothing("WorkerActivitySid");
  }
  const auto post_work = post_work_activity(change, workspace);
  if (!post_work) return post_work.error();
  reservation.post_work = *post_work;
  if (calls_worker(change)) engine.call_worker(*reservation.task);
  go_to(engine, reservation, *wanted, activity);
  return std::nullopt;
}

/// Lets someone listen to the call of a reservation. Nothing changes: there are no calls here. Twilio does
/// not say how it refuses, so that the words are ours.
inline Result<Answer> supervise(const Exchange& exchange, const reservations::Update& update) {
  ReservationRecord* reservation = find_reservation(exchange, update);
  if (reservation == nullptr) return exchange.not_found();
  if (auto error = check_if_match(update.if_match, *reservation)) return *std::move(error);
  ReservationChange others = update.change;
  others.instruction.reset();
  if (auto error = check_instruction(others)) return *std::move(error);
  if (auto error = check_only_instruction(others)) return *std::move(error);
  if (!update.supervisor || update.supervisor->empty()) return missing_parameter("Supervisor");
  const WorkspaceRecord& workspace = *reservation->task->workspace;
  if (WorkerSid{*update.supervisor}.well_formed() && workspace.workers.find(*update.supervisor) == nullptr) {
    return names_nothing("Supervisor");
  }
  if (reservation->status != ReservationStatus::accepted) {
    return invalid("Reservation " + std::string{reservation->sid.text()} +
                   " not in expected state [accepted] and cannot be supervised");
  }
  return show(exchange, *reservation, ReservationOwner::task);
}

/// Carries out a request's change of a reservation.
inline Result<Answer> change_reservation(const Exchange& exchange, ReservationRecord* reservation,
                                         const std::optional<std::string>& if_match, const ReservationChange& change,
                                         ReservationOwner owner) {
  if (reservation == nullptr) return exchange.not_found();
  if (auto error = check_if_match(if_match, *reservation)) return *std::move(error);
  if (auto error = carry_out(exchange.engine, *reservation, change)) return *std::move(error);
  return show(exchange, *reservation, owner);
}

inline Result<Answer> handle(const Exchange& exchange, const reservations::Fetch& fetch) {
  const ReservationRecord* reservation = find_reservation(exchange, fetch);
  if (reservation == nullptr) return exchange.not_found();
  return show(exchange, *reservation, ReservationOwner::task);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_reservations::Fetch& fetch) {
  const ReservationRecord* reservation = find_reservation(exchange, fetch);
  if (reservation == nullptr) return exchange.not_found();
  return show(exchange, *reservation, ReservationOwner::worker);
}

inline Result<Answer> handle(const Exchange& exchange, const reservations::Update& update) {
  if (instruction_of(update.change) == "supervise") return supervise(exchange, update);
  if (update.supervisor || update.supervisor_mode) {
    return invalid(update.supervisor ? "Supervisor" : "SupervisorMode", "belongs to the instruction supervise");
  }
  return change_reservation(exchange, find_reservation(exchange, update), update.if_match, update.change,
                            ReservationOwner::task);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_reservations::Update& update) {
  return change_reservation(exchange, find_reservation(exchange, update), update.if_match, update.change,
                            ReservationOwner::worker);
}

template <class ListOperation>
Result<Answer> list_reservations(const Exchange& exchange, const ListOperation& list, std::vector<Row> rows,
                                 ReservationOwner owner) {
  return list_rows<ReservationRecord>(exchange.incoming, Reservation::plural, list, std::move(rows),
                                      [&, view = exchange.view()](std::string& out, const ReservationRecord& record) {
                                        write(out, record, owner, view);
                                      });
}

inline Result<Answer> handle(const Exchange& exchange, const reservations::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  const TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(list.task_sid.text());
  if (task == nullptr) return exchange.not_found();
  std::vector<Row> rows;
  for (const ReservationRecord* reservation : task->reservations) {
    if (list.reservation_status && !(*list.reservation_status == reservation->status)) continue;
    if (list.worker_sid && !(*list.worker_sid == reservation->worker->sid)) continue;
    rows.push_back({natural_key(reservation->sequence), reservation});
  }
  return list_reservations(exchange, list, std::move(rows), ReservationOwner::task);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_reservations::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  const WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(list.worker_sid.text());
  if (worker == nullptr) return exchange.not_found();
  std::vector<Row> rows;
  for (const ReservationRecord* reservation : worker->reservations) {
    if (list.reservation_status && !(*list.reservation_status == reservation->status)) continue;
    rows.push_back({natural_key(reservation->sequence), reservation});
  }
  return list_reservations(exchange, list, std::move(rows), ReservationOwner::worker);
}

}  // namespace taskrouter::emulator

namespace taskrouter::emulator {

/// The reservation of that SID in whatever workspace, or null.
inline ReservationRecord* find_reservation(Engine& engine, ReservationSid sid) {
  ReservationRecord* found = nullptr;
  engine.store().workspaces.for_each([&](WorkspaceRecord& workspace) {
    if (found == nullptr) found = workspace.reservations.find(sid.text());
  });
  return found;
}

/// Cancels a reservation that neither callback URL could be told of.
inline Result<Nothing> give_up(Engine& engine, ReservationSid sid) {
  ReservationRecord* reservation = find_reservation(engine, sid);
  if (reservation == nullptr) return argument_error("reservation", "there is no such reservation");
  if (auto error = check_transition(*reservation, ReservationStatus::accepted)) return *std::move(error);
  engine.cancel_offer(*reservation);
  return Nothing{};
}

/// Whether an answer to a callback shows that it arrived. A transport that has no answer yet leaves the
/// status 0.
inline bool has_arrived(const Response& answer) {
  return answer.status == 0 || (answer.status >= 200 && answer.status <= 299);
}

/// An instruction as a request would say it.
inline ReservationChange change_of(const Instruction& instruction) {
  ReservationChange change{.instruction = instruction.instruction};
  const auto text = [](const std::string& value) { return value.empty() ? std::nullopt : std::optional{value}; };
  if (instruction.instruction == "reject" && !instruction.activity_sid.empty()) {
    change.worker_activity_sid = instruction.activity_sid;
  } else if (instruction.instruction == "call") {
    change.call_from = text(instruction.from);
    change.call_url = text(instruction.url);
    change.call_accept = instruction.accept;
  } else if (instruction.instruction == "dequeue" && !instruction.post_work_activity_sid.empty()) {
    change.dequeue_post_work_activity_sid = instruction.post_work_activity_sid;
  } else if (instruction.instruction == "conference" && !instruction.post_work_activity_sid.empty()) {
    change.post_work_activity_sid = instruction.post_work_activity_sid;
  } else if (instruction.instruction == "redirect") {
    if (!instruction.call_sid.empty()) change.redirect_call_sid = instruction.call_sid;
    change.redirect_url = text(instruction.url);
    change.redirect_accept = instruction.accept;
  }
  return change;
}

/// Carries out the instruction in the answer to a reservation's callback, if it has one. The Error says
/// why it can't be, and then nothing has changed.
inline Result<Nothing> follow(Engine& engine, ReservationSid sid, const Response& answer) {
  ReservationRecord* reservation = find_reservation(engine, sid);
  if (reservation == nullptr) return argument_error("reservation", "there is no such reservation");
  const auto instruction = read_instruction(answer);
  if (!instruction) return instruction.error();
  const std::string_view name = instruction->instruction;
  if (name.empty()) return Nothing{};
  if (std::find(instruction_names.begin(), instruction_names.end(), name) == instruction_names.end()) {
    return refusal(400, 55555, "the instruction is none of accept, reject, dequeue, call, redirect and conference");
  }
  const auto is_unknown = [&](ActivitySid activity) {
    return !activity.empty() && reservation->task->workspace->activities.find(activity.text()) == nullptr;
  };
  if (name == "reject" && is_unknown(instruction->activity_sid)) {
    return refusal(400, 40100, "the instruction's activity_sid names no activity");
  }
  if ((name == "dequeue" || name == "conference") && is_unknown(instruction->post_work_activity_sid)) {
    return refusal(400, name == "dequeue" ? 40130 : 40143,
                   "the instruction's post_work_activity_sid names no activity");
  }
  if (auto error = carry_out(engine, *reservation, change_of(*instruction))) return *std::move(error);
  return Nothing{};
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/serve.hpp

// taskrouter/emulator/decode.hpp

// From a request's text back to its operation, by the same tables that the client encodes it with,
// read backwards. TaskRouter ignores some mistakes; here every one is refused, so that it is found.

namespace taskrouter::emulator {

/// Whether a Content-Type is of a media type, whatever parameters it has.
inline bool is_media_type(std::string_view content_type, std::string_view wanted) {
  const std::string_view type = content_type.substr(0, wanted.size()), rest = content_type.substr(type.size());
  return same_header_name(type, wanted) && (rest.empty() || rest.front() == ';' || rest.front() == ' ');
}

/// Which of an operation's parameters are required, a bit a field: what is neither optional nor a list.
/// Absent times are the exception: their type is the same, required or not, and no operation requires one.
consteval std::uint64_t required_fields(std::span<const detail::Field> fields) {
  using detail::FieldKind;
  std::uint64_t required = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldKind kind = fields[i].type->kind;
    const bool can_lack = kind == FieldKind::optional || kind == FieldKind::list || kind == FieldKind::timestamp;
    if (!can_lack && fields[i].place == detail::Place::pair) required |= std::uint64_t{1} << i;
  }
  return required;
}

/// What the requests of one operation look like.
struct RequestShape {
  const Route* route;
  Segments pattern;  ///< The route's path.
  std::span<const detail::Field> fields;
  std::uint64_t required;  ///< A bit a field.
};

/// Reads one request into one operation.
class Decoder {
 public:
  Decoder(const RequestShape& shape, void* operation) : shape_{shape}, fields_{shape.fields}, operation_{operation} {}

  /// Why the request is refused, or nothing.
  /// @pre fits(shape.pattern, path)
  std::optional<Error> read(const Incoming& incoming, const Segments& path) {
    if (!read_path(path)) return not_found(incoming.path);
    const Request& request = incoming.request;
    if (fields_.back().place == detail::Place::body) return read_body(request, fields_.back());
    const bool is_form = shape_.route->method == Method::post;
    if (is_form && !incoming.query.empty()) return invalid("a POST takes its parameters in the body, not in the URL");
    if (!is_form && !request.body.empty()) return invalid("parameters belong in the URL: this method takes no body");
    const std::string* type = request.headers.find("Content-Type");
    if (is_form && type != nullptr && !request.body.empty() &&
        !is_media_type(*type, "application/x-www-form-urlencoded")) {
      return invalid("Content-Type should be application/x-www-form-urlencoded");
    }
    if (auto refusal = read_parameters(is_form ? std::string_view{request.body} : incoming.query)) return refusal;
    read_if_match(request.headers);
    return find_missing();
  }

 private:
  /// The fields of the path stand in its order.
  bool read_path(const Segments& path) {
    auto field = fields_.begin();
    for (std::size_t i = 0; i < path.size; ++i) {
      if (!shape_.pattern.texts[i].starts_with('{')) continue;
      while (field->place != detail::Place::path) ++field;
      // What can't be the SID of anything is the SID of nothing: not found.
      const std::string_view segment = decode_segment(path.texts[i], scratch_);
      if (!detail::decode_field(*field++, segment, operation_, detail::Reading::strict).empty()) return false;
    }
    last_ = static_cast<std::size_t>(field - fields_.begin());
    return true;
  }

  std::optional<Error> read_parameters(std::string_view text) {
    std::optional<Error> refusal;
    const std::string problem = detail::for_each_pair(text, {}, [&](const detail::FormPair& pair) {
      refusal = read_parameter(pair);
      return !refusal;
    });
    if (!problem.empty()) return invalid(problem);
    return refusal;
  }

  /// Reads a body that is JSON as a whole, for the one operation that has one.
  std::optional<Error> read_body(const Request& request, const detail::Field& field) {
    const std::string problem = detail::decode_field(field, request.body, operation_, detail::Reading::strict);
    if (problem.empty()) return std::nullopt;
    return invalid("The body", problem);
  }

  /// Where the field of a parameter stands, or how many there are. Who writes them in the fields' order, as the
  /// client does, has each found soon.
  std::size_t find(std::string_view name) {
    std::size_t i = last_ + detail::find_field(fields_.subspan(last_), name);
    if (i == fields_.size()) i = detail::find_field(fields_, name);
    if (i < fields_.size()) last_ = i;
    return i;
  }

  std::optional<Error> read_parameter(const detail::FormPair& pair) {
    std::string_view name = pair.name;
    std::size_t i = find(name);  // No field's name needs to be encoded, so that few are.
    if (i == fields_.size()) i = find(name = detail::form_decode(name, scratch_));
    if (i == fields_.size() || fields_[i].place != detail::Place::pair) {
      return invalid(name, "is not a parameter of " + std::string{shape_.route->name});
    }
    const detail::Field& field = fields_[i];
    const bool is_list = field.type->kind == detail::FieldKind::list;
    if (!is_list && read_ >> i & 1) return invalid(name, "stands there twice");
    read_ |= std::uint64_t{1} << i;
    const std::string_view text = detail::form_decode(pair.value, scratch_);
    const std::string problem = detail::decode_field(field, text, operation_, detail::Reading::strict);
    if (!problem.empty()) return invalid(field.wire_name(), problem);
    return std::nullopt;
  }

  void read_if_match(const Headers& headers) {
    const std::string* value = headers.find("If-Match");
    if (value == nullptr) return;
    const std::size_t i = detail::find_field(fields_, "IfMatch");
    if (i < fields_.size()) *static_cast<std::optional<std::string>*>(fields_[i].in(operation_)) = *value;
  }

  std::optional<Error> find_missing() const {
    for (std::uint64_t left = shape_.required; left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      const detail::Field& field = fields_[i];
      const bool is_text = field.type->kind == detail::FieldKind::text;
      if ((read_ >> i & 1) != 0 && !(is_text && static_cast<const std::string*>(field.in(operation_))->empty())) {
        continue;
      }
      return missing_parameter(field.wire_name(),
                               shape_.route->method == Method::post ? "in the post body" : "in the query");
    }
    return std::nullopt;
  }

  const RequestShape& shape_;
  std::span<const detail::Field> fields_;
  void* operation_;
  std::string scratch_{};  // Holds what had to be decoded.
  std::size_t last_{};     // Where the last parameter's field stands.
  std::uint64_t read_{};   // A bit a field.
};

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_activities.hpp

// taskrouter/emulator/template.hpp

// What a new workspace holds.

namespace taskrouter::emulator {

inline ActivityRecord& add_activity(Engine& engine, WorkspaceRecord& workspace, std::string_view name, bool available) {
  ActivityRecord& activity = engine.add(workspace.activities);
  activity.friendly_name = name;
  activity.available = available;
  engine.log().activity(EventType::activity_created, workspace, activity);
  return activity;
}

inline TaskQueueRecord& add_queue(Engine& engine, WorkspaceRecord& workspace, std::string_view name,
                                  std::string_view target_workers) {
  TaskQueueRecord& queue = engine.add(workspace.task_queues);
  queue.friendly_name = name;
  queue.target_workers = target_workers;
  if (auto expression = parse_expression(target_workers)) queue.expression = *std::move(expression);
  Lines{workspace}.bind(queue);
  engine.log().task_queue(EventType::task_queue_created, workspace, queue);
  return queue;
}

/// A workflow that leads every task to one queue.
inline WorkflowRecord& add_workflow(Engine& engine, WorkspaceRecord& workspace, std::string_view name,
                                    const TaskQueueRecord& queue) {
  WorkflowRecord& workflow = engine.add(workspace.workflows);
  workflow.friendly_name = name;
  workflow.configuration =
      Text{R"({"task_routing":{"filters":[],"default_filter":{"queue":")" + std::string{queue.sid.text()} + "\"}}}"};
  if (auto routing = RoutingReader{workspace}.read(*workflow.configuration)) workflow.routing = *std::move(routing);
  engine.log().workflow(EventType::workflow_created, workspace, workflow);
  return workflow;
}

inline void add_task_channels(Engine& engine, WorkspaceRecord& workspace) {
  constexpr std::pair<std::string_view, std::string_view> channels[] = {
      {"default", "Default"}, {"voice", "Voice"}, {"chat", "Programmable Chat"}, {"sms", "SMS"}, {"video", "Video"}};
  for (const auto& [unique_name, friendly_name] : channels) {
    TaskChannelRecord& channel = engine.add(workspace.task_channels);
    channel.unique_name = unique_name;
    channel.friendly_name = friendly_name;
  }
}

/// What every new workspace has, whatever its template: three activities and five task channels.
inline void fill_workspace(Engine& engine, WorkspaceRecord& workspace) {
  workspace.default_activity = workspace.timeout_activity = &add_activity(engine, workspace, "Offline", false);
  add_activity(engine, workspace, "Available", true);
  add_activity(engine, workspace, "Unavailable", false);
  add_task_channels(engine, workspace);
}

/// What the template FIFO adds.
inline void add_first_queue(Engine& engine, WorkspaceRecord& workspace) {
  const TaskQueueRecord& queue = add_queue(engine, workspace, "Sample Queue", "1==1");
  add_workflow(engine, workspace, "Default Fifo Workflow", queue);
}

}  // namespace taskrouter::emulator

// What requests about activities do.

namespace taskrouter::emulator {

/// How many activities a workspace can have.
inline constexpr std::size_t activity_count_limit = 100;

inline Result<Answer> handle(const Exchange& exchange, const activities::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (workspace->activities.size() >= activity_count_limit) return invalid("A workspace can have 100 activities");
  const bool available = create.available.value_or(false);
  return show(exchange, add_activity(exchange.engine, *workspace, create.friendly_name, available), workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const activities::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const ActivityRecord* activity = workspace == nullptr ? nullptr : workspace->activities.find(fetch.sid.text());
  if (activity == nullptr) return exchange.not_found();
  return show(exchange, *activity, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const activities::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  const auto belongs = [&](const ActivityRecord& activity) {
    return (!list.friendly_name || *list.friendly_name == activity.friendly_name) &&
           (!list.available || says_yes(*list.available) == activity.available);
  };
  return list_table(exchange.incoming, Activity::plural, list, workspace->activities, Order{}, belongs,
                    [&, view = exchange.view()](std::string& out, const ActivityRecord& activity) {
                      write(out, activity, workspace->sid, view);
                    });
}

inline Result<Answer> handle(const Exchange& exchange, const activities::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  ActivityRecord* activity = workspace == nullptr ? nullptr : workspace->activities.find(update.sid.text());
  if (activity == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  if (update.friendly_name) activity->friendly_name = *update.friendly_name;
  exchange.engine.touch(*activity);
  Lines lines{*workspace};
  workspace->workers.for_each([&](WorkerRecord& worker) {
    if (worker.activity == activity) lines.bind(worker);
  });
  exchange.engine.log().activity(EventType::activity_updated, *workspace, *activity);
  return show(exchange, *activity, workspace->sid);
}

/// Twilio does not say what keeps an activity from being deleted: here everything that refers to it.
inline Result<Answer> handle(const Exchange& exchange, const activities::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  ActivityRecord* activity = workspace == nullptr ? nullptr : workspace->activities.find(remove.sid.text());
  if (activity == nullptr) return exchange.not_found();
  const std::string cannot = "Cannot delete activity " + std::string{activity->sid.text()} + " because ";
  if (activity == workspace->default_activity || activity == workspace->timeout_activity) {
    return invalid(cannot + "it is the workspace's default or timeout activity.");
  }
  if (activity->workers > 0) return invalid(cannot + "workers are in it.");
  const auto refers = [&](const TaskQueueRecord& queue) {
    return queue.reservation_activity == activity || queue.assignment_activity == activity;
  };
  if (workspace->task_queues.find_if(refers) != nullptr) return invalid(cannot + "a task queue refers to it.");
  workspace->task_queues.for_each([&](TaskQueueRecord& queue) { queue.workers_by_activity.erase(activity); });
  exchange.engine.log().activity(EventType::activity_deleted, *workspace, *activity);
  workspace->activities.bury(*activity, exchange.engine.now());
  return Answer{};
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_events.hpp

// taskrouter/emulator/statistics.hpp

// Statistics, counted from the journal and the records: what happened costs the events of the time
// asked for, how things stand the tasks of the workspace.
// https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics

namespace taskrouter::emulator {

/// The stretch of time that a request is about, both ends included.
struct Span {
  Instant from{};
  Instant to{};
};

/// What statistics are about: those of everything that is set.
struct Scope {
  const TaskQueueRecord* queue{};
  const WorkflowRecord* workflow{};
  const TaskChannelRecord* channel{};
  std::vector<const WorkerRecord*> workers{};  ///< Oldest first. Looked at if `is_of_workers`.
  bool is_of_workers{};

  template <class Described>
  bool has(const Described& one) const {
    return (queue == nullptr || queue == one.queue) && (workflow == nullptr || workflow == one.workflow) &&
           (channel == nullptr || channel == one.channel) &&
           (!is_of_workers || (one.worker != nullptr && has_worker(*one.worker)));
  }

 private:
  bool has_worker(const WorkerRecord& worker) const {
    const auto is_older = [](const WorkerRecord* a, std::uint64_t sequence) { return a->sequence < sequence; };
    const auto at = std::lower_bound(workers.begin(), workers.end(), worker.sequence, is_older);
    return at != workers.end() && *at == &worker;
  }
};

/// Some durations, in seconds.
struct Durations {
  std::int64_t count{}, total{}, least{}, most{};

  void add(std::int64_t seconds) {
    least = count == 0 ? seconds : std::min(least, seconds);
    most = count == 0 ? seconds : std::max(most, seconds);
    total += seconds;
    ++count;
  }
  std::int64_t average() const { return count == 0 ? 0 : total / count; }

  /// Without the braces.
  std::string text() const {
    return "\"avg\":" + std::to_string(average()) + ",\"min\":" + std::to_string(least) +
           ",\"max\":" + std::to_string(most) + ",\"total\":" + std::to_string(total);
  }
  std::string json() const { return '{' + text() + '}'; }
};

/// How many tasks ended on one side of a waiting time.
struct Split {
  std::int64_t canceled{}, accepted{};

  std::string text() const {
    return "{\"tasks_canceled\":" + std::to_string(canceled) +
           ",\"reservations_accepted\":" + std::to_string(accepted) + '}';
  }
};

/// What happened in a stretch of time.
struct Happened {
  std::array<std::int64_t, event_type_names.size()> events{};
  Durations until_accepted{}, until_canceled{}, in_queue_until_accepted{};
  std::map<std::int64_t, std::pair<Split, Split>> splits{};  ///< By seconds: above, and below or equal.

  std::int64_t of(EventType type) const { return events[static_cast<std::size_t>(type)]; }

  std::string split_json() const {
    std::string json;
    for (const auto& [seconds, split] : splits) {
      json.append(json.empty() ? "{\"" : ",\"").append(std::to_string(seconds)).append("\":{\"above\":");
      json.append(split.first.text()).append(",\"below\":").append(split.second.text()).push_back('}');
    }
    return json.empty() ? "{}" : json + '}';
  }
};

/// Counts the events of a scope. `splits` are the waiting times that are asked for.
inline Happened count_events(const WorkspaceRecord& workspace, const Scope& scope, const Span& span,
                             const std::vector<std::int64_t>& splits) {
  Happened happened;
  for (const std::int64_t seconds : splits) happened.splits[seconds];
  const auto& events = workspace.journal.events();
  for (std::size_t i = workspace.journal.from(span.from); i < events.size() && events[i].time <= span.to; ++i) {
    const EventRecord& event = events[i];
    if (!scope.has(event)) continue;
    ++happened.events[static_cast<std::size_t>(event.type)];
    const bool is_accepted = event.type == EventType::reservation_accepted;
    if (!is_accepted && event.type != EventType::task_canceled) continue;
    const std::int64_t waited = seconds_between(event.task_created, event.time);
    (is_accepted ? happened.until_accepted : happened.until_canceled).add(waited);
    if (is_accepted) happened.in_queue_until_accepted.add(seconds_between(event.queue_entered, event.time));
    for (auto& [seconds, split] : happened.splits) {
      Split& side = waited > seconds ? split.first : split.second;
      ++(is_accepted ? side.accepted : side.canceled);
    }
  }
  return happened;
}

/// How the tasks of a scope stand.
struct Standing {
  std::array<std::int64_t, 6> by_status{};
  std::map<std::int64_t, std::int64_t> by_priority{};
  std::int64_t total{};
  const TaskRecord* oldest{};            ///< Of the pending ones, by creation.
  const TaskRecord* longest_in_queue{};  ///< Of the pending ones, by the time they entered their queue.

  std::string status_json() const {
    std::string json = "{";
    for (const TaskStatus status :
         {TaskStatus::pending, TaskStatus::reserved, TaskStatus::assigned, TaskStatus::wrapping}) {
      json.append(json.size() > 1 ? ",\"" : "\"").append(OpenEnum{status}.text()).append("\":");
      json.append(std::to_string(by_status[static_cast<std::size_t>(status)]));
    }
    return json + '}';
  }
  std::string priority_json() const {
    std::string json = "{";
    for (const auto& [priority, count] : by_priority) {
      json.append(json.size() > 1 ? ",\"" : "\"").append(std::to_string(priority)).append("\":");
      json.append(std::to_string(count));
    }
    return json + '}';
  }
};

inline Standing count_tasks(const WorkspaceRecord& workspace, const Scope& scope) {
  struct Seen {
    const TaskQueueRecord* queue;
    const WorkflowRecord* workflow;
    const TaskChannelRecord* channel;
    const WorkerRecord* worker;
  };
  Standing standing;
  workspace.tasks.for_each([&](const TaskRecord& task) {
    const bool is_over = task.status == TaskStatus::completed || task.status == TaskStatus::canceled;
    if (is_over || !scope.has(Seen{task.task_queue, task.workflow, task.task_channel, nullptr})) return;
    ++standing.total;
    ++standing.by_status[static_cast<std::size_t>(task.status)];
    if (task.status == TaskStatus::pending || task.status == TaskStatus::reserved)
      ++standing.by_priority[task.priority];
    if (task.status != TaskStatus::pending) return;
    if (standing.oldest == nullptr || task.created < standing.oldest->created) standing.oldest = &task;
    const TaskRecord* longest = standing.longest_in_queue;
    if (longest == nullptr || task.queue_entered < longest->queue_entered) standing.longest_in_queue = &task;
  });
  return standing;
}

/// How many workers are in each activity. `count` says it for one.
inline std::string activity_statistics(const WorkspaceRecord& workspace,
                                       Borrowed<std::int64_t(const ActivityRecord&)> count) {
  std::string json = "[";
  workspace.activities.for_each([&](const ActivityRecord& activity) {
    json.append(json.size() > 1 ? ",{\"friendly_name\":" : "{\"friendly_name\":");
    detail::write_json_string(json, activity.friendly_name);
    json.append(",\"sid\":\"").append(activity.sid.text()).append("\",\"workers\":");
    json.append(std::to_string(count(activity))).push_back('}');
  });
  return json + ']';
}

/// How long workers were in each activity, seconds within a stretch of time.
inline std::string activity_durations(const WorkspaceRecord& workspace, const Scope& scope, const Span& span,
                                      Instant now) {
  std::map<const ActivityRecord*, Durations> durations;
  const auto note = [&](const ActivityRecord* activity, Instant from, Instant to) {
    from = std::max(from, span.from);
    to = std::min(to, span.to);
    if (from < to) durations[activity].add(seconds_between(from, to));
  };
  // A move says how long what it ended had lasted.
  const auto& events = workspace.journal.events();
  for (std::size_t i = workspace.journal.from(span.from); i < events.size(); ++i) {
    const EventRecord& event = events[i];
    if (event.type != EventType::worker_activity_update || !scope.has(event)) continue;
    note(event.previous_activity, event.time - std::chrono::milliseconds{event.number}, event.time);
  }
  for (const WorkerRecord* worker : scope.workers) note(worker->activity, worker->status_changed, now);
  std::string json = "[";
  workspace.activities.for_each([&](const ActivityRecord& activity) {
    json.append(json.size() > 1 ? ",{" : "{").append(durations[&activity].text()).append(",\"sid\":\"");
    json.append(activity.sid.text()).append("\",\"friendly_name\":");
    detail::write_json_string(json, activity.friendly_name);
    json.push_back('}');
  });
  return json + ']';
}

}  // namespace taskrouter::emulator

// What requests about events do.

namespace taskrouter::emulator {

/// The last 15 minutes, unless the request says otherwise.
inline Result<Span> read_span(const Exchange& exchange, const std::optional<std::int64_t>& minutes,
                              const std::optional<Timestamp>& start, const std::optional<Timestamp>& end) {
  const Instant now = exchange.engine.now();
  if (auto error = check_range("Minutes", minutes, 1, 43'200)) return *std::move(error);
  if (minutes && start) return invalid("Minutes", "contradicts StartDate: give one of them");
  Span span{now - std::chrono::minutes{minutes.value_or(15)}, now};
  if (end) span.to = std::min<Instant>(*end + std::chrono::milliseconds{999}, now);
  if (end && !start) span.from = span.to - std::chrono::minutes{minutes.value_or(15)};
  if (start) span.from = *start;
  if (span.from > span.to) return invalid("EndDate", "should not lie before StartDate");
  return span;
}

inline bool is_listed(const events::List& list, const WorkspaceRecord& workspace, const EventRecord& event) {
  const auto is_of = [](const auto& wanted, const auto* record) {
    return !wanted || (record != nullptr && record->sid == *wanted);
  };
  return (!list.event_type || *list.event_type == name_of(event.type)) &&
         (!list.reservation_sid || SidDigits{list.reservation_sid->text()} == event.reservation) &&
         (!list.task_sid || SidDigits{list.task_sid->text()} == event.task) && is_of(list.worker_sid, event.worker) &&
         is_of(list.task_queue_sid, event.queue) && is_of(list.workflow_sid, event.workflow) &&
         (!list.task_channel || (event.channel != nullptr && (*list.task_channel == event.channel->unique_name ||
                                                              *list.task_channel == event.channel->sid.text()))) &&
         (!list.sid || *list.sid == event_sid(workspace, event));
}

inline Result<Answer> handle(const Exchange& exchange, const events::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const EventRecord* event = workspace == nullptr ? nullptr : find_event(*workspace, fetch.sid);
  if (event == nullptr) return exchange.not_found();
  return show(exchange, *workspace, *event);
}

/// Twilio does not say in which order events are listed: here the newest come first.
inline Result<Answer> handle(const Exchange& exchange, const events::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  const auto span = read_span(exchange, list.minutes, list.start_date, list.end_date);
  if (!span) return span.error();
  if (list.event_type) {
    const bool is_type =
        std::find(event_type_names.begin(), event_type_names.end(), *list.event_type) != event_type_names.end();
    if (!is_type) return invalid("EventType", "should be a type of events such as task.created");
  }
  std::vector<Row> rows;
  const auto& events = workspace->journal.events();
  for (std::size_t i = workspace->journal.from(span->from); i < events.size() && events[i].time <= span->to; ++i) {
    if (is_listed(list, *workspace, events[i])) {
      rows.push_back({{0, 0, -static_cast<std::int64_t>(events[i].sequence)}, &events[i]});
    }
  }
  return list_rows<EventRecord>(
      exchange.incoming, Event::plural, list, std::move(rows),
      [&, view = exchange.view()](std::string& out, const EventRecord& event) { write(out, *workspace, event, view); });
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_task_channels.hpp

// What requests about task channels and workers' channels do.

namespace taskrouter::emulator {

/// The channel with that SID or unique name, or null.
inline TaskChannelRecord* find_task_channel(WorkspaceRecord& workspace, std::string_view name) {
  if (TaskChannelRecord* channel = workspace.task_channels.find(name)) return channel;
  TaskChannelRecord* found = nullptr;
  workspace.task_channels.for_each([&](TaskChannelRecord& channel) {
    if (channel.unique_name == name) found = &channel;
  });
  return found;
}

inline std::optional<Error> check_unique_name(std::string_view name) {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  };
  if (!name.empty() && name.size() <= 64 && !(name[0] >= '0' && name[0] <= '9') &&
      std::all_of(name.begin(), name.end(), is_good)) {
    return std::nullopt;
  }
  return invalid("UniqueName", "should be up to 64 letters, digits, _ and $, and not begin with a digit");
}

inline Result<Answer> handle(const Exchange& exchange, const task_channels::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (auto error = check_unique_name(create.unique_name)) return *std::move(error);
  if (find_task_channel(*workspace, create.unique_name) != nullptr) {
    return invalid("TaskChannel with the same unique name already exists");
  }
  TaskChannelRecord& channel = exchange.engine.add(workspace->task_channels);
  channel.friendly_name = create.friendly_name;
  channel.unique_name = create.unique_name;
  channel.channel_optimized_routing = create.channel_optimized_routing.value_or(false);
  workspace->workers.for_each([&](WorkerRecord& worker) { exchange.engine.add_channel(worker, channel); });
  exchange.engine.log().task_channel(EventType::task_channel_created, *workspace, channel);
  return show(exchange, channel, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const task_channels::Fetch& fetch) {
  WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const TaskChannelRecord* channel = workspace == nullptr ? nullptr : find_task_channel(*workspace, fetch.sid);
  if (channel == nullptr) return exchange.not_found();
  return show(exchange, *channel, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const task_channels::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  return list_table(
      exchange.incoming, TaskChannel::plural, list, workspace->task_channels, Order{},
      [](const TaskChannelRecord&) { return true; },
      [&, view = exchange.view()](std::string& out, const TaskChannelRecord& channel) {
        write(out, channel, workspace->sid, view);
      });
}

inline Result<Answer> handle(const Exchange& exchange, const task_channels::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  TaskChannelRecord* channel = workspace == nullptr ? nullptr : find_task_channel(*workspace, update.sid);
  if (channel == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  if (update.friendly_name) channel->friendly_name = *update.friendly_name;
  if (update.channel_optimized_routing) channel->channel_optimized_routing = *update.channel_optimized_routing;
  exchange.engine.touch(*channel);
  Lines lines{*workspace};
  workspace->workers.for_each([&](WorkerRecord& worker) { lines.refresh(worker); });
  exchange.engine.log().task_channel(EventType::task_channel_updated, *workspace, *channel);
  return show(exchange, *channel, workspace->sid);
}

/// Twilio does not say what keeps a channel from being deleted: here its tasks, and that tasks without
/// a channel are given the default one.
inline Result<Answer> handle(const Exchange& exchange, const task_channels::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  TaskChannelRecord* channel = workspace == nullptr ? nullptr : find_task_channel(*workspace, remove.sid);
  if (channel == nullptr) return exchange.not_found();
  const std::string cannot = "Cannot delete task channel " + std::string{channel->sid.text()} + " because ";
  if (channel->unique_name == "default") return invalid(cannot + "it is the default one.");
  const auto holds = [&](const WorkerRecord& worker) {
    return std::any_of(worker.channels.begin(), worker.channels.end(),
                       [&](const auto& own) { return own.channel == channel && own.load > 0; });
  };
  if (channel->tasks > 0 || workspace->workers.find_if(holds) != nullptr) return invalid(cannot + "it has tasks.");
  Lines{*workspace}.drop_empty(channel);
  workspace->workers.for_each([&](WorkerRecord& worker) {
    worker.channels.remove_if([&](const WorkerChannelRecord& own) { return own.channel == channel; });
  });
  exchange.engine.log().task_channel(EventType::task_channel_deleted, *workspace, *channel);
  workspace->task_channels.bury(*channel, exchange.engine.now());
  return Answer{};
}

/// The worker of a request about a worker's channel, or null.
template <class Operation>
WorkerRecord* find_worker(const Exchange& exchange, const Operation& operation) {
  WorkspaceRecord* workspace = exchange.workspace(operation.workspace_sid);
  return workspace == nullptr ? nullptr : workspace->workers.find(operation.worker_sid.text());
}

/// A worker's channel by its own SID, or by the SID or the unique name of its task channel; or null.
inline WorkerChannelRecord* find_worker_channel(WorkerRecord* worker, std::string_view name) {
  if (worker == nullptr) return nullptr;
  for (WorkerChannelRecord& own : worker->channels) {
    if (own.sid.text() == name || own.channel->unique_name == name || own.channel->sid.text() == name) return &own;
  }
  return nullptr;
}

inline Result<Answer> handle(const Exchange& exchange, const worker_channels::Fetch& fetch) {
  WorkerRecord* worker = find_worker(exchange, fetch);
  const WorkerChannelRecord* channel = find_worker_channel(worker, fetch.sid);
  if (channel == nullptr) return exchange.not_found();
  return show(exchange, *channel, *worker);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_channels::List& list) {
  const WorkerRecord* worker = find_worker(exchange, list);
  if (worker == nullptr) return exchange.not_found();
  std::vector<Row> rows;
  for (const WorkerChannelRecord& own : worker->channels) rows.push_back({natural_key(own.sequence), &own});
  return list_rows<WorkerChannelRecord>(exchange.incoming, WorkerChannel::plural, list, std::move(rows),
                                        [&, view = exchange.view()](std::string& out, const WorkerChannelRecord& own) {
                                          write(out, own, *worker, view);
                                        });
}

inline Result<Answer> handle(const Exchange& exchange, const worker_channels::Update& update) {
  WorkerRecord* worker = find_worker(exchange, update);
  WorkerChannelRecord* channel = find_worker_channel(worker, update.sid);
  if (channel == nullptr) return exchange.not_found();
  if (auto error = check_range("Capacity", update.capacity, 0, 2147483647)) return *std::move(error);
  const std::int64_t capacity = channel->capacity;
  const bool was_available = channel->available;
  channel->capacity = update.capacity.value_or(capacity);
  channel->available = update.available.value_or(was_available);
  exchange.engine.touch(*channel);
  Lines{*worker->workspace}.refresh(*worker);
  EventLog& log = exchange.engine.log();
  // Each event is a new version of the worker: Twilio's JavaScript SDK counts them so.
  if (channel->capacity != capacity) {
    ++worker->revision;
    log.worker_channel(EventType::worker_capacity_update, *worker, *channel, capacity);
  }
  if (channel->available != was_available) {
    ++worker->revision;
    log.worker_channel(EventType::worker_channel_availability_update, *worker, *channel, capacity);
  }
  return show(exchange, *channel, *worker);
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_task_list.hpp

// Which tasks a list of tasks has, and in which order.

namespace taskrouter::emulator {

inline constexpr std::array<Ordering, 3> task_orderings{{
    {"DateCreated", key_of<TaskRecord>([](const TaskRecord& task) { return to_milliseconds(task.created); })},
    {"Priority", key_of<TaskRecord>([](const TaskRecord& task) { return task.priority; })},
    {"VirtualStartTime", key_of<TaskRecord>([](const TaskRecord& task) {
       return std::int64_t{task.virtual_start_time.time_since_epoch().count()};
     })},
}};

/// The statuses that a list asks for: the parameter may be repeated, and may hold several with commas.
inline Result<std::vector<TaskStatus>> read_statuses(const std::vector<std::string>& texts) {
  std::vector<TaskStatus> statuses;
  for (const std::string& text : texts) {
    for (std::string_view rest = text;;) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const auto status = OpenEnum<TaskStatus>::from_text(rest.substr(0, comma)).known();
      if (!status) {
        return invalid("AssignmentStatus", "should be pending, reserved, assigned, canceled, completed or wrapping");
      }
      statuses.push_back(*status);
      if (comma == rest.size()) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return statuses;
}

/// Whether a task's workflow or queue is the one a list asks for. A task may have none.
template <class Record, class RecordSid>
bool is_called(const Record* record, const std::optional<RecordSid>& sid, const std::optional<std::string>& name) {
  if (record == nullptr) return !sid && !name;
  return (!sid || *sid == record->sid) && (!name || *name == record->friendly_name);
}

inline bool is_listed(const tasks::List& list, const std::vector<TaskStatus>& statuses, const TaskRecord& task) {
  return (statuses.empty() || std::find(statuses.begin(), statuses.end(), task.status) != statuses.end()) &&
         (!list.priority || *list.priority == task.priority) &&
         is_called(task.workflow, list.workflow_sid, list.workflow_name) &&
         is_called(task.task_queue, list.task_queue_sid, list.task_queue_name) &&
         (!list.routing_target || (task.routing_target && *list.routing_target == *task.routing_target)) &&
         !list.has_addons.value_or(false);  // No task here has add-ons.
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  std::optional<Expression> expression;
  if (list.evaluate_task_attributes) {
    auto read = read_expression("EvaluateTaskAttributes", *list.evaluate_task_attributes);
    if (!read) return read.error();
    expression = *std::move(read);
  }
  const auto statuses = read_statuses(list.assignment_status);
  if (!statuses) return statuses.error();
  Order order{task_orderings};
  if (auto error = order.read(list.ordering)) return *std::move(error);
  const auto orders_by = [&](std::string_view name) {
    return list.ordering && list.ordering->find(name) != std::string::npos;
  };
  if (orders_by("DateCreated") && orders_by("VirtualStartTime")) {
    return invalid("Ordering", "can't have both DateCreated and VirtualStartTime");
  }
  const auto belongs = [&](const TaskRecord& task) {
    if (!is_listed(list, *statuses, task)) return false;
    if (!expression) return true;
    const nlohmann::json values = worker_values(*task.attributes);
    return expression->matches({.attributes = &values});
  };
  return list_table(exchange.incoming, Task::plural, list, workspace->tasks, order, belongs,
                    [view = exchange.view()](std::string& out, const TaskRecord& task) { write(out, task, view); });
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_task_queues.hpp

// What requests about task queues do.

namespace taskrouter::emulator {

/// How many queues a workspace can have.
inline constexpr std::size_t queue_count_limit = 5000;

/// What a request says about a queue, checked.
struct QueueChange {
  std::optional<Expression> expression{};
  const ActivityRecord* reservation_activity{};
  const ActivityRecord* assignment_activity{};
};

/// Checks what creating and updating a queue have in common.
template <class Operation>
Result<QueueChange> check_queue(const WorkspaceRecord& workspace, const Operation& operation) {
  QueueChange change;
  if (operation.target_workers && !operation.target_workers->empty()) {
    auto expression = read_expression("TargetWorkers", *operation.target_workers);
    if (!expression) return expression.error();
    change.expression = *std::move(expression);
  }
  if (auto error = check_range("MaxReservedWorkers", operation.max_reserved_workers, 1, 50)) return *std::move(error);
  if (operation.reservation_activity_sid) {
    change.reservation_activity = workspace.activities.find(operation.reservation_activity_sid->text());
    if (change.reservation_activity == nullptr) return names_nothing("ReservationActivitySid");
  }
  if (operation.assignment_activity_sid) {
    change.assignment_activity = workspace.activities.find(operation.assignment_activity_sid->text());
    if (change.assignment_activity == nullptr) return names_nothing("AssignmentActivitySid");
  }
  return change;
}

inline void note_queue_expressions(WorkspaceRecord& workspace) {
  workspace.queues_read_activity = workspace.task_queues.find_if([](const TaskQueueRecord& queue) {
    return queue.expression && reads_changes(*queue.expression, "");
  }) != nullptr;
}

/// Gives a queue what a request says, if it says anything.
template <class Operation>
void change_queue(WorkspaceRecord& workspace, TaskQueueRecord& queue, const Operation& operation,
                  QueueChange&& change) {
  if (change.reservation_activity != nullptr) queue.reservation_activity = change.reservation_activity;
  if (change.assignment_activity != nullptr) queue.assignment_activity = change.assignment_activity;
  if (operation.max_reserved_workers) queue.max_reserved_workers = *operation.max_reserved_workers;
  Lines lines{workspace};
  if (operation.task_order) {
    queue.task_order = *operation.task_order->known();
    lines.reorder(queue);
  }
  if (operation.target_workers) {
    queue.target_workers = *operation.target_workers;
    queue.expression = std::move(change.expression);
    lines.bind(queue);
    note_queue_expressions(workspace);
  }
}

inline Result<Answer> handle(const Exchange& exchange, const task_queues::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (workspace->task_queues.size() >= queue_count_limit) return invalid("A workspace can have 5000 task queues");
  auto change = check_queue(*workspace, create);
  if (!change) return change.error();
  TaskQueueRecord& queue =
      add_queue(exchange.engine, *workspace, create.friendly_name, create.target_workers.value_or("1==1"));
  change_queue(*workspace, queue, create, *std::move(change));
  return show(exchange, queue, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const task_queues::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const TaskQueueRecord* queue = workspace == nullptr ? nullptr : workspace->task_queues.find(fetch.sid.text());
  if (queue == nullptr) return exchange.not_found();
  return show(exchange, *queue, workspace->sid);
}

inline constexpr std::array<Ordering, 2> queue_orderings{{
    {"DateCreated", key_of<TaskQueueRecord>([](const auto& queue) { return to_milliseconds(queue.created); })},
    {"DateUpdated", key_of<TaskQueueRecord>([](const auto& queue) { return to_milliseconds(queue.updated); })},
}};

inline Result<Answer> handle(const Exchange& exchange, const task_queues::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  std::optional<nlohmann::json> values;
  if (list.evaluate_worker_attributes) {
    if (!is_json(*list.evaluate_worker_attributes)) return invalid("EvaluateWorkerAttributes", "should be JSON");
    values = worker_values(*list.evaluate_worker_attributes);
  }
  const WorkerRecord* worker = nullptr;
  if (list.worker_sid) {
    worker = workspace->workers.find(list.worker_sid->text());
    if (worker == nullptr) return names_nothing("WorkerSid");
  }
  Order order{queue_orderings};
  if (auto error = order.read(list.ordering)) return *std::move(error);
  const auto belongs = [&](const TaskQueueRecord& queue) {
    return (!list.friendly_name || *list.friendly_name == queue.friendly_name) && (!values || takes(queue, *values)) &&
           (worker == nullptr || serves(*worker, queue));
  };
  return list_table(exchange.incoming, TaskQueue::plural, list, workspace->task_queues, order, belongs,
                    [&, view = exchange.view()](std::string& out, const TaskQueueRecord& queue) {
                      write(out, queue, workspace->sid, view);
                    });
}

inline Result<Answer> handle(const Exchange& exchange, const task_queues::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  TaskQueueRecord* queue = workspace == nullptr ? nullptr : workspace->task_queues.find(update.sid.text());
  if (queue == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  auto change = check_queue(*workspace, update);
  if (!change) return change.error();
  if (update.friendly_name) queue->friendly_name = *update.friendly_name;
  change_queue(*workspace, *queue, update, *std::move(change));
  exchange.engine.touch(*queue);
  if (update.target_workers) {
    exchange.engine.log().task_queue(EventType::task_queue_expression_updated, *workspace, *queue);
  }
  return show(exchange, *queue, workspace->sid);
}

/// Whether a workflow, or a task that goes by an earlier version of it, leads to a queue.
inline bool leads_to(const WorkflowRecord& workflow, const TaskQueueRecord& queue) {
  const auto refers = [&](const Routing& routing) {
    for (const Filter& filter : routing.filters) {
      for (const Target& target : filter.targets) {
        if (target.queue == &queue) return true;
      }
    }
    return false;
  };
  if (refers(*workflow.routing)) return true;
  return std::any_of(workflow.earlier.begin(), workflow.earlier.end(), [&](const auto& earlier) {
    const auto routing = earlier.lock();
    return routing && refers(*routing);
  });
}

inline Result<Answer> handle(const Exchange& exchange, const task_queues::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  TaskQueueRecord* queue = workspace == nullptr ? nullptr : workspace->task_queues.find(remove.sid.text());
  if (queue == nullptr) return exchange.not_found();
  const std::string cannot = "Cannot delete task queue " + std::string{queue->sid.text()} + " because ";
  if (queue->tasks > 0) return invalid(cannot + "it has tasks.");
  Lines lines{*workspace};
  lines.drop_empty();  // Lines are no reason to keep a workflow's earlier version.
  const auto leads = [&](const WorkflowRecord& workflow) { return leads_to(workflow, *queue); };
  if (workspace->workflows.find_if(leads) != nullptr) return invalid(cannot + "a workflow leads to it.");
  queue->expression.reset();
  lines.bind(*queue);  // Nobody serves it any more.
  exchange.engine.log().task_queue(EventType::task_queue_deleted, *workspace, *queue);
  workspace->task_queues.bury(*queue, exchange.engine.now());
  note_queue_expressions(*workspace);
  return Answer{};
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_task_statistics.hpp

#include <nlohmann/json.hpp>

// taskrouter/emulator/handle_statistics.hpp

// What requests about the statistics of tasks do: those of a workspace, a queue and a workflow.

namespace taskrouter::emulator {

/// The waiting times in a SplitByWaitTime such as `5,30`.
inline Result<std::vector<std::int64_t>> read_splits(const std::optional<std::string>& text) {
  std::vector<std::int64_t> splits;
  const char* at = text ? text->data() : nullptr;
  const char* const last = text ? at + text->size() : nullptr;
  while (at != last) {
    std::int64_t seconds = -1;
    const auto [end, error] = std::from_chars(at, last, seconds);
    if (error != std::errc{} || seconds < 0 || (end != last && (*end != ',' || end + 1 == last))) {
      return invalid("SplitByWaitTime", "should be seconds, separated by commas, such as 5,30");
    }
    splits.push_back(seconds);
    at = end == last ? end : end + 1;
  }
  return splits;
}

/// What a request for statistics asks about, checked.
struct Question {
  WorkspaceRecord* workspace{};
  Scope scope{};
  Span span{};
  std::vector<std::int64_t> splits{};
  bool is_listed{};  ///< Whether the answer stands in a list, where statistics have no URL.
};

/// Finds the workspace, the channel, the queue and the workflow that a request names.
template <class Operation>
Result<Question> read_scope(const Exchange& exchange, const Operation& operation) {
  Question question{.workspace = exchange.workspace(operation.workspace_sid)};
  if (question.workspace == nullptr) return exchange.not_found();
  if constexpr (requires { operation.workflow_sid; }) {
    question.scope.workflow = question.workspace->workflows.find(operation.workflow_sid.text());
    if (question.scope.workflow == nullptr) return exchange.not_found();
  } else if constexpr (requires { Sid{operation.task_queue_sid}; }) {
    question.scope.queue = question.workspace->task_queues.find(operation.task_queue_sid.text());
    if (question.scope.queue == nullptr) return exchange.not_found();
  }
  if constexpr (requires { operation.task_channel; }) {
    if (operation.task_channel) {
      question.scope.channel = find_task_channel(*question.workspace, *operation.task_channel);
      if (question.scope.channel == nullptr) return names_nothing("TaskChannel");
    }
  }
  return question;
}

/// The same, and the time that it is about.
template <class Operation>
Result<Question> read_question(const Exchange& exchange, const Operation& operation) {
  auto question = read_scope(exchange, operation);
  if (!question) return question;
  const auto span = read_span(exchange, operation.minutes, operation.start_date, operation.end_date);
  if (!span) return span.error();
  if (operation.start_date && span->from + event_limit < exchange.engine.now()) {
    return refusal(400, 14241, "StartDate should lie at most 30 days back");
  }
  question->span = *span;
  if constexpr (requires { operation.split_by_wait_time; }) {
    auto splits = read_splits(operation.split_by_wait_time);
    if (!splits) return splits.error();
    question->splits = *std::move(splits);
  }
  return question;
}

/// The counts of reservations that all cumulative statistics have.
inline void write_reservations(AnswerWriter& to, const Happened& happened) {
  to.integer("reservations_created", happened.of(EventType::reservation_created));
  to.integer("reservations_accepted", happened.of(EventType::reservation_accepted));
  to.integer("reservations_rejected", happened.of(EventType::reservation_rejected));
  to.integer("reservations_timed_out", happened.of(EventType::reservation_timeout));
  to.integer("reservations_canceled", happened.of(EventType::reservation_canceled));
  to.integer("reservations_rescinded", happened.of(EventType::reservation_rescinded));
}

/// Which workspace, and queue or workflow, statistics are about; and their URL, which ends in `name`.
inline void write_subject(AnswerWriter& to, const Question& question, std::string_view name) {
  const TaskQueueRecord* queue = question.scope.queue;
  const WorkflowRecord* workflow = question.scope.workflow;
  if (workflow != nullptr) to.plain("workflow_sid", workflow->sid.text());
  to.plain("workspace_sid", question.workspace->sid.text());
  if (workflow != nullptr) {
    to.url("url", {"/Workflows/", workflow->sid.text(), name});
  } else if (queue != nullptr) {
    to.url("url", {"/TaskQueues/", queue->sid.text(), name});
  } else {
    to.url("url", {name});
  }
}

/// What happened: in a queue, in a workflow, or in the workspace if the question names neither.
inline void write_cumulative(std::string& out, const Question& question, const Viewpoint& view) {
  const Happened happened = count_events(*question.workspace, question.scope, question.span, question.splits);
  const bool is_queue = question.scope.queue != nullptr, is_workflow = question.scope.workflow != nullptr;
  AnswerWriter to{out, view, question.workspace->sid};
  to.account().integer("avg_task_acceptance_time", happened.until_accepted.average());
  to.time("start_time", question.span.from).time("end_time", question.span.to);
  write_reservations(to, happened);
  to.json("split_by_wait_time", happened.split_json());
  if (is_queue) to.plain("task_queue_sid", question.scope.queue->sid.text());
  to.json("wait_duration_until_accepted", happened.until_accepted.json());
  to.json("wait_duration_until_canceled", happened.until_canceled.json());
  if (is_queue) to.json("wait_duration_in_queue_until_accepted", happened.in_queue_until_accepted.json());
  to.integer("tasks_canceled", happened.of(EventType::task_canceled));
  to.integer("tasks_completed", happened.of(EventType::task_completed));
  if (is_workflow) to.integer("tasks_entered", happened.of(EventType::workflow_entered));
  if (!is_workflow && !is_queue) to.integer("tasks_created", happened.of(EventType::task_created));
  to.integer("tasks_deleted", happened.of(EventType::task_deleted) + happened.of(EventType::task_system_deleted));
  if (is_queue) to.integer("tasks_entered", happened.of(EventType::task_queue_entered));
  to.integer("tasks_moved", happened.of(EventType::task_queue_moved));
  if (!is_queue) to.integer("tasks_timed_out_in_workflow", happened.of(EventType::workflow_timeout));
  write_subject(to, question, "/CumulativeStatistics");
  to.end();
}

/// How many of a queue's workers are in an activity.
inline std::int64_t workers_in(const TaskQueueRecord& queue, const ActivityRecord& activity) {
  const auto at = queue.workers_by_activity.find(&activity);
  return at == queue.workers_by_activity.end() ? 0 : at->second;
}

/// How things stand in the same.
inline void write_real_time(std::string& out, const Question& question, const Viewpoint& view) {
  const WorkspaceRecord& workspace = *question.workspace;
  const TaskQueueRecord* queue = question.scope.queue;
  const bool is_workspace = queue == nullptr && question.scope.workflow == nullptr;
  const Standing standing = count_tasks(workspace, question.scope);
  const auto age = [&](const TaskRecord* task, Instant since) {
    return task == nullptr ? 0 : seconds_between(since, view.now);
  };
  const TaskRecord *oldest = standing.oldest, *longest = standing.longest_in_queue;
  std::int64_t available = 0;
  AnswerWriter to{out, view, workspace.sid};
  to.account();
  if (is_workspace) {
    to.json("activity_statistics",
            activity_statistics(workspace, [](const auto& activity) { return activity.workers; }));
  } else if (queue != nullptr) {
    to.json("activity_statistics", activity_statistics(workspace, [&](const ActivityRecord& activity) {
              if (activity.available) available += workers_in(*queue, activity);
              return workers_in(*queue, activity);
            }));
  }
  to.integer("longest_task_waiting_age", age(oldest, oldest == nullptr ? Instant{} : oldest->created));
  to.sid("longest_task_waiting_sid", sid_of(oldest));
  if (queue != nullptr) {
    to.integer("longest_relative_task_age_in_queue",
               age(longest, longest == nullptr ? Instant{} : longest->queue_entered));
    to.sid("longest_relative_task_sid_in_queue", sid_of(longest)).plain("task_queue_sid", queue->sid.text());
  }
  to.json("tasks_by_priority", standing.priority_json()).json("tasks_by_status", standing.status_json());
  if (queue != nullptr) {
    to.integer("total_available_workers", available);
    to.integer("total_eligible_workers", static_cast<std::int64_t>(queue->workers.size()));
  }
  to.integer("total_tasks", standing.total);
  if (is_workspace) to.integer("total_workers", static_cast<std::int64_t>(workspace.workers.size()));
  write_subject(to, question, "/RealTimeStatistics");
  to.end();
}

/// Both in one.
inline void write_both(std::string& out, const Question& question, const Viewpoint& view) {
  const bool is_workspace = question.scope.queue == nullptr && question.scope.workflow == nullptr;
  std::string cumulative, real_time;
  write_cumulative(cumulative, question, view);
  write_real_time(real_time, question, view);
  AnswerWriter to{out, view, question.workspace->sid};
  if (is_workspace) to.json("realtime", real_time).json("cumulative", cumulative).account();
  if (!is_workspace) to.account().json("cumulative", cumulative).json("realtime", real_time);
  if (question.scope.queue != nullptr) to.plain("task_queue_sid", question.scope.queue->sid.text());
  if (question.is_listed) {
    to.plain("workspace_sid", question.workspace->sid.text());
  } else {
    write_subject(to, question, "/Statistics");
  }
  to.end();
}

/// Answers a question by one of the three.
inline Result<Answer> reply(const Exchange& exchange, const Result<Question>& question,
                            void (*write)(std::string&, const Question&, const Viewpoint&)) {
  if (!question) return question.error();
  Answer answer;
  write(answer.json, *question, exchange.view());
  return answer;
}

}  // namespace taskrouter::emulator

// The operations of the statistics of tasks.

namespace taskrouter::emulator {

inline Result<Answer> handle(const Exchange& exchange, const workspace_statistics::FetchCumulative& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_cumulative);
}
inline Result<Answer> handle(const Exchange& exchange, const workspace_statistics::FetchRealTime& fetch) {
  return reply(exchange, read_scope(exchange, fetch), write_real_time);
}
inline Result<Answer> handle(const Exchange& exchange, const workspace_statistics::Fetch& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_both);
}

inline Result<Answer> handle(const Exchange& exchange, const workflow_statistics::FetchCumulative& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_cumulative);
}
inline Result<Answer> handle(const Exchange& exchange, const workflow_statistics::FetchRealTime& fetch) {
  return reply(exchange, read_scope(exchange, fetch), write_real_time);
}
inline Result<Answer> handle(const Exchange& exchange, const workflow_statistics::Fetch& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_both);
}

inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::FetchCumulative& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_cumulative);
}
inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::FetchRealTime& fetch) {
  return reply(exchange, read_scope(exchange, fetch), write_real_time);
}
inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::Fetch& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_both);
}

inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::List& list) {
  auto question = read_question(exchange, list);
  if (!question) return question.error();
  question->is_listed = true;
  const auto belongs = [&](const TaskQueueRecord& queue) {
    return !list.friendly_name || *list.friendly_name == queue.friendly_name;
  };
  return list_table(exchange.incoming, TaskQueuesStatistics::plural, list, question->workspace->task_queues, Order{},
                    belongs, [&, view = exchange.view()](std::string& out, const TaskQueueRecord& queue) {
                      question->scope.queue = &queue;
                      write_both(out, *question, view);
                    });
}

/// Twilio publishes no schema for the body: here it is a list of queues, or an object with one list.
inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::FetchBulkRealTime& fetch) {
  Question question{.workspace = exchange.workspace(fetch.workspace_sid)};
  if (question.workspace == nullptr) return exchange.not_found();
  const auto body = to_nlohmann(fetch.body);
  const nlohmann::json* list = body ? &*body : nullptr;
  if (list != nullptr && list->is_object() && list->size() == 1) list = &*list->begin();
  if (list == nullptr || !list->is_array() || list->empty() || list->size() > 50) {
    return invalid("The body should be a JSON list of 1 to 50 SIDs of task queues");
  }
  const Viewpoint view = exchange.view();
  std::string data;
  for (const nlohmann::json& sid : *list) {
    const bool is_text = sid.is_string();
    question.scope.queue = is_text ? question.workspace->task_queues.find(sid.get_ref<const std::string&>()) : nullptr;
    if (question.scope.queue == nullptr) return invalid("The body names a task queue that is not in this workspace");
    data.append(data.empty() ? "[" : ",");
    write_real_time(data, question, view);
  }
  Answer answer;
  AnswerWriter to{answer.json, view, question.workspace->sid};
  to.account().plain("workspace_sid", question.workspace->sid.text()).json("task_queue_data", data.append("]"));
  to.integer("task_queue_response_count", static_cast<std::int64_t>(list->size()));
  to.url("url", {"/TaskQueues/RealTimeStatistics"}).end();
  return answer;
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_tasks.hpp

// What requests about tasks do.

namespace taskrouter::emulator {

/// Why a time can't be a task's VirtualStartTime, or nothing.
inline std::optional<Error> check_virtual_start_time(const std::optional<Timestamp>& time, Instant now) {
  if (!time || *time <= now) return std::nullopt;
  return invalid("VirtualStartTime", "should not lie in the future");
}

inline std::optional<Error> check_priority(const std::optional<std::int64_t>& priority) {
  return check_range("Priority", priority, 0, std::numeric_limits<std::int32_t>::max());
}

/// Where a new task is to go.
struct Destination {
  WorkflowRecord* workflow{};
  TaskQueueRecord* task_queue{};
  WorkerRecord* worker{};
};

/// The workflow that a new task names, or the only one there is.
inline Result<Destination> choose_workflow(WorkspaceRecord& workspace, const std::optional<WorkflowSid>& sid) {
  Destination to;
  if (sid) {
    to.workflow = workspace.workflows.find(sid->text());
    if (to.workflow == nullptr) return names_nothing("WorkflowSid");
    return to;
  }
  if (workspace.workflows.size() != 1) return invalid("WorkflowSid field is required");
  workspace.workflows.for_each([&](WorkflowRecord& workflow) { to.workflow = &workflow; });
  return to;
}

/// Whether a task goes to a worker, and only carries the workflow and the queue that it is counted under, as
/// those do that the JavaScript SDK creates for calls to customers.
inline bool is_labeled(const Destination& to, const tasks::Create& create) {
  return to.worker != nullptr && create.workflow_sid && create.task_queue_sid;
}

/// A routing target is a workflow, or straight a queue or a worker: then no workflow is asked.
inline Result<Destination> choose_target(WorkspaceRecord& workspace, const tasks::Create& create) {
  const std::string& target = *create.routing_target;
  Destination to;
  if (WorkflowSid{target}.well_formed()) {
    if (create.workflow_sid && create.workflow_sid->text() != target) {
      return invalid("RoutingTarget", "contradicts WorkflowSid");
    }
    to.workflow = workspace.workflows.find(target);
  } else if (TaskQueueSid{target}.well_formed()) {
    to.task_queue = workspace.task_queues.find(target);
  } else if (WorkerSid{target}.well_formed()) {
    to.worker = workspace.workers.find(target);
  } else {
    return invalid("RoutingTarget", "should be the SID of a workflow, a task queue or a worker");
  }
  if (to.workflow == nullptr && to.task_queue == nullptr && to.worker == nullptr) return names_nothing("RoutingTarget");
  if (is_labeled(to, create)) {
    to.workflow = workspace.workflows.find(create.workflow_sid->text());
    if (to.workflow == nullptr) return names_nothing("WorkflowSid");
  }
  if (to.workflow == nullptr && create.workflow_sid) return invalid("RoutingTarget", "contradicts WorkflowSid");
  return to;
}

inline Result<Destination> choose_destination(WorkspaceRecord& workspace, const tasks::Create& create) {
  auto to = create.routing_target ? choose_target(workspace, create) : choose_workflow(workspace, create.workflow_sid);
  if (!to) return to;
  if (create.ignore_capacity && to->worker == nullptr) {
    return invalid("IgnoreCapacity", "goes with a worker as the RoutingTarget");
  }
  if (create.task_queue_sid) {
    if (to->workflow == nullptr) return invalid("TaskQueueSid", "contradicts RoutingTarget");
    to->task_queue = workspace.task_queues.find(create.task_queue_sid->text());
    if (to->task_queue == nullptr) return names_nothing("TaskQueueSid");
  }
  return to;
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::Create& create) {
  Engine& engine = exchange.engine;
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_range("Timeout", create.timeout, 1, 1209600)) return *std::move(error);
  if (auto error = check_priority(create.priority)) return *std::move(error);
  if (auto error = check_attributes(create.attributes)) return *std::move(error);
  if (auto error = check_virtual_start_time(create.virtual_start_time, engine.now())) return *std::move(error);
  TaskChannelRecord* channel = find_task_channel(*workspace, create.task_channel.value_or("default"));
  if (channel == nullptr) return names_nothing("TaskChannel");
  const auto to = choose_destination(*workspace, create);
  if (!to) return to.error();

  TaskRecord& task = engine.add(workspace->tasks);
  task.workspace = workspace;
  task.attributes = Text{create.attributes ? std::string_view{create.attributes->text} : "{}"};
  task.priority = create.priority.value_or(0);
  task.workflow = to->workflow;
  task.task_queue = to->task_queue;
  task.target_worker = to->worker;
  task.ignore_capacity = to->worker != nullptr && (!create.ignore_capacity || says_yes(*create.ignore_capacity));
  if (to->task_queue == nullptr && to->workflow != nullptr) task.routing = to->workflow->routing;
  task.task_channel = channel;
  task.timeout = create.timeout.value_or(86400);
  task.virtual_start_time = create.virtual_start_time.value_or(to_seconds(engine.now()));
  if (create.routing_target) task.routing_target = Text{*create.routing_target};
  engine.enter(task);
  return show(exchange, task);
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(fetch.sid.text());
  if (task == nullptr) return exchange.not_found();
  return show(exchange, *task);
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(remove.sid.text());
  if (task == nullptr) return exchange.not_found();
  if (auto error = check_if_match(remove.if_match, *task)) return *std::move(error);
  exchange.engine.remove(*task, EventType::task_deleted);
  return Answer{};
}

/// The refusal of a status, in Twilio's words: `before` and `after` say which and why.
inline Error refuse_status(const Exchange& exchange, const TaskRecord& task, std::string_view before,
                           std::string_view after) {
  std::string message{before};
  message.append(task.sid.text()).append(" in workspace ").append(task.workspace->sid.text());
  return invalid(message.append(" for account ").append(exchange.engine.store().account_sid.text()).append(after));
}

/// Why a task can't be given the status that `update` asks for, or nothing.
inline std::optional<Error> check_status(const Exchange& exchange, const TaskRecord& task,
                                         const tasks::Update& update) {
  if (!update.assignment_status) return std::nullopt;
  const bool is_canceled = *update.assignment_status == TaskStatus::canceled;
  const bool is_completed = *update.assignment_status == TaskStatus::completed;
  if (!is_canceled && !is_completed && !(*update.assignment_status == TaskStatus::wrapping)) {
    return invalid("AssignmentStatus", "can be set to canceled, wrapping or completed");
  }
  if ((is_canceled || is_completed) && !update.reason) {
    return missing_parameter("Reason", "in the post body: a task is canceled or completed for one");
  }
  if (is_canceled) {
    if (task.status == TaskStatus::pending || task.status == TaskStatus::reserved) return std::nullopt;
    return refuse_status(exchange, task, "Cannot cancel task ", " because it is not pending or reserved.");
  }
  if (update.attributes) return invalid("Attributes", "should be updated before or after the AssignmentStatus");
  if (task.status == TaskStatus::assigned || (is_completed && task.status == TaskStatus::wrapping)) return std::nullopt;
  if (is_completed) {
    return refuse_status(exchange, task, "Cannot complete task ", " because it is not currently assigned.");
  }
  return invalid("Cannot wrap up a task [" + std::string{task.sid.text()} + "] in workspace [" +
                 std::string{task.workspace->sid.text()} + "] for account [" +
                 std::string{exchange.engine.store().account_sid.text()} + "] because it is not currently assigned.");
}

/// New attributes leave a task at its step: only updating the workflow lets it be looked at anew. But
/// they may change which workers that step's expression takes.
inline void change_attributes(Engine& engine, TaskRecord& task, std::string_view attributes) {
  const bool waits = task.line != nullptr;
  if (waits) Lines{*task.workspace}.leave(task);
  task.attributes = Text{attributes};
  if (waits) engine.wait(task, Walk{task}.current());
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::Update& update) {
  Engine& engine = exchange.engine;
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(update.sid.text());
  if (task == nullptr) return exchange.not_found();
  if (auto error = check_if_match(update.if_match, *task)) return *std::move(error);
  if (auto error = check_priority(update.priority)) return *std::move(error);
  if (auto error = check_attributes(update.attributes)) return *std::move(error);
  if (auto error = check_virtual_start_time(update.virtual_start_time, engine.now())) return *std::move(error);
  if (auto error = check_status(exchange, *task, update)) return *std::move(error);
  TaskChannelRecord* channel = task->task_channel;
  if (update.task_channel) channel = find_task_channel(*workspace, *update.task_channel);
  if (channel == nullptr) return names_nothing("TaskChannel");

  const bool is_canceled = update.assignment_status && *update.assignment_status == TaskStatus::canceled;
  if (update.attributes) change_attributes(engine, *task, update.attributes->text);
  if (update.reason) task->reason = Text{*update.reason};
  engine.prioritize(*task, update.priority.value_or(task->priority),
                    update.virtual_start_time.value_or(task->virtual_start_time), *channel);
  if (!update.assignment_status) {
    engine.touch(*task);
  } else if (is_canceled) {
    engine.cancel(*task, *update.reason);
  } else if (*update.assignment_status == TaskStatus::completed) {
    engine.complete(*task);
  } else {
    engine.wrap(*task);
  }
  engine.log().task(EventType::task_updated, *task);
  return show(exchange, *task);
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_worker_statistics.hpp

// The operations of the statistics of workers. Twilio may refuse them in workspaces of more than 100
// workers; here they are always answered.

namespace taskrouter::emulator {

/// Narrows a question to the workers that are `wanted`.
template <class Wanted>
void choose_workers(Question& question, Wanted wanted) {
  question.scope.is_of_workers = true;
  question.workspace->workers.for_each([&](const WorkerRecord& worker) {
    if (wanted(worker)) question.scope.workers.push_back(&worker);
  });
}

inline void write_workers_cumulative(std::string& out, const Question& question, const Viewpoint& view) {
  Scope all_channels = question.scope;  // Activities are of no channel.
  all_channels.channel = nullptr;
  AnswerWriter to{out, view, question.workspace->sid};
  to.account().time("start_time", question.span.from).time("end_time", question.span.to);
  to.json("activity_durations", activity_durations(*question.workspace, all_channels, question.span, view.now));
  write_reservations(to, count_events(*question.workspace, question.scope, question.span, {}));
  to.plain("workspace_sid", question.workspace->sid.text());
  to.url("url", {"/Workers/CumulativeStatistics"}).end();
}

inline void write_workers_real_time(std::string& out, const Question& question, const Viewpoint& view) {
  AnswerWriter to{out, view, question.workspace->sid};
  to.account();
  to.json("activity_statistics", activity_statistics(*question.workspace, [&](const ActivityRecord& activity) {
            return std::count_if(question.scope.workers.begin(), question.scope.workers.end(),
                                 [&](const WorkerRecord* worker) { return worker->activity == &activity; });
          }));
  to.integer("total_workers", static_cast<std::int64_t>(question.scope.workers.size()));
  to.plain("workspace_sid", question.workspace->sid.text()).url("url", {"/Workers/RealTimeStatistics"}).end();
}

inline void write_workers_both(std::string& out, const Question& question, const Viewpoint& view) {
  std::string cumulative, real_time;
  write_workers_cumulative(cumulative, question, view);
  write_workers_real_time(real_time, question, view);
  AnswerWriter to{out, view, question.workspace->sid};
  to.json("realtime", real_time).json("cumulative", cumulative).account();
  to.plain("workspace_sid", question.workspace->sid.text()).url("url", {"/Workers/Statistics"}).end();
}

/// The question has the one worker.
inline void write_worker(std::string& out, const Question& question, const Viewpoint& view) {
  const std::string_view worker = question.scope.workers.front()->sid.text();
  std::string cumulative;
  write_workers_cumulative(cumulative, question, view);
  AnswerWriter to{out, view, question.workspace->sid};
  to.account().json("cumulative", cumulative).plain("worker_sid", worker);
  to.plain("workspace_sid", question.workspace->sid.text()).url("url", {"/Workers/", worker, "/Statistics"}).end();
}

inline Result<Answer> handle(const Exchange& exchange, const workers_statistics::FetchCumulative& fetch) {
  auto question = read_question(exchange, fetch);
  if (question) choose_workers(*question, [](const WorkerRecord&) { return true; });
  return reply(exchange, question, write_workers_cumulative);
}

inline Result<Answer> handle(const Exchange& exchange, const workers_statistics::FetchRealTime& fetch) {
  auto question = read_scope(exchange, fetch);
  if (question) choose_workers(*question, [](const WorkerRecord&) { return true; });
  return reply(exchange, question, write_workers_real_time);
}

inline Result<Answer> handle(const Exchange& exchange, const workers_statistics::Fetch& fetch) {
  auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  choose_workers(*question, [&](const WorkerRecord& worker) {
    const auto is_wanted = [&](const TaskQueueRecord* queue) {
      return (!fetch.task_queue_sid || *fetch.task_queue_sid == queue->sid) &&
             (!fetch.task_queue_name || *fetch.task_queue_name == queue->friendly_name);
    };
    return (!fetch.friendly_name || *fetch.friendly_name == worker.friendly_name) &&
           ((!fetch.task_queue_sid && !fetch.task_queue_name) ||
            std::any_of(worker.queues.begin(), worker.queues.end(), is_wanted));
  });
  return reply(exchange, question, write_workers_both);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_statistics::Fetch& fetch) {
  const WorkerRecord* worker = find_worker(exchange, fetch);
  if (worker == nullptr) return exchange.not_found();
  auto question = read_question(exchange, fetch);
  if (question) choose_workers(*question, [&](const WorkerRecord& other) { return &other == worker; });
  return reply(exchange, question, write_worker);
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_workers.hpp

// What requests about workers do.

namespace taskrouter::emulator {

/// How many workers a workspace can have.
inline constexpr std::size_t worker_count_limit = 15000;

/// Why a worker can't be called `name`, or nothing. `self` is the worker who would be, or null.
inline std::optional<Error> check_worker_name(const WorkspaceRecord& workspace, std::string_view name,
                                              const WorkerRecord* self) {
  if (auto error = check_friendly_name(name)) return error;
  const std::string lower = Engine::lower_case(name);
  if (self != nullptr && Engine::lower_case(self->friendly_name) == lower) return std::nullopt;
  if (workspace.worker_names.count(lower) == 0) return std::nullopt;
  return invalid("Worker with the same friendly name already exists");
}

inline Result<Answer> handle(const Exchange& exchange, const workers::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_worker_name(*workspace, create.friendly_name, nullptr)) return *std::move(error);
  if (auto error = check_attributes(create.attributes)) return *std::move(error);
  if (workspace->workers.size() >= worker_count_limit) return invalid("A workspace can have 15000 workers");
  ActivityRecord* activity = workspace->default_activity;
  if (create.activity_sid) activity = workspace->activities.find(create.activity_sid->text());
  if (activity == nullptr) return names_nothing("ActivitySid");
  const std::string_view attributes = create.attributes ? std::string_view{create.attributes->text} : "{}";
  return show(exchange, exchange.engine.add_worker(*workspace, create.friendly_name, attributes, *activity));
}

inline Result<Answer> handle(const Exchange& exchange, const workers::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(fetch.sid.text());
  if (worker == nullptr) return exchange.not_found();
  return show(exchange, *worker);
}

inline constexpr std::array<Ordering, 3> worker_orderings{{
    {"DateCreated", key_of<WorkerRecord>([](const auto& worker) { return to_milliseconds(worker.created); })},
    {"DateUpdated", key_of<WorkerRecord>([](const auto& worker) { return to_milliseconds(worker.updated); })},
    {"DateStatusChanged",
     key_of<WorkerRecord>([](const auto& worker) { return to_milliseconds(worker.status_changed); })},
}};

inline Result<Answer> handle(const Exchange& exchange, const workers::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  std::optional<Expression> expression;
  if (list.target_workers_expression) {
    auto read = read_expression("TargetWorkersExpression", *list.target_workers_expression);
    if (!read) return read.error();
    expression = *std::move(read);
  }
  Order order{worker_orderings};
  if (auto error = order.read(list.ordering)) return *std::move(error);
  const auto serves = [&](const WorkerRecord& worker) {
    return std::any_of(worker.queues.begin(), worker.queues.end(), [&](const TaskQueueRecord* queue) {
      return (!list.task_queue_sid || *list.task_queue_sid == queue->sid) &&
             (!list.task_queue_name || *list.task_queue_name == queue->friendly_name);
    });
  };
  const auto belongs = [&](const WorkerRecord& worker) {
    return (!list.activity_name || *list.activity_name == worker.activity->friendly_name) &&
           (!list.activity_sid || *list.activity_sid == worker.activity->sid) &&
           (!list.available || says_yes(*list.available) == worker.activity->available) &&
           (!list.friendly_name || *list.friendly_name == worker.friendly_name) &&
           ((!list.task_queue_sid && !list.task_queue_name) || serves(worker)) &&
           (!expression || expression->matches({.attributes = &worker.values}));
  };
  return list_table(
      exchange.incoming, Worker::plural, list, workspace->workers, order, belongs,
      [view = exchange.view()](std::string& out, const WorkerRecord& worker) { write(out, worker, view); });
}

inline Result<Answer> handle(const Exchange& exchange, const workers::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(update.sid.text());
  if (worker == nullptr) return exchange.not_found();
  if (auto error = check_if_match(update.if_match, *worker)) return *std::move(error);
  if (auto error = check_attributes(update.attributes)) return *std::move(error);
  if (update.friendly_name) {
    if (auto error = check_worker_name(*workspace, *update.friendly_name, worker)) return *std::move(error);
  }
  const ActivityRecord* activity = nullptr;
  if (update.activity_sid) {
    activity = workspace->activities.find(update.activity_sid->text());
    if (activity == nullptr) return names_nothing("ActivitySid");
  }
  const bool rejects = update.reject_pending_reservations.value_or(false);
  if (rejects && activity == nullptr) return invalid("RejectPendingReservations", "goes with ActivitySid");
  if (rejects && activity->available) {
    return invalid("Unable to reject pending reservations when updating to an Available activity state.");
  }

  Engine& engine = exchange.engine;
  if (update.attributes || update.friendly_name) {
    if (update.attributes) worker->attributes = Text{update.attributes->text};
    if (update.friendly_name) engine.rename_worker(*worker, *update.friendly_name);
    engine.touch(*worker);
    Lines{*workspace}.bind(*worker);
    engine.log().worker(EventType::worker_attributes_update, *worker);
  }
  engine.set_activity(*worker, activity);
  if (rejects) engine.reject_all(*worker);
  return show(exchange, *worker);
}

/// Twilio does not say whether a worker who has tasks can be deleted: here they can't.
inline Result<Answer> handle(const Exchange& exchange, const workers::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(remove.sid.text());
  if (worker == nullptr) return exchange.not_found();
  if (auto error = check_if_match(remove.if_match, *worker)) return *std::move(error);
  if (worker->active > 0) {
    return invalid("Cannot delete worker " + std::string{worker->sid.text()} +
                   " because it has reservations that are accepted or wrapping.");
  }
  exchange.engine.remove_worker(*worker);
  return Answer{};
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_workflows.hpp

// What requests about workflows do.

namespace taskrouter::emulator {

/// Checks what creating and updating a workflow have in common.
template <class Operation>
std::optional<Error> check_workflow(const Operation& operation) {
  if (auto error = check_url("AssignmentCallbackUrl", operation.assignment_callback_url)) return error;
  if (auto error = check_url("FallbackAssignmentCallbackUrl", operation.fallback_assignment_callback_url)) return error;
  return check_range("TaskReservationTimeout", operation.task_reservation_timeout, 1, 86400);
}

/// Gives a workflow what a request says, if it says anything.
template <class Operation>
void change_workflow(WorkflowRecord& workflow, const Operation& operation) {
  if (operation.assignment_callback_url) workflow.assignment_callback_url = *operation.assignment_callback_url;
  if (operation.fallback_assignment_callback_url) {
    workflow.fallback_assignment_callback_url = *operation.fallback_assignment_callback_url;
  }
  if (operation.task_reservation_timeout) workflow.task_reservation_timeout = *operation.task_reservation_timeout;
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (auto error = check_workflow(create)) return *std::move(error);
  auto routing = RoutingReader{*workspace}.read(create.configuration.text);
  if (!routing) return routing.error();
  WorkflowRecord& workflow = exchange.engine.add(workspace->workflows);
  workflow.friendly_name = create.friendly_name;
  workflow.configuration = Text{create.configuration.text};
  workflow.routing = *std::move(routing);
  change_workflow(workflow, create);
  exchange.engine.log().workflow(EventType::workflow_created, *workspace, workflow);
  return show(exchange, workflow, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const WorkflowRecord* workflow = workspace == nullptr ? nullptr : workspace->workflows.find(fetch.sid.text());
  if (workflow == nullptr) return exchange.not_found();
  return show(exchange, *workflow, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  const auto belongs = [&](const WorkflowRecord& workflow) {
    return !list.friendly_name || *list.friendly_name == workflow.friendly_name;
  };
  return list_table(exchange.incoming, Workflow::plural, list, workspace->workflows, Order{}, belongs,
                    [&, view = exchange.view()](std::string& out, const WorkflowRecord& workflow) {
                      write(out, workflow, workspace->sid, view);
                    });
}

/// Lets the pending tasks of a workflow enter it once more. Reserved ones keep their offers: Twilio does
/// not say what happens to them.
inline void re_evaluate_tasks(Engine& engine, WorkspaceRecord& workspace, const WorkflowRecord& workflow) {
  std::vector<TaskRecord*> pending;
  workspace.tasks.for_each([&](TaskRecord& task) {
    if (task.workflow == &workflow && task.status == TaskStatus::pending && task.routing) pending.push_back(&task);
  });
  for (TaskRecord* task : pending) engine.re_evaluate(*task);
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  WorkflowRecord* workflow = workspace == nullptr ? nullptr : workspace->workflows.find(update.sid.text());
  if (workflow == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  if (auto error = check_workflow(update)) return *std::move(error);
  if (update.configuration) {
    auto routing = RoutingReader{*workspace}.read(update.configuration->text);
    if (!routing) return routing.error();
    std::erase_if(workflow->earlier, [](const auto& earlier) { return earlier.expired(); });
    workflow->earlier.push_back(std::exchange(workflow->routing, *std::move(routing)));
    workflow->configuration = Text{update.configuration->text};
  }
  if (update.friendly_name) workflow->friendly_name = *update.friendly_name;
  change_workflow(*workflow, update);
  exchange.engine.touch(*workflow);
  exchange.engine.log().workflow(EventType::workflow_updated, *workspace, *workflow);
  if (update.re_evaluate_tasks && says_yes(*update.re_evaluate_tasks)) {
    re_evaluate_tasks(exchange.engine, *workspace, *workflow);
  }
  return show(exchange, *workflow, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  WorkflowRecord* workflow = workspace == nullptr ? nullptr : workspace->workflows.find(remove.sid.text());
  if (workflow == nullptr) return exchange.not_found();
  if (workflow->tasks > 0) {
    return invalid("Cannot delete workflow " + std::string{workflow->sid.text()} +
                   " because it has tasks that are pending or reserved.");
  }
  exchange.engine.log().workflow(EventType::workflow_deleted, *workspace, *workflow);
  workspace->workflows.bury(*workflow, exchange.engine.now());
  return Answer{};
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/handle_workspaces.hpp

// What requests about workspaces do.

namespace taskrouter::emulator {

/// Why a text can't be an EventsFilter, or nothing.
inline std::optional<Error> check_events_filter(const std::optional<std::string>& filter) {
  std::string_view rest = filter ? std::string_view{*filter} : std::string_view{};
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    const auto is_one = [&](std::string_view type) { return passes_filter(one, type); };
    if (one.find_first_not_of(' ') == std::string_view::npos ||
        std::none_of(event_type_names.begin(), event_type_names.end(), is_one)) {
      return invalid("EventsFilter", "should be types of events such as task.created, separated by commas");
    }
  }
  return std::nullopt;
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::Create& create) {
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (auto error = check_url("EventCallbackUrl", create.event_callback_url)) return *std::move(error);
  if (auto error = check_events_filter(create.events_filter)) return *std::move(error);
  const std::string_view kind = create.template_ ? std::string_view{*create.template_} : "NONE";
  if (kind != "NONE" && kind != "FIFO") return invalid("Template", "should be NONE or FIFO");

  Engine& engine = exchange.engine;
  WorkspaceRecord& workspace = engine.add(engine.store().workspaces);
  workspace.friendly_name = create.friendly_name;
  workspace.event_callback_url = create.event_callback_url.value_or("");
  workspace.events_filter = create.events_filter.value_or("");
  workspace.multi_task_enabled = create.multi_task_enabled.value_or(true);
  if (create.prioritize_queue_order) workspace.prioritize_queue_order = *create.prioritize_queue_order->known();
  engine.log().workspace(EventType::workspace_created, workspace);
  fill_workspace(engine, workspace);
  if (kind == "FIFO") add_first_queue(engine, workspace);
  return show(exchange, workspace);
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.sid);
  if (workspace == nullptr) return exchange.not_found();
  return show(exchange, *workspace);
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::List& list) {
  const auto belongs = [&](const WorkspaceRecord& workspace) {
    return !list.friendly_name || *list.friendly_name == workspace.friendly_name;
  };
  return list_table(
      exchange.incoming, Workspace::plural, list, exchange.engine.store().workspaces, Order{}, belongs,
      [view = exchange.view()](std::string& out, const WorkspaceRecord& workspace) { write(out, workspace, view); });
}

/// Twilio lets a workspace go back to single tasks only if there is another one that has them.
inline std::optional<Error> check_multi_tasking(const Exchange& exchange, const WorkspaceRecord& workspace,
                                                const std::optional<bool>& wanted) {
  if (!wanted || *wanted || !workspace.multi_task_enabled) return std::nullopt;
  const auto is_single = [](const WorkspaceRecord& other) { return !other.multi_task_enabled; };
  if (exchange.engine.store().workspaces.find_if(is_single) != nullptr) return std::nullopt;
  return invalid("MultiTaskEnabled", "can't be switched off where no other workspace has single tasks");
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  if (auto error = check_url("EventCallbackUrl", update.event_callback_url)) return *std::move(error);
  if (auto error = check_events_filter(update.events_filter)) return *std::move(error);
  if (auto error = check_multi_tasking(exchange, *workspace, update.multi_task_enabled)) return *std::move(error);
  ActivityRecord* default_activity = workspace->default_activity;
  if (update.default_activity_sid) default_activity = workspace->activities.find(update.default_activity_sid->text());
  if (default_activity == nullptr) return names_nothing("DefaultActivitySid");
  ActivityRecord* timeout_activity = workspace->timeout_activity;
  if (update.timeout_activity_sid) timeout_activity = workspace->activities.find(update.timeout_activity_sid->text());
  if (timeout_activity == nullptr) return names_nothing("TimeoutActivitySid");

  workspace->default_activity = default_activity;
  workspace->timeout_activity = timeout_activity;
  if (update.friendly_name) workspace->friendly_name = *update.friendly_name;
  if (update.event_callback_url) workspace->event_callback_url = *update.event_callback_url;
  if (update.events_filter) workspace->events_filter = *update.events_filter;
  if (update.prioritize_queue_order) workspace->prioritize_queue_order = *update.prioritize_queue_order->known();
  if (update.multi_task_enabled && *update.multi_task_enabled != workspace->multi_task_enabled) {
    workspace->multi_task_enabled = *update.multi_task_enabled;
    Lines lines{*workspace};
    workspace->workers.for_each([&](WorkerRecord& worker) { lines.refresh(worker); });
  }
  exchange.engine.touch(*workspace);
  exchange.engine.log().workspace(EventType::workspace_updated, *workspace);
  return show(exchange, *workspace);
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.sid);
  if (workspace == nullptr) return exchange.not_found();
  exchange.engine.remove(*workspace);
  return Answer{};
}

}  // namespace taskrouter::emulator

// From a request to its response: the list of operations, read from the server's side.

namespace taskrouter::emulator {

/// The response that an answer is sent as.
inline Response respond(const Route& route, Result<Answer>&& answer, AnswerHeaders& headers) {
  if (!answer) return error_response(answer.error());
  if (answer->json.empty()) return {.status = route.success, .headers = {}, .body = {}};
  return {.status = route.success, .headers = headers.of(answer->revision), .body = std::move(answer->json)};
}

/// An operation as the server sees it.
struct Served {
  unsigned rank;
  RequestShape shape;
  Result<Answer> (*perform)(const Exchange&, const RequestShape&, const Segments& path);
};

/// Reads a request into an empty operation and has it handled.
inline Result<Answer> perform(const Exchange& exchange, const RequestShape& shape, const Segments& path,
                              void* operation, Result<Answer> (*handle)(const Exchange&, const void*)) {
  if (auto error = Decoder{shape, operation}.read(exchange.incoming, path)) return *std::move(error);
  return handle(exchange, operation);
}

/// The same for an operation of type `Op`.
template <Operation Op>
Result<Answer> perform(const Exchange& exchange, const RequestShape& shape, const Segments& path) {
  Op operation{};
  return perform(exchange, shape, path, &operation,
                 [](const Exchange& with, const void* any) { return handle(with, *static_cast<const Op*>(any)); });
}

/// The least rank of the routes of a method whose paths have so many segments.
constexpr unsigned least_rank(Method method, std::size_t segments) {
  return static_cast<unsigned>(method) * 256 + static_cast<unsigned>(segments) * 16;
}

/// Of the routes that fit a path the one of the least rank says most of it: `/TaskQueues/Statistics` before
/// `/TaskQueues/{Sid}`.
constexpr unsigned rank(Method method, const Segments& pattern) {
  unsigned names = 0;
  for (const std::string_view text : pattern.texts) names += text.starts_with('{');
  return least_rank(method, pattern.size) + names;
}

/// All operations, by their rank.
inline constexpr auto served = [] {
  std::array<Served, Operations::size> table{};
  std::size_t size = 0;
  for_each_operation([&]<class Op>() {
    constexpr auto fields = detail::fields_of<Op>;
    constexpr Segments pattern{Op::route.path};
    const RequestShape shape{&Op::route, pattern, fields, required_fields(fields)};
    const Served one{rank(Op::route.method, pattern), shape, &emulator::perform<Op>};
    std::size_t at = size++;
    for (; at > 0 && one.rank < table[at - 1].rank; --at) table[at] = table[at - 1];
    table[at] = one;
  });
  return table;
}();

/// The response to a request, whoever sent it.
inline Response serve(const Exchange& exchange) {
  const Segments path{exchange.incoming.path};
  const auto fits_path = [&](const Served& one) { return fits(one.shape.pattern, path); };
  const Method method = exchange.incoming.request.method;
  const unsigned least = least_rank(method, path.size), beyond = least_rank(method, path.size + 1);
  const auto is_before = [](const Served& one, unsigned rank) { return one.rank < rank; };
  for (auto one = std::lower_bound(served.begin(), served.end(), least, is_before);
       one != served.end() && one->rank < beyond; ++one) {
    if (fits_path(*one)) {
      return respond(*one->shape.route, one->perform(exchange, one->shape, path), exchange.headers);
    }
  }
  if (std::any_of(served.begin(), served.end(), fits_path)) {
    return error_response(refusal(405, 20004, "Method not allowed"));
  }
  return error_response(exchange.not_found());
}

}  // namespace taskrouter::emulator

// taskrouter/emulator/story.hpp

namespace taskrouter::emulator {

/// The activities that the workspace starts with.
struct StoryActivities {
  ActivitySid offline{};    ///< Not available. Where workers start, and go if they let a reservation time out.
  ActivitySid available{};  ///< The one that gets reservations.
  ActivitySid reserved{};   ///< Not available. Where a reservation puts its worker.
  ActivitySid busy{};       ///< Not available. Where accepting a reservation puts its worker.

  TASKROUTER_FIELDS(offline, available, reserved, busy)
};

/// What an emulator starts with, as in Twilio's quickstart: a workspace with one workflow, one queue
/// that all workers serve, and one worker, Alice, who is offline. Workers do one task at a time.
/// https://www.twilio.com/docs/taskrouter/quickstart
struct Story {
  AccountSid account_sid{};
  std::string auth_token{};  ///< Of the account. No secret.
  WorkspaceSid workspace_sid{};
  WorkflowSid workflow_sid{};
  TaskQueueSid task_queue_sid{};
  WorkerSid worker_sid{};
  StoryActivities activities{};             ///< What workers can be doing.
  std::int64_t task_reservation_timeout{};  ///< Seconds.

  TASKROUTER_FIELDS(account_sid, auth_token, workspace_sid, workflow_sid, task_queue_sid, worker_sid, activities,
                    task_reservation_timeout)
};

/// Fills an empty engine with the story.
inline Story begin_story(Engine& engine, const Options& options) {
  const AccountSid account = engine.ids().digits().as<AccountSid>();
  const std::string auth_token = engine.ids().token();
  engine.store().account_sid = account;

  engine.log().set_account(account);

  WorkspaceRecord& workspace = engine.add(engine.store().workspaces);
  workspace.friendly_name = "Quickstart";
  workspace.multi_task_enabled = false;
  engine.log().workspace(EventType::workspace_created, workspace);
  ActivityRecord* offline = &add_activity(engine, workspace, "Offline", false);
  const ActivityRecord* available = &add_activity(engine, workspace, "Available", true);
  const ActivityRecord* reserved = &add_activity(engine, workspace, "Reserved", false);
  const ActivityRecord* busy = &add_activity(engine, workspace, "Busy", false);
  workspace.default_activity = workspace.timeout_activity = offline;
  add_task_channels(engine, workspace);

  TaskQueueRecord& queue = add_queue(engine, workspace, "Everyone", "1==1");
  queue.reservation_activity = reserved;
  queue.assignment_activity = busy;
  queue.max_reserved_workers = options.max_reserved_workers;

  WorkflowRecord& workflow = add_workflow(engine, workspace, "First come, first served", queue);
  workflow.assignment_callback_url = options.assignment_callback_url;
  workflow.task_reservation_timeout = options.task_reservation_timeout;

  const WorkerRecord& alice = engine.add_worker(workspace, "Alice", R"({"selected_language":"es"})", *offline);

  return {.account_sid = account,
          .auth_token = auth_token,
          .workspace_sid = workspace.sid,
          .workflow_sid = workflow.sid,
          .task_queue_sid = queue.sid,
          .worker_sid = alice.sid,
          .activities = {.offline = offline->sid,
                         .available = available->sid,
                         .reserved = reserved->sid,
                         .busy = busy->sid},
          .task_reservation_timeout = options.task_reservation_timeout};
}

}  // namespace taskrouter::emulator

namespace taskrouter {

/// TaskRouter in memory: a transport that answers as TaskRouter does, to try and to test programs with.
///
/// It begins with a story(). Its clock stands still until advance() moves it, and everything follows from
/// Options and the requests, answers and advances in their order: doing the same again gives the same
/// answers and the same dump(), on any machine. It takes requests for any host, and the URLs in its answers
/// name that host. Mistakes that TaskRouter overlooks, such as a parameter that does not exist, are
/// refused; a refused request changes nothing. All operations are there. Where Twilio does not say what
/// happens, the comment at the step in emulator/ does.
///
/// A task finds its worker, and a worker their next task, in logarithmic time: emulator/lines.hpp says
/// what costs what. Statistics, and lists with filters or an Ordering, look at all that they are about.
/// Not safe to share between threads.
///
/// It is a template so that a program of many files can compile it once, in a fraction of the time: compile
/// all of them with -DTASKROUTER_EMULATOR_ELSEWHERE, and write `template class taskrouter::BasicEmulator<>;`
/// in one.
template <class = void>
class BasicEmulator {
 public:
  using Options = emulator::Options;
  /// What it starts with.
  using Story = emulator::Story;
  /// A time on its clock.
  using Instant = emulator::Instant;
  /// A request to a workflow's assignment callback URL.
  using AssignmentCallback = emulator::AssignmentCallback;
  /// A request to a workspace's event callback URL.
  using EventCallback = emulator::EventCallback;

  BasicEmulator() : BasicEmulator{Options{}} {}
  explicit BasicEmulator(Options options) : options_{std::move(options)} { reset(); }
  BasicEmulator(const BasicEmulator&) = delete;
  BasicEmulator& operator=(const BasicEmulator&) = delete;

  /// Begins again: everything, the clock and the SIDs to come are as they were at first. Only a source
  /// of Options::random that keeps its state outside itself goes on from where it is. Whoever watches goes
  /// on watching.
  /// @pre not called by a watcher, nor by a function that takes callbacks
  void reset() {
    const emulator::Random seeded = emulator::SeededRandom{options_.seed};
    emulator::Watcher watcher = engine_ ? engine_->log().take_watcher() : nullptr;
    engine_ = std::make_unique<emulator::Engine>(options_.start, options_.random ? options_.random : seeded);
    engine_->log().watch(std::move(watcher));
    story_ = emulator::begin_story(*engine_, options_);
    authorization_ = detail::base64(std::string{story_.account_sid.text()} + ':' + story_.auth_token);
  }

  /// What it started with.
  const Story& story() const { return story_; }
  /// Those of the story's account: requests with others are refused.
  Credentials credentials() const { return {std::string{story_.account_sid.text()}, story_.auth_token}; }

  /// The answer to a request. What follows from it, such as a reservation, happens after the answer
  /// is made, as it does at TaskRouter: a new task is answered as pending. Never an Error.
  Result<Response> send(const Request& request) {
    const emulator::Incoming incoming{request};
    if (!is_authorized(request)) return emulator::error_response(emulator::refusal(401, 20003, "Authenticate"));
    Response response = emulator::serve({*engine_, incoming, headers_});
    settle();
    return response;
  }

  /// What its clock says.
  Instant now() const { return engine_->now(); }

  /// Moves the clock and does everything that is due on the way, each thing at its time.
  void advance(std::chrono::milliseconds time) {
    const Instant until = engine_->now() + time;
    while (engine_->step(until)) settle();
  }

  /// The assignment callbacks since they were last taken, oldest first, if Options::on_assignment is
  /// not set. At most 1,000 are kept.
  std::vector<AssignmentCallback> take_callbacks() {
    auto& callbacks = engine_->callbacks();
    std::vector<AssignmentCallback> taken{std::make_move_iterator(callbacks.begin()),
                                          std::make_move_iterator(callbacks.end())};
    callbacks.clear();
    for (AssignmentCallback& callback : taken) sign(callback);
    return taken;
  }

  /// Takes the answer to an assignment callback, which may come at any time: its instruction `accept`
  /// or `reject` is carried out, an empty body is none. Whatever can't be carried out leaves the
  /// reservation pending; the Error says why, with the code that Twilio's debugger would show.
  Result<Nothing> answer(ReservationSid reservation, const Response& response) {
    auto result = emulator::follow(*engine_, reservation, response);
    settle();
    return result;
  }

  /// Says that a reservation's callback could be sent neither to its URL nor to the fallback URL. The
  /// reservation is canceled, and the task waits again.
  Result<Nothing> give_up(ReservationSid reservation) {
    auto result = emulator::give_up(*engine_, reservation);
    settle();
    return result;
  }

  /// The event callbacks since they were last taken, oldest first, of those workspaces that have an
  /// EventCallbackUrl, if Options::on_event is not set. At most 1,000 are kept.
  std::vector<EventCallback> take_event_callbacks() {
    auto& callbacks = engine_->log().callbacks();
    std::vector<EventCallback> taken{std::make_move_iterator(callbacks.begin()),
                                     std::make_move_iterator(callbacks.end())};
    callbacks.clear();
    for (EventCallback& callback : taken) sign(callback.request);
    return taken;
  }

  /// Has every event shown to `watcher` as it happens, of whatever workspace; an empty one ends that.
  /// It may look at the emulator, and changes nothing.
  void watch(emulator::Watcher watcher) { engine_->log().watch(std::move(watcher)); }

  /// What it holds, to look at: emulator/records.hpp says what is there. The next request, or moving the
  /// clock, changes it.
  const emulator::Store& store() const { return engine_->store(); }

  /// Everything it holds, as JSON: equal for equal states.
  std::string dump() const { return emulator::dump(*engine_); }

 private:
  bool is_authorized(const Request& request) const {
    const std::string* header = request.headers.find("Authorization");
    constexpr std::string_view scheme = "Basic ";
    return header != nullptr && header->size() > scheme.size() &&
           same_header_name(std::string_view{*header}.substr(0, scheme.size()), scheme) &&
           std::string_view{*header}.substr(scheme.size()) == authorization_;
  }

  void sign(Request& callback) const { emulator::sign(callback, story_.auth_token, options_.hmac_sha1); }
  void sign(AssignmentCallback& callback) const {
    sign(callback.request);
    if (callback.fallback) sign(*callback.fallback);
  }

  /// Makes the reservations that are possible now and delivers their callbacks, until nothing follows
  /// any more. Whoever answers a callback may send requests meanwhile; what follows from those is done
  /// here as well, one after the other.
  void settle() {
    engine_->match();
    if (!options_.on_assignment) drop_oldest(engine_->callbacks());
    if (!options_.on_event) drop_oldest(engine_->log().callbacks());
    if (is_delivering_) return;
    const Delivery delivery{is_delivering_};
    do {
      while (waits_for_answer()) {
        AssignmentCallback callback = std::move(engine_->callbacks().front());
        engine_->callbacks().pop_front();
        sign(callback);
        deliver(callback);
        engine_->match();
      }
      while (options_.on_event && !engine_->log().callbacks().empty()) {
        for (const EventCallback& callback : take_event_callbacks()) options_.on_event(callback.request);
      }
    } while (waits_for_answer());
  }

  bool waits_for_answer() const { return options_.on_assignment && !engine_->callbacks().empty(); }

  template <class Callbacks>
  static void drop_oldest(Callbacks& callbacks) {
    while (callbacks.size() > emulator::callback_limit) callbacks.pop_front();
  }

  /// Sends a callback, to the fallback URL if it does not arrive.
  void deliver(const AssignmentCallback& callback) {
    Response answer = options_.on_assignment(callback.request);
    if (!emulator::has_arrived(answer) && callback.fallback) answer = options_.on_assignment(*callback.fallback);
    if (emulator::has_arrived(answer)) {
      (void)emulator::follow(*engine_, callback.reservation_sid, answer);
    } else {
      (void)emulator::give_up(*engine_, callback.reservation_sid);
    }
  }

  /// Says that callbacks are being delivered, also if the function that takes them throws.
  struct Delivery {
    explicit Delivery(bool& flag) : is_delivering{flag} { is_delivering = true; }
    ~Delivery() { is_delivering = false; }
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;
    bool& is_delivering;
  };

  Options options_;
  std::unique_ptr<emulator::Engine> engine_{};
  Story story_{};
  std::string authorization_{};
  emulator::AnswerHeaders headers_{};
  bool is_delivering_{};
};

/// The emulator as programs use it.
using Emulator = BasicEmulator<>;

#ifdef TASKROUTER_EMULATOR_ELSEWHERE
extern template class BasicEmulator<>;
#endif

}  // namespace taskrouter

// taskrouter/emulator/scenario.hpp

namespace taskrouter {

/// A workspace of one's own on an emulator, told in a few words, for tests of what stands on TaskRouter.
///
/// Things are called by their names. A step that TaskRouter refuses throws NoValue, as Result::value()
/// does, so that a test fails there. For all that has no word here there are client() and emulator().
///
///     Scenario given;
///     given.queue("Spanish", "languages HAS 'es'").workflow("{Spanish}").worker("Alice", R"({"languages":["es"]})");
class Scenario {
 public:
  /// @param multi_tasking whether workers can have several tasks at a time, as far as their capacity goes
  explicit Scenario(Emulator::Options options = {}, bool multi_tasking = true) : emulator_{std::move(options)} {
    const workspaces::Create create{.friendly_name = "Scenario", .multi_task_enabled = multi_tasking};
    workspace_ = client_.send(create).value().sid;
    for (const Activity& activity : client_.send(activities::List{.workspace_sid = workspace_}).value().items) {
      activities_[activity.friendly_name] = activity.sid;
    }
  }

  /// The emulator it is set on.
  Emulator& emulator() { return emulator_; }
  /// A client of the emulator.
  Client<Emulator>& client() { return client_; }
  /// The workspace it is set in.
  WorkspaceSid workspace() const { return workspace_; }

  // Given a workspace with ...

  /// An activity besides Offline, Available and Unavailable.
  Scenario& activity(std::string_view name, bool available) {
    const activities::Create create{
        .workspace_sid = workspace_, .friendly_name = std::string{name}, .available = available};
    activities_[create.friendly_name] = client_.send(create).value().sid;
    return *this;
  }

  /// A queue. `with` says what else it has, such as its task_order.
  Scenario& queue(std::string_view name, std::string_view target_workers = "1==1", task_queues::Create with = {}) {
    with.workspace_sid = workspace_;
    with.friendly_name = name;
    with.target_workers = target_workers;
    queues_[with.friendly_name] = client_.send(with).value().sid;
    return *this;
  }

  /// A workflow: the name of a queue in braces, for one that leads there, or a configuration in JSON with
  /// such names in the place of queues' SIDs. `with` says what else it has, such as its callback URL.
  Scenario& workflow(std::string_view configuration, workflows::Create with = {}) {
    with.workspace_sid = workspace_;
    if (with.friendly_name.empty()) with.friendly_name = "Workflow";
    with.configuration.text = with_sids(configuration);
    workflows_[with.friendly_name] = client_.send(with).value().sid;
    return *this;
  }

  /// A worker, who is available if no activity is named.
  Scenario& worker(std::string_view name, std::string_view attributes = "{}", std::string_view activity = "Available") {
    const workers::Create create{.workspace_sid = workspace_,
                                 .friendly_name = std::string{name},
                                 .activity_sid = activity_sid(activity),
                                 .attributes = JsonText{std::string{attributes}}};
    workers_[create.friendly_name] = client_.send(create).value().sid;
    return *this;
  }

  /// How many tasks of a channel a worker can have.
  Scenario& capacity(std::string_view worker, std::int64_t capacity, std::string_view channel = "default") {
    const worker_channels::Update update{.workspace_sid = workspace_,
                                         .worker_sid = worker_sid(worker),
                                         .sid = std::string{channel},
                                         .capacity = capacity};
    client_.send(update).value();
    return *this;
  }

  // When ...

  /// A task is created. `with` says what else it has, such as its priority.
  TaskSid task(std::string_view attributes = "{}", tasks::Create with = {}) {
    with.workspace_sid = workspace_;
    with.attributes = JsonText{std::string{attributes}};
    return client_.send(with).value().sid;
  }

  /// A worker goes to an activity.
  Scenario& move(std::string_view worker, std::string_view activity) {
    const workers::Update update{
        .workspace_sid = workspace_, .sid = worker_sid(worker), .activity_sid = activity_sid(activity)};
    client_.send(update).value();
    return *this;
  }

  /// A worker accepts the task.
  Scenario& accept(std::string_view worker, TaskSid task) {
    client_.send(reservations::accept(workspace_, task, offer(worker, task))).value();
    return *this;
  }

  /// A worker rejects the task, and goes to an activity if one is named.
  Scenario& reject(std::string_view worker, TaskSid task, std::string_view activity = "") {
    std::optional<ActivitySid> to;
    if (!activity.empty()) to = activity_sid(activity);
    client_.send(reservations::reject(workspace_, task, offer(worker, task), to)).value();
    return *this;
  }

  /// A task is completed.
  Scenario& complete(TaskSid task, std::string_view reason = "done") {
    return end(task, TaskStatus::completed, reason);
  }
  /// A task is canceled.
  Scenario& cancel(TaskSid task, std::string_view reason = "hung up") {
    return end(task, TaskStatus::canceled, reason);
  }

  /// Time passes.
  Scenario& wait(std::chrono::milliseconds time) {
    emulator_.advance(time);
    return *this;
  }

  // Then ...

  /// The task as it is now, or the Error if it is gone.
  Result<Task> look(TaskSid task) { return client_.send(tasks::Fetch{.workspace_sid = workspace_, .sid = task}); }

  /// Such as `reserved`, or `gone`.
  std::string status(TaskSid task) {
    const auto now = look(task);
    return now ? std::string{now->assignment_status.text()} : "gone";
  }

  /// The name of the queue that the task is in, or an empty text.
  std::string queue_of(TaskSid task) { return look(task).value().task_queue_friendly_name.value_or(""); }

  /// The names of the workers whom the task is offered to or who have it, with a blank between them.
  std::string workers_of(TaskSid task) {
    std::string names;
    for (const Reservation& reservation : reservations_of(task)) {
      const auto status = reservation.reservation_status.known();
      if (status != ReservationStatus::pending && status != ReservationStatus::accepted &&
          status != ReservationStatus::wrapping) {
        continue;
      }
      names.append(names.empty() ? "" : " ").append(reservation.worker_name);
    }
    return names;
  }

  /// The name of the activity that a worker is in.
  std::string activity_of(std::string_view worker) {
    return client_.send(workers::Fetch{.workspace_sid = workspace_, .sid = worker_sid(worker)}).value().activity_name;
  }

  /// All that was ever reserved for a task, oldest first.
  std::vector<Reservation> reservations_of(TaskSid task) {
    return client_.send(reservations::List{.workspace_sid = workspace_, .task_sid = task, .page_size = 1000})
        .value()
        .items;
  }

  /// The types of a task's events of the last 15 minutes, oldest first, with a blank between them.
  std::string events_of(TaskSid task) {
    std::string types;
    const events::List list{.workspace_sid = workspace_, .task_sid = task, .page_size = 1000};
    const auto page = client_.send(list).value();
    for (auto at = page.items.rbegin(); at != page.items.rend(); ++at) {
      types.append(types.empty() ? "" : " ").append(at->event_type);
    }
    return types;
  }

  /// The SID of the activity called so.
  ActivitySid activity_sid(std::string_view name) const { return sid_of(activities_, name); }
  /// The SID of the queue called so.
  TaskQueueSid queue_sid(std::string_view name) const { return sid_of(queues_, name); }
  /// The SID of the workflow called so.
  WorkflowSid workflow_sid(std::string_view name = "Workflow") const { return sid_of(workflows_, name); }
  /// The SID of the worker called so.
  WorkerSid worker_sid(std::string_view name) const { return sid_of(workers_, name); }

  /// A text with the SIDs of queues in the place of their names in braces; and from such a name alone a
  /// configuration that leads there.
  std::string with_sids(std::string_view configuration) const {
    std::string text{configuration};
    for (const auto& [name, sid] : queues_) {
      const std::string wanted = '{' + name + '}';
      for (std::size_t at; (at = text.find(wanted)) != std::string::npos;) text.replace(at, wanted.size(), sid.text());
    }
    if (!text.starts_with("WQ")) return text;
    return R"({"task_routing":{"default_filter":{"queue":")" + text + R"("}}})";
  }

 private:
  template <class AnySid>
  using Names = std::map<std::string, AnySid, std::less<>>;

  /// What is not there has an empty SID, which no request is built with.
  template <class AnySid>
  static AnySid sid_of(const Names<AnySid>& names, std::string_view name) {
    const auto at = names.find(name);
    return at == names.end() ? AnySid{} : at->second;
  }

  ReservationSid offer(std::string_view worker, TaskSid task) {
    for (const Reservation& reservation : reservations_of(task)) {
      const bool is_pending = reservation.reservation_status == ReservationStatus::pending;
      if (is_pending && reservation.worker_name == worker) return reservation.sid;
    }
    return {};
  }

  Scenario& end(TaskSid task, TaskStatus status, std::string_view reason) {
    const tasks::Update update{
        .workspace_sid = workspace_, .sid = task, .assignment_status = status, .reason = std::string{reason}};
    client_.send(update).value();
    return *this;
  }

  Emulator emulator_;
  Client<Emulator> client_{emulator_.credentials(), emulator_};
  WorkspaceSid workspace_{};
  Names<ActivitySid> activities_{};
  Names<TaskQueueSid> queues_{};
  Names<WorkflowSid> workflows_{};
  Names<WorkerSid> workers_{};
};

}  // namespace taskrouter

// taskrouter/workflow.hpp

// Workflow configurations and the expressions in them: read, written, checked, evaluated and explained.

// taskrouter/workflow/builder.hpp

#include <nlohmann/json.hpp>

/// Expressions put together from values: `all({task("language").in(worker("languages")),
/// worker("level").at_least(3)})`. Values are never read as part of the expression, whatever they hold. to_text refuses
/// a name that is none.
namespace taskrouter::expressions {

/// An attribute to be compared with a constant or with another attribute.
class Attribute {
 public:
  /// The attribute of this name: `language`.
  explicit Attribute(std::string key) : key_{std::move(key)} {}

  /// `==`
  template <class T>
  Expression equals(const T& value) const {
    return compare(Comparator::equal, operand(value));
  }
  /// `!=`
  template <class T>
  Expression differs_from(const T& value) const {
    return compare(Comparator::not_equal, operand(value));
  }
  /// `<`
  template <class T>
  Expression less_than(const T& value) const {
    return compare(Comparator::less, operand(value));
  }
  /// `<=`
  template <class T>
  Expression at_most(const T& value) const {
    return compare(Comparator::less_or_equal, operand(value));
  }
  /// `>`
  template <class T>
  Expression more_than(const T& value) const {
    return compare(Comparator::greater, operand(value));
  }
  /// `>=`
  template <class T>
  Expression at_least(const T& value) const {
    return compare(Comparator::greater_or_equal, operand(value));
  }
  /// Whether this text holds another.
  template <class T>
  Expression contains(const T& value) const {
    return compare(Comparator::contains, operand(value));
  }
  /// Whether this list holds a value.
  template <class T>
  Expression has(const T& value) const {
    return compare(Comparator::has, operand(value));
  }
  /// Whether this value is in a list.
  template <class T>
  Expression in(const T& list) const {
    return compare(Comparator::in, operand(list));
  }
  /// Whether this value is one of these.
  Expression in(std::initializer_list<nlohmann::json> list) const { return in(nlohmann::json::array_t(list)); }
  /// Whether this value is not in a list.
  template <class T>
  Expression not_in(const T& list) const {
    return compare(Comparator::not_in, operand(list));
  }
  /// Whether this value is none of these.
  Expression not_in(std::initializer_list<nlohmann::json> list) const { return not_in(nlohmann::json::array_t(list)); }

 private:
  static Operand operand(const Attribute& attribute) { return {.key = attribute.key_}; }
  template <class T>
  static Operand operand(const T& constant) {
    return {.constant = nlohmann::json(constant)};
  }
  Expression compare(Comparator comparator, Operand right) const {
    return {.left = operand(*this), .comparator = comparator, .right = std::move(right)};
  }

  std::string key_;
};

/// An attribute where names have no prefix: in a filter or in a queue's target workers.
inline Attribute attribute(std::string_view name) { return Attribute{std::string{name}}; }
/// An attribute of the task, in a target.
inline Attribute task(std::string_view name) { return Attribute{"task." + std::string{name}}; }
/// An attribute of the worker, in a target.
inline Attribute worker(std::string_view name) { return Attribute{"worker." + std::string{name}}; }

/// True of everything: `1 == 1`.
inline Expression always() { return {.left = {.constant = 1}, .right = {.constant = 1}}; }
/// True of nothing: `1 == 2`.
inline Expression never() { return {.left = {.constant = 1}, .right = {.constant = 2}}; }

/// True if all parts are; of no parts, always.
inline Expression all(std::vector<Expression> parts) {
  if (parts.empty()) return always();
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = Expression::Kind::all, .parts = std::move(parts)};
}

/// True if a part is; of no parts, never.
inline Expression any(std::vector<Expression> parts) {
  if (parts.empty()) return never();
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = Expression::Kind::any, .parts = std::move(parts)};
}

}  // namespace taskrouter::expressions

// taskrouter/workflow/check.hpp

// taskrouter/workflow/check_expression.hpp

#include <nlohmann/json.hpp>

// taskrouter/workflow/explain.hpp

#include <nlohmann/json.hpp>

// taskrouter/workflow/print_expression.hpp

#include <nlohmann/json.hpp>

// Expressions as text. Twilio documents no escapes in text, so ours is safe with and without them: a
// text never holds the quote that it stands in, and never ends in half an escape. Whatever a value
// says, it stays a value.

namespace taskrouter {

namespace detail {

constexpr std::string_view comparator_text(Comparator comparator) {
  constexpr std::array<std::string_view, 10> texts{"==", "!=", "<", "<=", ">", ">=", "CONTAINS", "HAS", "IN", "NOT IN"};
  return texts[static_cast<std::size_t>(comparator)];
}

/// Whether a text is the name of an attribute and nothing else.
inline bool is_key(std::string_view text) {
  ExpressionLexer lexer{text};
  const ExpressionToken token = lexer.next();
  return token.kind == ExpressionToken::Kind::key && token.span.begin == 0 && token.span.end == text.size();
}

/// In double quotes, or in single ones where the text has a double one; with both, that one is escaped.
inline void print_text(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  const bool has_double = text.find('"') != std::string_view::npos;
  const char quote = has_double && text.find('\'') == std::string_view::npos ? '\'' : '"';
  out.push_back(quote);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      out += "\\\\";
    } else if (byte < 0x20 || c == quote) {
      out += "\\u00";
      out.push_back(hex[byte >> 4]);
      out.push_back(hex[byte & 0xF]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back(quote);
}

/// Writes expressions; returns what can't be written.
class ExpressionPrinter {
 public:
  std::optional<Error> print(const Expression& expression, std::size_t depth = 0) {
    if (expression.kind == Expression::Kind::comparison) return print_comparison(expression);
    if (expression.parts.size() < 2) return fail("AND and OR join at least two parts");
    if (depth == max_expression_depth) return fail("AND and OR can be nested 32 deep, and these go deeper");
    std::string_view joint{};
    for (const Expression& part : expression.parts) {
      const bool enclosed = part.kind != Expression::Kind::comparison;
      out_.append(joint).append(enclosed ? "(" : "");
      if (auto error = print(part, depth + 1)) return error;
      out_.append(enclosed ? ")" : "");
      joint = expression.kind == Expression::Kind::all ? " AND " : " OR ";
    }
    return std::nullopt;
  }

  std::optional<Error> print(const nlohmann::json& constant) {
    if (constant.is_string()) {
      const auto& text = constant.get_ref<const std::string&>();
      if (!is_utf8(text)) return fail("a text in it is not UTF-8");
      print_text(out_, text);
    } else if (constant.is_number_float() && !std::isfinite(constant.get<double>())) {
      return fail("a number in it is not finite");
    } else if (constant.is_array()) {
      return print_list(constant);
    } else if (constant.is_primitive() && !constant.is_binary() && !constant.is_discarded()) {
      out_ += constant.dump();
    } else {
      return fail("a value in it is no text, number, true, false, null or list of these");
    }
    return std::nullopt;
  }

  std::string take() { return std::move(out_); }

 private:
  static Error fail(std::string_view message) { return argument_error("expression", message); }

  std::optional<Error> print_comparison(const Expression& comparison) {
    if (auto error = print_operand(comparison.left)) return error;
    out_.append(" ").append(comparator_text(comparison.comparator)).append(" ");
    return print_operand(comparison.right);
  }

  std::optional<Error> print_operand(const Operand& operand) {
    if (operand.key.empty()) return print(operand.constant);
    if (!is_key(operand.key)) return fail(quoted_for_message(operand.key) + " is not the name of an attribute");
    out_ += operand.key;
    return std::nullopt;
  }

  std::optional<Error> print_list(const nlohmann::json& list) {
    std::string_view joint = "[";
    for (const nlohmann::json& item : list) {
      out_ += joint;
      if (item.is_array()) return fail("a list in it holds a list");
      if (auto error = print(item)) return error;
      joint = ", ";
    }
    out_ += list.empty() ? "[]" : "]";
    return std::nullopt;
  }

  std::string out_{};
};

}  // namespace detail

/// The text of an expression: what parse_expression reads as the same expression again. An Error if a
/// name is none, a value can't be written, or it is nested more than 32 deep.
inline Result<std::string> to_text(const Expression& expression) {
  detail::ExpressionPrinter printer;
  if (auto error = printer.print(expression)) return *std::move(error);
  return printer.take();
}

}  // namespace taskrouter

namespace taskrouter {

/// One comparison of an expression, and how it came out.
struct ExplainedPart {
  TextSpan span{};         ///< Where it stands in the text that was parsed.
  std::string text{};      ///< `level >= 3`
  std::string reason{};    ///< `level is 2`
  nlohmann::json left{};   ///< The value of each side; null for a missing attribute.
  nlohmann::json right{};  ///< Of the right side.
  bool is_true{};          ///< Whether it is true of the values.
  bool decided{};          ///< Whether the outcome of the whole rests on it.
};

/// Why an expression is true or false.
struct Explanation {
  bool matches{};                      ///< Whether the whole is true.
  std::vector<ExplainedPart> parts{};  ///< Every comparison, in the order of the text.
  std::string sentence{};              ///< `It does not match: level >= 3 is false (level is 2).`
};

namespace detail {

/// A value as JSON for a sentence, not longer than a person reads.
inline std::string shown(const nlohmann::json& value) {
  constexpr std::size_t most = 60;
  std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

/// What is remarkable about one side: its value, if it has a name.
inline std::string reason_of(const Operand& operand, const nlohmann::json* value) {
  if (operand.key.empty()) return {};
  return operand.key + (value == nullptr ? " is missing" : " is " + shown(*value));
}

inline bool wants_list(Comparator comparator) {
  return comparator == Comparator::has || comparator == Comparator::in || comparator == Comparator::not_in;
}

/// Why no value of these types makes a comparison true, or nothing.
inline std::string_view never_true(const nlohmann::json& left, Comparator comparator, const nlohmann::json& right) {
  const bool null = left.is_null() || right.is_null();
  if (wants_list(comparator)) {
    const bool has = comparator == Comparator::has;
    if (!(has ? left : right).is_array()) return has ? "HAS wants a list before it" : "IN wants a list after it";
    return (has ? right : left).is_structured() ? "a list is searched for one value" : "";
  }
  const bool equality = comparator == Comparator::equal || comparator == Comparator::not_equal;
  if (equality && null) return "";
  if (left.is_structured() || right.is_structured()) return "of a list it is always false";
  if (comparator == Comparator::not_equal || null) return "";
  const bool comparable = left.type() == right.type() || (left.is_number() && right.is_number());
  return comparable ? "" : "the types differ";
}

inline ExplainedPart explain_comparison(const Expression& comparison, const Variables& variables) {
  const nlohmann::json* left = value_of(comparison.left, variables);
  const nlohmann::json* right = value_of(comparison.right, variables);
  const auto text = to_text(comparison);
  ExplainedPart part{.span = comparison.span,
                     .text = text ? *text : text.error().message,
                     .left = left == nullptr ? nlohmann::json{} : *left,
                     .right = right == nullptr ? nlohmann::json{} : *right,
                     .is_true = compare(comparison, variables)};
  const std::string never{part.is_true ? "" : never_true(part.left, comparison.comparator, part.right)};
  for (const std::string& reason : {reason_of(comparison.left, left), reason_of(comparison.right, right), never}) {
    if (!reason.empty()) part.reason += (part.reason.empty() ? "" : ", ") + reason;
  }
  return part;
}

/// Explains from `expression` down, and marks the comparisons that its outcome rests on: of an AND that
/// is false the first part that is, of an AND that is true all, and of an OR the other way round.
inline bool explain_into(std::vector<ExplainedPart>& out, const Expression& expression, const Variables& variables) {
  const std::size_t begin = out.size();
  if (expression.kind == Expression::Kind::comparison) {
    out.push_back(explain_comparison(expression, variables));
    out.back().decided = true;
    return out.back().is_true;
  }
  const bool usual = expression.kind == Expression::Kind::all;
  bool outcome = usual;
  const auto no_longer_decided = [&](std::size_t from, std::size_t to) {
    for (; from < to; ++from) out[from].decided = false;
  };
  for (const Expression& part : expression.parts) {
    const std::size_t first = out.size();
    const bool is_true = explain_into(out, part, variables);
    if (outcome != usual) {
      no_longer_decided(first, out.size());
    } else if (is_true != usual) {
      outcome = is_true;
      no_longer_decided(begin, first);
    }
  }
  return outcome;
}

inline std::string sentence_of(bool matches, const std::vector<ExplainedPart>& parts) {
  constexpr std::size_t most = 3;
  std::string sentence = matches ? "It matches: " : "It does not match: ";
  std::size_t told = 0, more = 0;
  for (const ExplainedPart& part : parts) {
    if (!part.decided) continue;
    if (told == most) {
      ++more;
      continue;
    }
    sentence += (told++ == 0 ? "" : ", and ") + part.text + (part.is_true ? " is true" : " is false");
    if (!part.reason.empty()) sentence += " (" + part.reason + ")";
  }
  return sentence + (more > 0 ? ", and " + std::to_string(more) + " more like these." : ".");
}

}  // namespace detail

/// Says which comparisons made an expression true or false of these values, and why.
inline Explanation explain(const Expression& expression, const Variables& variables) {
  Explanation explanation;
  explanation.matches = detail::explain_into(explanation.parts, expression, variables);
  explanation.sentence = detail::sentence_of(explanation.matches, explanation.parts);
  return explanation;
}

}  // namespace taskrouter

namespace taskrouter {

/// Where an expression stands, which says how its names must begin.
enum class ExpressionPlace {
  filter,      ///< The task's attributes, without a prefix.
  target,      ///< `task.` and `worker.`
  skip_if,     ///< `workers.`
  task_queue,  ///< A queue's target workers: the worker's attributes, without a prefix.
};

/// How bad a problem is.
enum class Severity {
  error,    ///< TaskRouter refuses it, or it can't do what it says.
  warning,  ///< It is allowed, and hardly what was meant.
};

/// Something in an expression that is wrong, or hardly meant.
struct ExpressionProblem {
  Severity severity{};    ///< How bad it is.
  TextSpan span{};        ///< In bytes. Empty where something is missing.
  std::string message{};  ///< One sentence for a person.
};

namespace detail {

/// Whether an expression comes out alike for every task and worker, and how.
inline std::optional<bool> constant_outcome(const Expression& expression) {
  if (expression.kind == Expression::Kind::comparison) {
    if (!expression.left.key.empty() || !expression.right.key.empty()) return std::nullopt;
    return compare(expression, {});
  }
  const bool usual = expression.kind == Expression::Kind::all;
  bool known = true;
  for (const Expression& part : expression.parts) {
    const std::optional<bool> outcome = constant_outcome(part);
    if (outcome == !usual) return !usual;
    known = known && outcome.has_value();
  }
  return known ? std::optional{usual} : std::nullopt;
}

/// Finds what is wrong in an expression that could be parsed.
class ExpressionCheck {
 public:
  ExpressionCheck(std::string_view text, ExpressionPlace place) : text_{text}, place_{place} {}

  void check(const Expression& expression) {
    for (const Expression& part : expression.parts) check(part);
    if (expression.kind == Expression::Kind::comparison) check_comparison(expression);
  }

  std::vector<ExpressionProblem> problems{};

 private:
  void add(Severity severity, TextSpan span, std::string message) {
    problems.push_back({severity, span, std::move(message)});
  }
  std::string source(TextSpan span) const { return std::string{text_.substr(span.begin, span.end - span.begin)}; }

  static bool is_text(const Operand& operand) { return operand.key.empty() && operand.constant.is_string(); }
  static bool is_list(const Operand& operand) { return operand.key.empty() && operand.constant.is_array(); }

  void check_comparison(const Expression& comparison) {
    check_operand(comparison.left);
    check_operand(comparison.right);
    const Operand &left = comparison.left, &right = comparison.right;
    if (left.key.empty() && right.key.empty()) {
      if (is_text(left) || is_text(right)) {
        add(Severity::warning, comparison.span, "this compares two constants: names stand without quotes");
      }
      return;
    }
    if (place_ == ExpressionPlace::skip_if) return check_skip_comparator(comparison);
    if (unprefixed()) check_bare_word(comparison);
    wants_list(comparison.comparator) ? check_search(comparison) : check_scalars(comparison);
  }

  /// Two attributes are rarely compared where all belong to one task or worker.
  void check_bare_word(const Expression& comparison) {
    const std::string& word = comparison.right.key;
    const bool names_list = comparison.comparator == Comparator::in || comparison.comparator == Comparator::not_in;
    if (comparison.left.key.empty() || word.empty() || names_list || word.find_first_of(".[") != std::string::npos)
      return;
    add(Severity::warning, comparison.right.span,
        quoted_for_message(word) + " is read as the name of an attribute: put it in quotes if it is text");
  }

  void check_operand(const Operand& operand) {
    if (!operand.key.empty()) return check_prefix(operand);
    if (is_text(operand)) check_text(operand.constant.get_ref<const std::string&>(), operand.span);
    if (!is_list(operand)) return;
    for (const nlohmann::json& item : operand.constant) {
      if (item.is_string()) check_text(item.get_ref<const std::string&>(), operand.span);
    }
  }

  bool unprefixed() const { return place_ == ExpressionPlace::filter || place_ == ExpressionPlace::task_queue; }

  void check_prefix(const Operand& operand) {
    const std::string_view key = operand.key;
    const std::size_t dot = key.find('.');
    const std::string_view prefix = dot == std::string_view::npos ? std::string_view{} : key.substr(0, dot);
    const std::string name = quoted_for_message(key);
    const bool task = prefix == "task", worker = prefix == "worker", workers = prefix == "workers";
    if (unprefixed()) {
      const bool own = place_ == ExpressionPlace::filter ? task : worker;
      const std::string here = place_ == ExpressionPlace::filter ? "a filter" : "a queue";
      if (own) {
        add(Severity::warning, operand.span,
            here + " reads attributes without a prefix: write " + quoted_for_message(key.substr(dot + 1)));
      } else if (task || worker || workers) {
        add(Severity::warning, operand.span,
            here + (task ? " does not see tasks" : " does not see workers") + ": write " + name + " in a target");
      }
    } else if (place_ == ExpressionPlace::target && !task && !worker) {
      add(Severity::error, operand.span,
          workers ? name + " can only stand in a skip_if: here it is worker. or task."
                  : name + " must begin with task. or worker., or stand in quotes if it is text");
    } else if (place_ == ExpressionPlace::skip_if && !is_worker_count(key)) {
      add(Severity::error, operand.span,
          name +
              " is no number of workers: write workers.available, workers.unavailable or workers.WA..., the SID of an "
              "activity");
    }
  }

  static bool is_worker_count(std::string_view key) {
    return key == "workers.available" || key == "workers.unavailable" ||
           (key.starts_with("workers.WA") && key.find_first_of(".[", 8) == std::string_view::npos);
  }

  void check_skip_comparator(const Expression& comparison) {
    if (wants_list(comparison.comparator) || comparison.comparator == Comparator::contains) {
      add(Severity::error, comparison.span, "a skip_if compares numbers: write ==, !=, <, <=, > or >=");
    }
    for (const Operand* operand : {&comparison.left, &comparison.right}) {
      if (operand->key.empty() && !operand->constant.is_number()) {
        add(Severity::error, operand->span, "a skip_if compares numbers, and this is none");
      }
    }
  }

  void check_text(std::string_view text, TextSpan span) {
    const auto in_quotes = [&](char quote) { return text.size() > 1 && text.front() == quote && text.back() == quote; };
    if (in_quotes('\'') || in_quotes('"')) {
      add(Severity::warning, span, "the inner quotes belong to the text: write one kind only");
    } else if (source(span).find('\\') != std::string::npos) {
      add(Severity::warning, span, "Twilio documents no \\ in text, so TaskRouter may read it otherwise");
    } else if (text.starts_with(' ') || text.ends_with(' ')) {
      add(Severity::warning, span, "the text begins or ends with a space");
    }
  }

  void check_search(const Expression& comparison) {
    const bool has = comparison.comparator == Comparator::has;
    const Operand& list = has ? comparison.left : comparison.right;
    const Operand& value = has ? comparison.right : comparison.left;
    if (list.key.empty() && !is_list(list)) {
      add(Severity::error, list.span,
          has ? "HAS wants a list before it, so this is never true" : "write a list: [" + source(list.span) + "]");
    }
    if (is_list(value)) {
      add(Severity::error, value.span,
          has ? "HAS looks for one value: write a HAS for each, joined by OR" : "a list is never in a list");
    }
  }

  void check_scalars(const Expression& comparison) {
    const bool left_is_constant = comparison.left.key.empty();
    const Operand& operand = left_is_constant ? comparison.left : comparison.right;
    if (!operand.key.empty()) return;
    const nlohmann::json& constant = operand.constant;
    const std::string name{comparator_text(comparison.comparator)};
    const bool equality = comparison.comparator == Comparator::equal || comparison.comparator == Comparator::not_equal;
    if (constant.is_array()) {
      add(Severity::error, comparison.span, "with a list " + name + " is never true: write IN or HAS");
    } else if (comparison.comparator == Comparator::contains) {
      if (!constant.is_string())
        add(Severity::warning, operand.span, "CONTAINS looks for text in text: put this in quotes");
    } else if (!equality && (constant.is_null() || constant.is_boolean())) {
      add(Severity::error, comparison.span,
          name + " has no meaning for " + constant.dump() + ", so this is never true");
    } else if (constant.is_string() && looks_otherwise(constant.get_ref<const std::string&>(), equality)) {
      add(Severity::warning, operand.span, "in quotes this is text, and never equal to the same without quotes");
    }
  }

  /// Whether a text says what should stand without quotes.
  static bool looks_otherwise(const std::string& text, bool equality) {
    if (text == "true" || text == "false" || text == "null") return true;
    const bool begins = !text.empty() && (text.front() == '-' || (text.front() >= '0' && text.front() <= '9'));
    return !equality && begins && is_json(text);
  }

  std::string_view text_;
  ExpressionPlace place_;
};

}  // namespace detail

/// Everything that is wrong with the text of an expression at its place, or hardly meant. Empty if nothing is.
inline std::vector<ExpressionProblem> check_expression(std::string_view text, ExpressionPlace place) {
  detail::ExpressionParser parser{text};
  Expression expression;
  if (!parser.read(expression)) {
    const SyntaxError& error = parser.error();
    return {{Severity::error, {error.at, error.at}, error.message}};
  }
  detail::ExpressionCheck check{text, place};
  check.check(expression);
  if (check.problems.empty() && detail::constant_outcome(expression) == false) {
    check.problems.push_back({Severity::warning, expression.span, "this is never true"});
  }
  return std::move(check.problems);
}

}  // namespace taskrouter

namespace taskrouter {

/// Something in a workflow's configuration that is wrong, or hardly meant, and where.
struct WorkflowProblem {
  Severity severity{};                  ///< How bad it is.
  std::optional<std::size_t> filter{};  ///< Index in `filters`. None: the default filter or the whole.
  std::optional<std::size_t> target{};  ///< Index in the filter's `targets`.
  std::string key{};                    ///< `skip_if`. Empty: the filter, the target or the whole.
  std::optional<TextSpan> span{};       ///< In the text of `key`, in bytes.
  std::string place{};                  ///< `filter 2 'Spanish', target 1, skip_if, character 9`
  std::string message{};                ///< One sentence for a person.
};

/// A problem in one line: `error in filter 2 'Spanish', target 1, skip_if, character 9: ...`.
inline std::string describe(const WorkflowProblem& problem) {
  return (problem.severity == Severity::error ? "error in " : "warning in ") + problem.place + ": " + problem.message;
}

namespace detail {

/// Whether an expression has the same outcome for everything, and this one.
inline bool is_always(std::string_view text, bool outcome) {
  const auto expression = parse_expression(text);
  return expression && constant_outcome(*expression) == outcome;
}

inline bool can_be_skipped(const WorkflowTarget& target) {
  return target.skip_if && !is_always(*target.skip_if, false);
}

/// Whether a task stays in a target until its own end, if nobody takes it.
inline bool keeps_tasks(const WorkflowTarget& target) { return !target.timeout && !can_be_skipped(target); }

/// Walks through a configuration and writes down what is wrong.
class ConfigurationCheck {
 public:
  ConfigurationCheck(const WorkflowConfiguration& configuration, const std::vector<std::string>& queues)
      : configuration_{configuration}, queues_{queues} {}

  std::vector<WorkflowProblem> run() {
    if (configuration_.filters.empty() && !configuration_.default_filter) {
      error("", "there is neither a filter nor a default_filter, so no task is routed");
    }
    check_unknown(configuration_.unknown);
    check_unknown(configuration_.unknown_outside);
    for (std::size_t i = 0; i < configuration_.filters.size(); ++i) check_filter(i);
    filter_.reset();
    check_default_filter();
    return std::move(problems_);
  }

 private:
  /// A default filter is used when no filter matched or the last one was skipped, but not after a timeout.
  void check_default_filter() {
    if (!configuration_.default_filter) {
      if (!configuration_.filters.empty() && !match_all_) {
        warning("default_filter", "there is none, so a task that no filter matches is canceled");
      }
      return;
    }
    in_default_filter_ = true;
    const WorkflowTarget& target = *configuration_.default_filter;
    if (target.queue.empty()) error("queue", "is missing: the default filter has no target before it");
    if (target.timeout) warning("timeout", "a default filter has none, so it has no effect");
    check_target(target);
    if (match_all_ && !may_skip(configuration_.filters[*match_all_])) {
      warning("", name_of(*match_all_) + " matches every task, so this is never used");
    }
  }

  static bool may_skip(const WorkflowFilter& filter) {
    return !filter.targets.empty() && can_be_skipped(filter.targets.back()) &&
           std::none_of(filter.targets.begin(), filter.targets.end(), keeps_tasks);
  }

  void check_filter(std::size_t index) {
    const WorkflowFilter& filter = configuration_.filters[index];
    filter_ = index;
    check_unknown(filter.unknown);
    check_name(filter, index);
    check_reached(filter, index);
    if (filter.expression.empty()) {
      error("expression", "is empty: write 1==1 to match every task");
    } else {
      check_text("expression", filter.expression, ExpressionPlace::filter);
    }
    if (filter.targets.empty()) error("targets", "there are none, so a task that matches goes nowhere");
    check_targets(filter);
    target_.reset();
  }

  void check_name(const WorkflowFilter& filter, std::size_t index) {
    if (!filter.filter_friendly_name) return;
    const auto [first, added] = names_.emplace(*filter.filter_friendly_name, index);
    if (!added) warning("filter_friendly_name", "is also that of filter " + std::to_string(first->second + 1));
  }

  /// A filter below one that matches the same tasks gets what falls out of that one's last target.
  void check_reached(const WorkflowFilter& filter, std::size_t index) {
    const auto expression = parse_expression(filter.expression);
    if (keeper_) {
      warning("", "is never reached: " + name_of(*keeper_) + " matches every task and keeps it");
    } else if (expression) {
      const auto text = to_text(*expression);
      const auto [first, added] = expressions_.emplace(text ? *text : filter.expression, index);
      if (!added) {
        const std::vector<WorkflowTarget>& targets = configuration_.filters[first->second].targets;
        const bool kept = std::any_of(targets.begin(), targets.end(), keeps_tasks);
        warning("expression", "is that of " + name_of(first->second) +
                                  (kept ? ", which keeps its tasks, so this filter is never reached"
                                        : ", so only what falls out of its last target comes here"));
      }
    }
    if (!expression || constant_outcome(*expression) != true) return;
    if (!match_all_) match_all_ = index;
    if (!keeper_ && std::any_of(filter.targets.begin(), filter.targets.end(), keeps_tasks)) keeper_ = index;
  }

  void check_targets(const WorkflowFilter& filter) {
    std::optional<std::size_t> keeper;
    std::int64_t seconds = 0;
    for (std::size_t i = 0; i < filter.targets.size(); ++i) {
      const WorkflowTarget& target = filter.targets[i];
      target_ = i;
      if (i == 0 && target.queue.empty()) error("queue", "is missing: the first target of a filter must name one");
      if (i > 0 && target == filter.targets[i - 1]) warning("", "is the same as the target before it");
      if (keeper) {
        warning("", "is never reached: target " + std::to_string(*keeper + 1) +
                        " has neither a timeout nor a skip_if that can be true, and keeps the task");
      } else if (keeps_tasks(target)) {
        keeper = i;
      }
      check_target(target);
      check_timeout(target, seconds);
    }
  }

  void check_timeout(const WorkflowTarget& target, std::int64_t& seconds) {
    constexpr std::int64_t day = 86400;  // Twilio's default for the task's own timeout, and its largest.
    if (!target.timeout) return;
    if (*target.timeout < 1) return error("timeout", "must be at least 1 second");
    seconds = std::min(seconds, day) + std::min(*target.timeout, day);
    if (seconds >= day) {
      warning("timeout",
              "never elapses unless a task lives longer than a day: it counts from the task's creation, "
              "together with the timeouts before it");
    } else if (target.skip_if && is_always(*target.skip_if, true)) {
      warning("timeout", "has no effect: the skip_if is always true, so no task waits here");
    }
  }

  void check_target(const WorkflowTarget& target) {
    check_unknown(target.unknown);
    if (!target.queue.empty()) check_queue(target.queue);
    if (target.expression) check_text("expression", *target.expression, ExpressionPlace::target);
    if (target.skip_if) check_text("skip_if", *target.skip_if, ExpressionPlace::skip_if);
    if (target.order_by) check_order_by(*target.order_by);
    if (target.priority && (*target.priority < 0 || *target.priority > INT32_MAX)) {
      error("priority", "must be from 0 to 2147483647");
    }
    if (target.known_worker_sid) check_known("known_worker_sid", *target.known_worker_sid);
    if (target.known_worker_friendly_name)
      check_known("known_worker_friendly_name", *target.known_worker_friendly_name);
    if (target.known_worker_sid && target.known_worker_friendly_name) {
      error("known_worker_friendly_name", "can't stand beside known_worker_sid: keep one");
    }
  }

  void check_queue(const std::string& queue) {
    const bool known = std::find(queues_.begin(), queues_.end(), queue) != queues_.end();
    if (known) return;
    if (!queues_.empty()) {
      error("queue", quoted_for_message(queue) + " is none of the workspace's queues");
    } else if (!is_sid(queue, "WQ")) {
      error("queue", quoted_for_message(queue) + " is not the SID of a queue: WQ and 32 hexadecimal digits");
    }
  }

  void check_known(const char* key, const std::string& value) {
    if (value.starts_with("task.") && is_key(value)) return;
    error(key, quoted_for_message(value) + " is not an attribute of the task: write task. and its name");
  }

  void check_order_by(const std::string& text) {
    OrderBy order;
    if (const auto fault = read_order_by(text, order)) {
      return add(Severity::error, "order_by", fault->message, TextSpan{fault->at, fault->at}, text);
    }
    std::map<std::string_view, std::size_t> seen;
    for (const OrderBy::Term& term : order.terms) {
      if (seen.emplace(term.key, seen.size()).second) continue;
      add(Severity::warning, "order_by", quoted_for_message(term.key) + " stands here twice", term.span, text);
    }
  }

  void check_text(const char* key, const std::string& text, ExpressionPlace place) {
    for (const ExpressionProblem& problem : check_expression(text, place)) {
      add(problem.severity, key, problem.message, problem.span, text);
    }
  }

  void check_unknown(const nlohmann::json& unknown) {
    if (!unknown.is_object()) return;
    for (const auto& item : unknown.items()) {
      warning(item.key(), quoted_for_message(item.key()) + " is no key that is known here");
    }
  }

  void error(std::string_view key, std::string message) { add(Severity::error, key, std::move(message)); }
  void warning(std::string_view key, std::string message) { add(Severity::warning, key, std::move(message)); }

  void add(Severity severity, std::string_view key, std::string message, std::optional<TextSpan> span = {},
           std::string_view text = {}) {
    std::string place = filter_ ? name_of(*filter_) : in_default_filter_ ? "the default filter" : "the configuration";
    if (target_) place += ", target " + std::to_string(*target_ + 1);
    if (!key.empty()) place += ", " + (is_key(key) ? std::string{key} : quoted_for_message(key));
    if (span) place += ", character " + std::to_string(character_at(text, span->begin));
    problems_.push_back({severity, filter_, target_, std::string{key}, span, std::move(place), std::move(message)});
  }

  std::string name_of(std::size_t filter) const {
    const auto& name = configuration_.filters[filter].filter_friendly_name;
    return "filter " + std::to_string(filter + 1) + (name ? " " + quoted_for_message(*name) : "");
  }

  const WorkflowConfiguration& configuration_;
  const std::vector<std::string>& queues_;
  std::vector<WorkflowProblem> problems_{};
  std::optional<std::size_t> filter_{}, target_{};
  bool in_default_filter_{};
  std::map<std::string, std::size_t> names_{}, expressions_{};  // Which filter had it first.
  std::optional<std::size_t> match_all_{};                      // The first filter that matches every task.
  std::optional<std::size_t> keeper_{};                         // The first of these that never lets go of one.
};

}  // namespace detail

/// Everything that is wrong with a configuration, or hardly meant, in its order. Empty if nothing is.
/// With `queues`, the SIDs of the workspace's queues, it also finds the ones that are not there.
inline std::vector<WorkflowProblem> check(const WorkflowConfiguration& configuration,
                                          const std::vector<std::string>& queues = {}) {
  return detail::ConfigurationCheck{configuration, queues}.run();
}

}  // namespace taskrouter

// taskrouter/workflow/explain_routing.hpp

#include <nlohmann/json.hpp>

namespace taskrouter {

/// A target that a task came to, and what it found there.
struct RoutedTarget {
  std::size_t target{};                 ///< Index in the filter's targets; 0 in the default filter.
  std::string queue{};                  ///< The queue's SID.
  std::vector<std::size_t> eligible{};  ///< The workers that can be asked, by index, the first one first.
  std::vector<std::string> reasons{};   ///< For each worker why, or why not.
  bool skipped{};                       ///< Whether skip_if sent the task on at once.
};

/// How a workflow routes a task at the moment it is created.
struct RoutingExplanation {
  std::vector<Explanation> filters{};   ///< Of each filter from the first to the last that was tried.
  std::optional<std::size_t> filter{};  ///< The one that took the task. None: the default filter, or nothing.
  std::vector<RoutedTarget> targets{};  ///< In the order that the task came to them. It stays in the last one,
                                        ///< unless that was skipped too.
  std::string sentence{};               ///< The outcome, for a person.
};

namespace detail {

class RoutingWalk {
 public:
  RoutingWalk(const nlohmann::json& task, const std::vector<nlohmann::json>& workers,
              const std::map<std::string, std::string>& queues)
      : task_{task}, workers_{workers}, queues_{queues} {}

  RoutingExplanation walk(const WorkflowConfiguration& configuration) {
    for (std::size_t i = 0; i < configuration.filters.size(); ++i) {
      const WorkflowFilter& filter = configuration.filters[i];
      const Explanation& explanation =
          out_.filters.emplace_back(explain_text(filter.expression, {.attributes = &task_}));
      if (!explanation.matches || !stays_in(filter.targets)) continue;
      out_.filter = i;
      const auto& name = filter.filter_friendly_name;
      return finish("Filter " + std::to_string(i + 1) + (name ? " " + quoted_for_message(*name) : "") +
                    " took the task");
    }
    if (configuration.default_filter && stays_in({*configuration.default_filter})) {
      return finish("No filter took the task, so the default filter did");
    }
    out_.sentence = "No filter took the task, and it is canceled.";
    return std::move(out_);
  }

 private:
  static Explanation explain_text(std::string_view text, const Variables& variables) {
    const auto expression = parse_expression(text);
    if (expression) return explain(*expression, variables);
    return {.sentence = "It can't be read: " + expression.error().message + "."};
  }

  static bool is_available(const nlohmann::json& worker) {
    const nlohmann::json* available = Variables{.worker = &worker}.find("worker.available");
    return available == nullptr || *available != false;
  }

  /// Whether the task stays in one of these targets.
  bool stays_in(const std::vector<WorkflowTarget>& targets) {
    std::string queue;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (!targets[i].queue.empty()) queue = targets[i].queue;
      RoutedTarget& routed = out_.targets.emplace_back(RoutedTarget{.target = i, .queue = queue});
      for (const nlohmann::json& worker : workers_) {
        auto [eligible, reason] = judge(targets[i], queue, worker);
        if (eligible) routed.eligible.push_back(routed.reasons.size());
        routed.reasons.push_back(std::move(reason));
      }
      sort(targets[i], routed.eligible);
      if (!routed.eligible.empty()) return true;
      const nlohmann::json counts = count_workers(queue);
      routed.skipped = targets[i].skip_if && explain_text(*targets[i].skip_if, {.workers = &counts}).matches;
      if (!routed.skipped) return true;
    }
    return false;
  }

  bool belongs(const std::string& queue, const nlohmann::json& worker) const {
    const auto found = queues_.find(queue);
    return found == queues_.end() || explain_text(found->second, {.attributes = &worker}).matches;
  }

  /// Whether a worker can be asked, and why or why not.
  std::pair<bool, std::string> judge(const WorkflowTarget& target, const std::string& queue,
                                     const nlohmann::json& worker) const {
    if (!belongs(queue, worker)) return {false, "It does not belong to the queue."};
    if (!is_available(worker)) return {false, "It is not available."};
    if (!is_known(target.known_worker_sid, "worker.sid", worker) ||
        !is_known(target.known_worker_friendly_name, "worker.friendly_name", worker)) {
      return {false, "It is not the known worker of the task."};
    }
    if (!target.expression) return {true, "The target takes every worker of the queue."};
    Explanation explanation = explain_text(*target.expression, {.task = &task_, .worker = &worker});
    return {explanation.matches, std::move(explanation.sentence)};
  }

  bool is_known(const std::optional<std::string>& attribute, std::string_view key, const nlohmann::json& worker) const {
    if (!attribute) return true;
    const nlohmann::json* wanted = Variables{.task = &task_}.find(*attribute);
    const nlohmann::json* actual = Variables{.worker = &worker}.find(key);
    return wanted != nullptr && actual != nullptr && is_equal(*wanted, *actual);
  }

  void sort(const WorkflowTarget& target, std::vector<std::size_t>& eligible) const {
    const auto order = parse_order_by(target.order_by.value_or(""));
    if (!order) return;
    std::stable_sort(eligible.begin(), eligible.end(),
                     [&](std::size_t a, std::size_t b) { return order->before(workers_[a], workers_[b]); });
  }

  /// What a skip_if reads.
  nlohmann::json count_workers(const std::string& queue) const {
    std::map<std::string, std::size_t> counts{{"available", 0}, {"unavailable", 0}};
    for (const nlohmann::json& worker : workers_) {
      const nlohmann::json* activity = Variables{.worker = &worker}.find("worker.activity_sid");
      const bool is_member = belongs(queue, worker);
      if (is_member) ++counts[is_available(worker) ? "available" : "unavailable"];
      if (activity != nullptr && activity->is_string()) counts[activity->get<std::string>()] += is_member ? 1 : 0;
    }
    return counts;
  }

  std::string name_of(std::size_t index) const {
    for (const char* key : {"worker.friendly_name", "worker.sid"}) {
      const nlohmann::json* name = Variables{.worker = &workers_[index]}.find(key);
      if (name != nullptr && name->is_string()) return quoted_for_message(name->get_ref<const std::string&>());
    }
    return "worker " + std::to_string(index + 1);
  }

  RoutingExplanation finish(std::string beginning) {
    const RoutedTarget& last = out_.targets.back();
    out_.sentence = std::move(beginning) + ", target " + std::to_string(last.target + 1) + " put it into " +
                    quoted_for_message(last.queue) + ", and ";
    if (last.eligible.empty()) {
      out_.sentence += "it waits there: nobody can be asked.";
    } else {
      const std::string count = std::to_string(last.eligible.size());
      out_.sentence += name_of(last.eligible.front()) + " is asked first, of " + count + " that can be asked.";
    }
    return std::move(out_);
  }

  const nlohmann::json& task_;
  const std::vector<nlohmann::json>& workers_;
  const std::map<std::string, std::string>& queues_;
  RoutingExplanation out_{};
};

}  // namespace detail

/// Says which filter takes a task, which queue it comes to and who is asked there, and why.
///
/// `task` holds the task's attributes. A worker holds its attributes and sid, friendly_name, available,
/// activity_sid and activity_name; without `available` it counts as available. The longest idle stands
/// first. `queues` has the target workers of a queue under its SID; a queue that is not there takes
/// everybody. Capacity is not looked at.
inline RoutingExplanation explain_routing(const WorkflowConfiguration& configuration, const nlohmann::json& task,
                                          const std::vector<nlohmann::json>& workers,
                                          const std::map<std::string, std::string>& queues = {}) {
  return detail::RoutingWalk{task, workers, queues}.walk(configuration);
}

}  // namespace taskrouter

// taskrouter/workflow/write_configuration.hpp

#include <nlohmann/json.hpp>

namespace taskrouter {

namespace detail {

template <class T>
void put(nlohmann::json& object, const char* key, const std::optional<T>& value) {
  if (value) object[key] = *value;
}

/// The keys that were unknown, to add the others to.
inline nlohmann::json object_of(const nlohmann::json& unknown) {
  return unknown.is_object() ? unknown : nlohmann::json::object();
}

inline nlohmann::json write(const WorkflowTarget& target) {
  nlohmann::json object = object_of(target.unknown);
  if (!target.queue.empty()) object["queue"] = target.queue;
  put(object, "expression", target.expression);
  put(object, "order_by", target.order_by);
  put(object, "skip_if", target.skip_if);
  put(object, "priority", target.priority);
  put(object, "timeout", target.timeout);
  put(object, "known_worker_sid", target.known_worker_sid);
  put(object, "known_worker_friendly_name", target.known_worker_friendly_name);
  return object;
}

inline nlohmann::json write(const WorkflowFilter& filter) {
  nlohmann::json object = object_of(filter.unknown);
  put(object, "filter_friendly_name", filter.filter_friendly_name);
  object["expression"] = filter.expression;
  object["targets"] = nlohmann::json::array();
  for (const WorkflowTarget& target : filter.targets) object["targets"].push_back(write(target));
  return object;
}

}  // namespace detail

/// A configuration as JSON, with the unknown keys that it was read with.
inline nlohmann::json to_nlohmann(const WorkflowConfiguration& configuration) {
  nlohmann::json routing = detail::object_of(configuration.unknown);
  routing["filters"] = nlohmann::json::array();
  for (const WorkflowFilter& filter : configuration.filters) routing["filters"].push_back(detail::write(filter));
  if (configuration.default_filter) routing["default_filter"] = detail::write(*configuration.default_filter);
  nlohmann::json document = detail::object_of(configuration.unknown_outside);
  document["task_routing"] = std::move(routing);
  return document;
}

/// A configuration as text, for the field of workflows::Create and workflows::Update.
inline JsonText to_json_text(const WorkflowConfiguration& configuration) {
  return to_json_text(to_nlohmann(configuration));
}

}  // namespace taskrouter

