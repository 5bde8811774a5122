#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "taskrouter/api_error.hpp"
#include "taskrouter/chrono.hpp"
#include "taskrouter/encode.hpp"
#include "taskrouter/endpoint.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Something TaskRouter can be asked to do: a described struct with a route and a type of answer.
template <class T>
concept Operation = Described<T> && requires {
  typename T::Output;
  { T::route } -> std::convertible_to<Route>;
};

namespace detail {

/// Whether every name in braces is that of a field, in the fields' order.
consteval bool names_fields(std::string_view path, std::span<const Field> fields) {
  std::size_t names = 0, found = 0;
  for (const char c : path) names += c == '{';
  for (const Field& field : fields) found += field.place == Place::path;
  return found == names;
}

}  // namespace detail

/// The request that performs `operation`. A pure function: the same values make the same request.
/// The Error is of kind `argument` and names the field; nothing needs to be undone.
template <Operation Op>
Result<Request> build(const Op& operation, const Endpoint& endpoint) {
  static_assert(detail::fields_of<Op>.size() <= detail::max_fields);
  static_assert(detail::names_fields(Op::route.path, detail::fields_of<Op>),
                "the route names a field that is not there, or not in its order");
  return detail::build(Op::route, detail::fields_of<Op>, &operation, endpoint);
}

namespace detail {

/// `request`, to be answered within `timeout`. Zero leaves that to the transport.
inline Result<Request>&& within(std::chrono::milliseconds timeout, Result<Request>&& request) {
  if (request) request->timeout = timeout;
  return std::move(request);
}

template <class Output>
Result<Output> read_output(const Response& response, int depth_limit) {
  if (response.status < 200 || response.status > 299) return api_error(response);
  if constexpr (std::is_same_v<Output, Nothing>) {
    return Nothing{};
  } else {
    auto output = read_json<Output>(response.body, depth_limit);
    if (!output) {
      output = body_error(output.error(), response);
    } else if constexpr (requires { output->etag; }) {
      if (const std::string* etag = response.headers.find("ETag")) output->etag = *etag;
    }
    return output;
  }
}

}  // namespace detail

/// What `response` says about an operation of type `Op`: its output, or an Error of kind `api`
/// (TaskRouter refused) or `body` (it succeeded, but the answer can't be read, or is nested deeper than
/// `depth_limit`, 64 at most).
template <Operation Op>
Result<typename Op::Output> parse(const Response& response, int depth_limit = detail::json_depth_limit) {
  return detail::read_output<typename Op::Output>(response, depth_limit);
}

}  // namespace taskrouter
