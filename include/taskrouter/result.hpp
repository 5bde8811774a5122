#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace taskrouter {

/// What went wrong, and whose turn it is to do something about it.
struct Error {
  enum class Kind {
    argument,   ///< The caller's: a field or a setting is wrong. Nothing was sent.
    transport,  ///< The network's: no usable answer arrived. See `cause`.
    api,        ///< TaskRouter's: it answered with a status outside 200 to 299.
    body,       ///< The answer succeeded but could not be read.
  };
  /// Why no answer arrived. `dns`, `connect` and `tls` say that nothing was sent, so that sending again is safe.
  enum class Cause { none, dns, connect, tls, timeout, too_large, canceled, other };

  Kind kind{Kind::argument};
  std::string message{};     ///< One sentence for a person. Holds no secret.
  std::string field{};       ///< The field that is to blame, for `argument` and `body`.
  Cause cause{Cause::none};  ///< For `transport`.
  int status{};              ///< HTTP status, 0 if there was no answer.
  int code{};                ///< Twilio's error code, such as 20404, or 0.
  std::string more_info{};   ///< Twilio's page about `code`.
  std::string details{};     ///< JSON text that Twilio added, or empty.
  std::string request_id{};  ///< Twilio's name for the request, to tell their support.
};

inline Error argument_error(std::string_view field, std::string_view message) {
  return {.kind = Error::Kind::argument, .message = std::string{message}, .field = std::string{field}};
}

inline Error transport_error(Error::Cause cause, std::string_view message) {
  return {.kind = Error::Kind::transport, .message = std::string{message}, .cause = cause};
}

/// The output of an operation that answers with no body.
struct Nothing {};

/// Thrown by Result::value() when there is none. Carries the error's message.
class NoValue : public std::exception {
 public:
  explicit NoValue(Error error) : error_{std::move(error)} {}
  const char* what() const noexcept override { return error_.message.c_str(); }
  const Error& error() const { return error_; }

 private:
  Error error_;
};

/// A value, or the Error that took its place. Test it like a pointer before reading the value.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(const T& value) : state_{std::in_place_index<0>, value} {}
  Result(T&& value) : state_{std::in_place_index<0>, std::move(value)} {}
  Result(Error error) : state_{std::in_place_index<1>, std::move(error)} {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  /// @pre has_value()
  T& operator*() & { return *std::get_if<0>(&state_); }
  const T& operator*() const& { return *std::get_if<0>(&state_); }
  T operator*() && { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }

  /// @pre !has_value()
  const Error& error() const { return *std::get_if<1>(&state_); }

  /// The value. Without one it throws NoValue; where exceptions are switched off it terminates.
  const T& value() const& {
    require_value();
    return **this;
  }
  T value() && {
    require_value();
    return *std::move(*this);
  }

 private:
  void require_value() const {
    if (has_value()) return;
#if defined(__cpp_exceptions)
    throw NoValue{error()};
#else
    std::terminate();
#endif
  }

  std::variant<T, Error> state_;
};

}  // namespace taskrouter
