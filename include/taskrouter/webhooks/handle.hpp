#pragma once

#include <concepts>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "taskrouter/form.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/webhooks/assignment.hpp"
#include "taskrouter/webhooks/event.hpp"
#include "taskrouter/webhooks/instruction.hpp"

// From a callback to its answer, for any web framework: it makes a Request of what arrived, whose URL is
// the one that Twilio was given, and sends back the Response.

namespace taskrouter {
namespace webhooks {

/// Whatever can tell whether Twilio sent a request. An Error of kind `argument` says that it can't be
/// told, as without a token; one of another kind that it did not.
template <class T>
concept Verifier = requires(T& verify, const Request& request) {
  { verify(request) } -> std::same_as<Result<Nothing>>;
};

/// What is done with problems that the answer does not tell: nothing, unless a program logs them.
struct IgnoreProblems {
  /// Does nothing.
  void operator()(const Error&) const {}
};

}  // namespace webhooks

namespace detail {

/// What a program answers: an instruction, none for now, or that it failed.
using Answer = Result<std::optional<webhooks::Instruction>>;

template <class T>
Answer as_answer(T&& given) {
  using Given = std::remove_cvref_t<T>;
  if constexpr (std::is_convertible_v<T, std::optional<webhooks::Instruction>>) {
    return std::optional<webhooks::Instruction>{std::forward<T>(given)};
  } else if constexpr (std::is_convertible_v<T, webhooks::Instruction>) {
    return std::optional<webhooks::Instruction>{webhooks::Instruction{std::forward<T>(given)}};
  } else if constexpr (std::is_same_v<Given, Error>) {
    return std::forward<T>(given);
  } else {
    static_assert(
        requires { given.error(); }, "answer with an instruction, std::nullopt, an Error or a Result");
    if (!given) return given.error();
    return as_answer(*std::forward<T>(given));
  }
}

/// What `call` returns, or an Error instead of the exception it throws.
template <class Call>
auto without_exceptions(Call call) -> decltype(call()) {
#if defined(__cpp_exceptions)
  const auto thrown = [](std::string_view what) {
    return argument_error("callback", "a function that handles callbacks threw: " + std::string{what});
  };
  try {
    return call();
  } catch (const std::exception& exception) {
    return thrown(exception.what());
  } catch (...) {
    return thrown("something that is no std::exception");
  }
#else
  return call();
#endif
}

/// Tells a problem, and drops what the telling throws.
template <class OnProblem>
void tell(OnProblem& on_problem, const Error& error) {
  (void)without_exceptions([&]() -> Result<Nothing> {
    on_problem(error);
    return Nothing{};
  });
}

inline Response json_response(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

/// The answer to what can't be served. Twilio keeps it in its debugger, so it names no detail.
inline Response refusal_response(int status, std::string_view message) {
  std::string body = "{\"message\":";
  write_json_string(body, message);
  return json_response(status, body + '}');
}

/// The answer to a request that is no callback of Twilio's, or nothing. The form is bounded before
/// anything is computed from it.
template <class Verify, class OnProblem>
std::optional<Response> refuse(const Request& request, Verify& verify, OnProblem& on_problem) {
  if (request.method != Method::post) {
    Response response = refusal_response(405, "callbacks are sent by POST");
    response.headers.add("Allow", "POST");
    return response;
  }
  if (const auto form = read_form(request.body); !form) {
    tell(on_problem, form.error());
    return refusal_response(400, "the body can't be read");
  }
  const auto verified = without_exceptions([&]() -> Result<Nothing> { return verify(request); });
  if (verified) return std::nullopt;
  tell(on_problem, verified.error());
  if (verified.error().kind == Error::Kind::argument) return refusal_response(500, "the signature can't be checked");
  return refusal_response(403, "the request is not signed by Twilio");
}

}  // namespace detail

namespace webhooks {

/// Answers an assignment callback. `on_assignment(const AssignmentCallback&)` gives an Instruction, or
/// one of its kinds; `std::nullopt` to leave the reservation pending and answer it later by request; or
/// an Error, also inside a Result. TaskRouter waits 5 seconds.
///
/// Statuses: 200, 400 (unreadable), 403 (not Twilio's), 405 (not a POST), and 500 where the program
/// failed: by an Error, an exception or an instruction that check() refuses. After all but 200 TaskRouter
/// asks the workflow's fallback URL, and cancels the reservation if it gets no better answer there.
/// `on_problem(const Error&)` is told why. No exception leaves, whoever threw it.
template <Verifier Verify, class OnAssignment, class OnProblem = IgnoreProblems>
Response handle_assignment(const Request& request, Verify&& verify, OnAssignment&& on_assignment,
                           OnProblem&& on_problem = {}) {
  if (auto refused = detail::refuse(request, verify, on_problem)) return *std::move(refused);
  const auto callback = read_assignment(request.body);
  if (!callback) {
    detail::tell(on_problem, callback.error());
    return detail::refusal_response(400, "the body is no assignment callback");
  }
  const auto answer =
      detail::without_exceptions([&]() -> detail::Answer { return detail::as_answer(on_assignment(*callback)); });
  if (!answer) {
    detail::tell(on_problem, answer.error());
    return detail::refusal_response(500, "the callback was not handled");
  }
  if (!*answer) return detail::json_response(200, "");
  auto json = write_instruction(**answer);
  if (json) return detail::json_response(200, *std::move(json));
  detail::tell(on_problem, json.error());
  return detail::refusal_response(500, "the callback was not handled");
}

/// Answers an event callback: 204. `on_event(const EventCallback&)` returns nothing, or a Result<Nothing>
/// with an Error. TaskRouter waits 15 seconds, and does not send an event again. The other statuses are
/// those of handle_assignment().
template <Verifier Verify, class OnEvent, class OnProblem = IgnoreProblems>
Response handle_event(const Request& request, Verify&& verify, OnEvent&& on_event, OnProblem&& on_problem = {}) {
  if (auto refused = detail::refuse(request, verify, on_problem)) return *std::move(refused);
  const auto event = read_event(request.body);
  if (!event) {
    detail::tell(on_problem, event.error());
    return detail::refusal_response(400, "the body is no event callback");
  }
  const auto handled = detail::without_exceptions([&]() -> Result<Nothing> {
    if constexpr (std::is_void_v<decltype(on_event(*event))>) {
      on_event(*event);
      return Nothing{};
    } else {
      return on_event(*event);
    }
  });
  if (handled) return detail::json_response(204, "");
  detail::tell(on_problem, handled.error());
  return detail::refusal_response(500, "the callback was not handled");
}

}  // namespace webhooks
}  // namespace taskrouter
