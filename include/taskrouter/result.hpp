#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace taskrouter {

/// What went wrong, and whose turn it is to do something about it.
struct Error {
  /// Whose turn it is.
  enum class Kind {
    argument,   ///< The caller's: a field or a setting is wrong. Nothing was sent.
    transport,  ///< The network's: no usable answer arrived. See `cause`.
    api,        ///< TaskRouter's: it answered with a status outside 200 to 299.
    body,       ///< The answer succeeded but could not be read.
  };
  /// Why no answer arrived. `dns`, `connect` and `tls` say that nothing was sent, so that sending again is safe.
  enum class Cause { none, dns, connect, tls, timeout, too_large, canceled, other };

  Kind kind{Kind::argument};  ///< Whose turn it is.
  std::string message{};      ///< One sentence for a person. Holds no secret.
  std::string field{};        ///< The field that is to blame, for `argument` and `body`.
  Cause cause{Cause::none};   ///< For `transport`.
  int status{};               ///< HTTP status, 0 if there was no answer.
  int code{};                 ///< Twilio's error code, such as 20404, or 0.
  std::string more_info{};    ///< Twilio's page about `code`.
  std::string details{};      ///< JSON text that Twilio added, or empty.
  std::string request_id{};   ///< Twilio's name for the request, to tell their support.
};

/// An Error of kind `argument`.
inline Error argument_error(std::string_view field, std::string_view message) {
  return {.kind = Error::Kind::argument, .message = std::string{message}, .field = std::string{field}};
}

/// An Error of kind `transport`.
inline Error transport_error(Error::Cause cause, std::string_view message) {
  return {.kind = Error::Kind::transport, .message = std::string{message}, .cause = cause};
}

/// The output of an operation that answers with no body.
struct Nothing {};

/// Thrown by Result::value() when there is none. Carries the error's message.
class NoValue : public std::exception {
 public:
  /// For this error.
  explicit NoValue(Error error) : error_{std::move(error)} {}
  /// The error's message.
  const char* what() const noexcept override { return error_.message.c_str(); }
  /// The error itself.
  const Error& error() const { return error_; }

 private:
  Error error_;
};

/// A value, or the Error that took its place. Test it like a pointer before reading the value.
template <class T>
class [[nodiscard]] Result {
 public:
  /// This value.
  Result(const T& value) : value_{std::in_place, value} {}
  /// This value.
  Result(T&& value) : value_{std::in_place, std::move(value)} {}
  /// No value, for this reason.
  Result(const Error& error) : error_{error} {}
  /// No value, for this reason.
  Result(Error&& error) : error_{std::move(error)} {}
  /// An empty value, made where it stays.
  explicit Result(std::in_place_t) : value_{std::in_place} {}

  /// Whether there is a value.
  bool has_value() const { return value_.has_value(); }
  /// Whether there is a value.
  explicit operator bool() const { return has_value(); }

  /// @pre has_value()
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

  /// @pre !has_value()
  const Error& error() const { return *error_; }

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

  // Not a variant: every operation has a Result of its own, and these compile in half the time.
  std::optional<T> value_{};
  std::optional<Error> error_{};
};

}  // namespace taskrouter
