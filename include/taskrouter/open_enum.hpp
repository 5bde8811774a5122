#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "taskrouter/for_each.hpp"

/// Declares `enum class name { ... }` whose enumerators are spelled as on the wire.
#define TASKROUTER_ENUM(name, ...)                                                                        \
  enum class name { __VA_ARGS__ };                                                                        \
  inline constexpr ::std::string_view name##_names[]{TASKROUTER_FOR_EACH(TASKROUTER_QUOTE, __VA_ARGS__)}; \
  constexpr const auto& names(name) { return name##_names; }
#define TASKROUTER_QUOTE(name) #name,

/// The same where the wire has texts that are no C++ names:
/// TASKROUTER_ENUM_AS(Trim, (trim_silence, "trim-silence"), (do_not_trim, "do-not-trim"))
#define TASKROUTER_ENUM_AS(name, ...)                                                                      \
  enum class name { TASKROUTER_FOR_EACH(TASKROUTER_FIRST, __VA_ARGS__) };                                  \
  inline constexpr ::std::string_view name##_names[]{TASKROUTER_FOR_EACH(TASKROUTER_SECOND, __VA_ARGS__)}; \
  constexpr const auto& names(name) { return name##_names; }
#define TASKROUTER_FIRST(pair) TASKROUTER_FIRST_OF pair
#define TASKROUTER_FIRST_OF(first, second) first,
#define TASKROUTER_SECOND(pair) TASKROUTER_SECOND_OF pair
#define TASKROUTER_SECOND_OF(first, second) second,

namespace taskrouter {

namespace detail {

/// What every OpenEnum is made of, so that one plain function can read and write them all.
struct EnumText {
  int index{-1};          ///< The enumerator, or -1.
  std::string unknown{};  ///< The text if it is no enumerator's.
};

template <class E>
inline constexpr std::span<const std::string_view> names_of = names(E{});

/// Makes `value` the enumerator called `text`, or else the text itself.
inline void set_text(EnumText& value, std::span<const std::string_view> names, std::string_view text) {
  value.index = -1;
  value.unknown.clear();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) value.index = static_cast<int>(i);
  }
  if (value.index < 0) value.unknown = text;
}

/// What to say of a text that is no enumerator's.
inline std::string should_be_one_of(std::span<const std::string_view> names) {
  std::string out = "should be one of ";
  for (const std::string_view& name : names) out.append(&name == names.data() ? "" : ", ").append(name);
  return out;
}

}  // namespace detail

/// An enum that keeps text it does not know, so that a value Twilio adds later is not lost.
/// Empty where a response had none. In a request unknown text is refused.
template <class E>
class OpenEnum {
 public:
  OpenEnum() = default;
  OpenEnum(E value) : text_{.index = static_cast<int>(value)} {}

  /// The enumerator called `text`, or else the text itself.
  static OpenEnum from_text(std::string_view text) {
    OpenEnum result;
    detail::set_text(result.text_, detail::names_of<E>, text);
    return result;
  }

  /// As it stands on the wire; empty if there is no value.
  std::string_view text() const {
    return text_.index < 0 ? std::string_view{text_.unknown}
                           : detail::names_of<E>[static_cast<std::size_t>(text_.index)];
  }

  /// The enumerator, or nullopt for text that is not one.
  std::optional<E> known() const { return text_.index < 0 ? std::nullopt : std::optional{static_cast<E>(text_.index)}; }

  friend bool operator==(const OpenEnum& a, const OpenEnum& b) { return a.text() == b.text(); }
  friend bool operator==(const OpenEnum& a, E b) { return a.text_.index == static_cast<int>(b); }

 private:
  detail::EnumText text_{};
};

}  // namespace taskrouter
