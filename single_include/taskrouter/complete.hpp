// complete.hpp: all of it in one file. Made by amalgamate.cmake; change the files in include/ instead.
// https://opensource.org/license/mit

#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "taskrouter/taskrouter.hpp"

// taskrouter/complete.hpp

// The client and what an application has around it: webhooks, tokens, retries, logging, OAuth and asynchronous
// clients. Needs C++20 and its standard library, nothing else.

// taskrouter/async_client.hpp

// taskrouter/async_transport.hpp

namespace taskrouter {

/// Takes what became of a request: the answer, or an Error of kind `transport`. It holds any function
/// object that can be called with a `Result<Response>`, one that can only be moved too.
class ResponseHandler {
 public:
  /// Holds a function.
  template <class Function>
  requires(!std::same_as<Function, ResponseHandler> && std::invocable<Function&, Result<Response>>)
      ResponseHandler(Function function)
      : held_{std::make_unique<Held<Function>>(std::move(function))} {}

  /// Calls it.
  void operator()(Result<Response> response) { held_->call(std::move(response)); }

 private:
  struct Callable {
    virtual ~Callable() = default;
    virtual void call(Result<Response> response) = 0;
  };
  template <class Function>
  struct Held final : Callable {
    explicit Held(Function f) : function{std::move(f)} {}
    void call(Result<Response> response) override { function(std::move(response)); }
    Function function;
  };

  std::unique_ptr<Callable> held_;
};

/// Whatever can send a request without waiting for its answer. `start` returns at once; the handler is
/// called exactly once, later and never inside `start`, on the thread that the transport names. As of a
/// Transport, an answer of any status is a Response, and redirects are not followed.
template <class T>
concept AsyncTransport = requires(T& transport, Request request, ResponseHandler handler) {
  transport.start(std::move(request), std::move(handler));
};

}  // namespace taskrouter

namespace taskrouter {

/// Starts operations through an asynchronous transport and hands their results to callbacks, on the
/// thread that the transport names. Only a mistake in the arguments is answered at once, inside the call:
/// nothing is sent then. It holds no state of its own.
template <AsyncTransport T>
class AsyncClient {
 public:
  /// Keeps a reference to `transport`. The transport and this client must outlive what was started.
  AsyncClient(Endpoint endpoint, T& transport) : endpoint_{std::move(endpoint)}, transport_{&transport} {}
  AsyncClient(const Credentials& credentials, T& transport) : AsyncClient{Endpoint{credentials}, transport} {}

  const Endpoint& endpoint() const { return endpoint_; }

  /// Performs an operation and calls `handler(Result<Output>)` once. A `timeout` bounds this exchange;
  /// zero leaves that to the transport.
  template <Operation Op, class Handler>
  void send(const Op& operation, Handler handler, std::chrono::milliseconds timeout = {}) {
    exchange<typename Op::Output>(detail::within(timeout, build(operation, endpoint_)), std::move(handler));
  }

  /// Fetches the page that a cursor names, for `handler(Result<Page<Resource>>)`.
  template <class Resource, class Handler>
  void page_at(std::string_view cursor, Handler handler, std::chrono::milliseconds timeout = {}) {
    exchange<Page<Resource>>(detail::within(timeout, build_page(cursor, endpoint_)), std::move(handler));
  }

  /// Calls `handler(std::optional<Result<Resource>>)` for every element of a list, over all its pages,
  /// one after the other, and at last with none. An Error is the last element. A handler that returns
  /// false wants no more, and is not called again.
  template <Operation List, class Handler>
  void each(List list, Handler handler, EachOptions options = {}) {
    options.choose_page_size(list);
    walk<typename List::Output::Item>(build(list, endpoint_), std::move(handler), options);
  }

  /// The rest of a list, from the page on that a cursor names.
  template <class Resource, class Handler>
  void each_from(std::string_view cursor, Handler handler, const EachOptions& options = {}) {
    walk<Resource>(build_page(cursor, endpoint_), std::move(handler), options);
  }

 private:
  template <class Output, class Handler>
  void exchange(const Result<Request>& request, Handler handler) {
    if (!request) return void(handler(Result<Output>{request.error()}));
    transport_->start(
        *request, [handler = std::move(handler), depth = endpoint_.json_depth()](Result<Response> response) mutable {
          handler(response ? detail::read_output<Output>(*response, depth) : Result<Output>{response.error()});
        });
  }

  template <class Resource, class Handler>
  struct Walking {
    detail::Walk<Resource> walk;
    Handler handler;
  };

  template <class Resource, class Handler>
  void walk(Result<Request> first, Handler handler, const EachOptions& options) {
    go_on(std::make_shared<Walking<Resource, Handler>>(
        Walking<Resource, Handler>{{std::move(first), options}, std::move(handler)}));
  }

  template <class Resource, class Handler>
  void go_on(std::shared_ptr<Walking<Resource, Handler>> walking) {
    auto& walk = walking->walk;
    while (true) {
      if (walk.needs_page()) {
        const auto request = walk.request();
        if (!request) continue;
        return exchange<Page<Resource>>(*request, [this, walking](Result<Page<Resource>> page) {
          walking->walk.take(std::move(page), endpoint_);
          go_on(walking);
        });
      }
      auto item = walk.next();
      const bool last = !item;
      if (!walking->handler(std::move(item)) || last) return;
    }
  }

  Endpoint endpoint_;
  T* transport_;
};

}  // namespace taskrouter

// taskrouter/async_logging.hpp

// taskrouter/clock.hpp

namespace taskrouter {

/// Tells how time passes to what waits or measures. Null is the steady clock; tests give one that they turn. It is
/// called from every thread that sends.
using Clock = std::function<std::chrono::steady_clock::time_point()>;

/// Calls a function once, after a delay and not inside the call: a program's own timer, for what never waits itself.
using Schedule = std::function<void(std::chrono::milliseconds, std::function<void()>)>;

namespace detail {

inline std::chrono::steady_clock::time_point now(const Clock& clock) {
  return clock ? clock() : std::chrono::steady_clock::now();
}

/// The time since `start`, in whole milliseconds.
inline std::chrono::milliseconds since(std::chrono::steady_clock::time_point start, const Clock& clock) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(now(clock) - start);
}

/// The timeout of a request that is a part of an exchange: what is left of `allowed`. Zero is without end.
constexpr std::chrono::milliseconds time_left(std::chrono::milliseconds allowed, std::chrono::milliseconds elapsed) {
  using std::chrono::milliseconds;
  if (allowed == milliseconds{}) return allowed;
  return elapsed < allowed ? allowed - elapsed : milliseconds{1};
}

}  // namespace detail
}  // namespace taskrouter

// taskrouter/logging.hpp

namespace taskrouter {

/// A request that passed through a transport, and what became of it. Holds no secret.
struct LogEntry {
  std::string request{};                 ///< Method, URL and form in one line, as log_line() has it.
  int attempt{1};                        ///< Above 1 when Retrying sends it again.
  std::chrono::milliseconds duration{};  ///< Until the answer was there, or the error.
  int status{};                          ///< 0 if no answer arrived.
  std::string request_id{};              ///< Twilio's name for the request, or empty.
  std::optional<Error> error{};          ///< Unless the status is 200 to 299.
};

/// An entry in one line, as its request and its error are: `GET .../Tasks/WT... -> 200 (12 ms)`.
inline std::string describe(const LogEntry& entry) {
  std::string out = entry.request + " -> ";
  out += entry.error ? describe(*entry.error) : std::to_string(entry.status);
  out += " (" + std::to_string(entry.duration.count()) + " ms";
  if (entry.attempt > 1) out += ", attempt " + std::to_string(entry.attempt);
  return out + ')';
}

using Log = std::function<void(const LogEntry&)>;  ///< Takes what is logged.

namespace detail {

/// What can be said of a request before it is answered.
inline LogEntry begin_entry(const Request& request) {
  return {.request = log_line(request), .attempt = request.attempt};
}

/// Adds what became of it.
inline void end_entry(LogEntry& entry, const Result<Response>& outcome, std::chrono::milliseconds duration) {
  entry.duration = duration;
  if (!outcome) {
    entry.error = outcome.error();
    entry.status = entry.error->status;
    return;
  }
  entry.status = outcome->status;
  if (entry.status < 200 || entry.status > 299) entry.error = api_error(*outcome);
  entry.request_id = request_id(*outcome);
}

}  // namespace detail

/// A transport that sends through another one and tells a function what passed. Inside Retrying it tells of every
/// attempt, around it of the request as a whole. Safe to share between threads if the transport and the function are.
template <Transport T>
class Logging {
 public:
  /// Keeps a reference to `transport`, which must outlive this.
  Logging(T& transport, Log log, Clock clock = {})
      : transport_{&transport}, log_{std::move(log)}, clock_{std::move(clock)} {}

  Result<Response> send(const Request& request) {
    const auto start = detail::now(clock_);
    Result<Response> outcome = transport_->send(request);
    LogEntry entry = detail::begin_entry(request);
    detail::end_entry(entry, outcome, detail::since(start, clock_));
    log_(entry);
    return outcome;
  }

 private:
  T* transport_;
  Log log_;
  Clock clock_;
};

}  // namespace taskrouter

namespace taskrouter {

/// Logging for an asynchronous transport: the function is told what passed when the answer is there, before the
/// request's own handler is called, on the same thread.
template <AsyncTransport T>
class LoggingAsync {
 public:
  /// Keeps a reference to `transport`. It and this must outlive every request.
  LoggingAsync(T& transport, Log log, Clock clock = {})
      : transport_{&transport}, log_{std::move(log)}, clock_{std::move(clock)} {}

  /// See AsyncTransport.
  void start(Request request, ResponseHandler handler) {
    LogEntry entry = detail::begin_entry(request);
    transport_->start(std::move(request), [this, entry = std::move(entry), handler = std::move(handler),
                                           start = detail::now(clock_)](Result<Response> outcome) mutable {
      detail::end_entry(entry, outcome, detail::since(start, clock_));
      log_(entry);
      handler(std::move(outcome));
    });
  }

 private:
  T* transport_;
  Log log_;
  Clock clock_;
};

}  // namespace taskrouter

// taskrouter/async_oauth.hpp

// taskrouter/oauth_token.hpp

// How an access token is asked for and read: what OAuth and OAuthAsync share. Nothing here sends or waits.

namespace taskrouter {

/// An application of the account that may ask for access tokens. https://www.twilio.com/docs/iam/oauth-apps
struct OAuthClient {
  std::string client_id;                             ///< `OQ...`
  std::string client_secret;                         ///< Goes to `base_url` and nowhere else.
  std::string base_url{"https://oauth.twilio.com"};  ///< Gives the tokens. It has neither edge nor region.
  std::chrono::seconds renew_before{30};             ///< Before a token expires, or half its life if that is less.
  Clock clock{};                                     ///< Null is the clock of the system.
};

namespace detail {

/// The answer that brings an access token.
struct TokenBody {
  std::string access_token{};
  JsonValue expires_in{};

  TASKROUTER_FIELDS(access_token, expires_in)
};

/// A token, or why there is none.
struct OAuthToken {
  Result<std::string> authorization{Error{}};        // The header's value.
  std::chrono::steady_clock::time_point renew_at{};  // When to ask for the next one.
};

/// Replaces every `secret` in `text`, which a stranger wrote.
inline void hide(std::string& text, std::string_view secret) {
  std::string visible;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find(secret, from)) != std::string::npos; from = at + secret.size()) {
    visible.append(text, from, at - from).append("[hidden]");
  }
  text = std::move(visible.append(text, from));
}

inline std::optional<Error> problem_of(const OAuthClient& client) {
  if (client.client_id.empty()) return argument_error("client_id", "the OAuth client's id is missing");
  if (client.client_secret.empty()) return argument_error("client_secret", "the OAuth client's secret is missing");
  if (is_base_url(client.base_url)) return std::nullopt;
  return argument_error("base_url",
                        "the token server's base URL should be http:// or https://, a host, perhaps a "
                        "port and a path, and no slash at the end");
}

/// Why a request can't be given a token, if it can't.
inline std::optional<Error> has_credentials(const Request& request) {
  if (request.headers.find("Authorization") == nullptr) return std::nullopt;
  return argument_error("credentials", "the request has credentials already: use Credentials::none() with OAuth");
}

/// The request for the token that `request` needs, which was made `elapsed` ago.
inline Result<Request> token_request(const OAuthClient& client, const Request& request,
                                     std::chrono::milliseconds elapsed) {
  if (auto problem = problem_of(client)) return *std::move(problem);
  std::string body = "grant_type=client_credentials&client_id=" + percent_encoded(client.client_id) +
                     "&client_secret=" + percent_encoded(client.client_secret);
  Headers headers{{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
  if (const std::string* agent = request.headers.find("User-Agent")) headers.add("User-Agent", *agent);
  return Request{.method = Method::post,
                 .url = client.base_url + "/v2/token",
                 .headers = std::move(headers),
                 .body = std::move(body),
                 .timeout = time_left(request.timeout, elapsed),
                 .attempt = request.attempt};
}

inline Error token_refusal(const OAuthClient& client, const Response& response) {
  Error error = api_error(response);
  error.message = "no access token was given: " + error.message;
  for (std::string* text : {&error.message, &error.more_info, &error.details, &error.request_id}) {
    hide(*text, client.client_secret);
  }
  return error;
}

/// What the answer to token_request() says, which was sent at `asked`.
inline OAuthToken read_token(const OAuthClient& client, const Result<Response>& response,
                             std::chrono::steady_clock::time_point asked) {
  using TimePoint = std::chrono::steady_clock::time_point;
  if (!response) return {response.error()};
  if (response->status < 200 || response->status > 299) return {token_refusal(client, *response)};
  const auto body = read_json<TokenBody>(response->body);
  if (!body || !is_token(body->access_token)) {
    return {body_error({.kind = Error::Kind::body,
                        .message = "the token server's answer holds no access token that can be sent",
                        .field = "access_token"},
                       *response)};
  }
  // A token that doesn't say when it expires is kept until it is refused.
  const std::chrono::milliseconds life = std::chrono::seconds{positive_number(body->expires_in.text)};
  const std::chrono::milliseconds early = std::clamp<std::chrono::milliseconds>(client.renew_before, {}, life / 2);
  return {"Bearer " + body->access_token, life.count() == 0 ? TimePoint::max() : asked + (life - early)};
}

/// `request`, made `elapsed` ago, with a token.
inline Request with_token(const std::string& authorization, const Request& request, std::chrono::milliseconds elapsed) {
  Request authorized = request;
  authorized.headers.add("Authorization", authorization);
  authorized.timeout = time_left(request.timeout, elapsed);
  return authorized;
}

}  // namespace detail
}  // namespace taskrouter

namespace taskrouter {

/// OAuth for an asynchronous transport: requests that need a token wait, without a thread, for the one fetch. Safe to
/// share between threads if the transport is.
template <AsyncTransport T>
class OAuthAsync {
 public:
  /// Keeps a reference to `transport`. It and this must outlive every request. `schedule` is used to report mistakes:
  /// those of a request that has credentials already, and of `client`.
  OAuthAsync(T& transport, OAuthClient client, Schedule schedule)
      : transport_{&transport}, client_{std::move(client)}, schedule_{std::move(schedule)} {}

  /// See AsyncTransport.
  void start(Request request, ResponseHandler handler) {
    auto error = detail::has_credentials(request);
    auto exchange =
        std::make_shared<Exchange>(Exchange{std::move(request), std::move(handler), detail::now(client_.clock)});
    if (!error) return send_or_wait(std::move(exchange));
    schedule_({}, [exchange = std::move(exchange), error = *std::move(error)] { exchange->handler(error); });
  }

 private:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Exchange {
    Request request;
    ResponseHandler handler;
    TimePoint start;
    std::uint64_t refused{};  // The token that TaskRouter answered with 401, or 0.
  };
  using SharedExchange = std::shared_ptr<Exchange>;

  /// Sends with the token that is there, or once the fetch has brought one.
  void send_or_wait(SharedExchange exchange) {
    std::unique_lock lock{mutex_};
    const bool is_good =
        token_.authorization && number_ != exchange->refused && detail::now(client_.clock) < token_.renew_at;
    if (is_good && waiting_.empty()) {
      const auto [authorization, number] = std::pair{*token_.authorization, number_};
      lock.unlock();
      return send(std::move(exchange), authorization, number, false);
    }
    waiting_.push_back(exchange);
    const bool is_first = waiting_.size() == 1;
    lock.unlock();
    if (is_first) fetch(*exchange);
  }

  void fetch(const Exchange& exchange) {
    const Result<Request> question = detail::token_request(client_, exchange.request, elapsed(exchange));
    if (!question) {
      schedule_({}, [this, error = question.error()] { take({error}); });
      return;
    }
    transport_->start(*question, [this, asked = detail::now(client_.clock)](const Result<Response>& answer) {
      take(detail::read_token(client_, answer, asked));
    });
  }

  /// Keeps the token and goes on with all who wait for it.
  void take(detail::OAuthToken token) {
    std::vector<SharedExchange> waiting;
    std::unique_lock lock{mutex_};
    waiting.swap(waiting_);
    token_ = token;
    const std::uint64_t number = ++number_;
    lock.unlock();
    for (SharedExchange& exchange : waiting) {
      if (!token.authorization) {
        exchange->handler(token.authorization.error());
      } else {
        send(std::move(exchange), *token.authorization, number, true);
      }
    }
  }

  void send(SharedExchange exchange, const std::string& authorization, std::uint64_t number, bool is_new) {
    Request request = detail::with_token(authorization, exchange->request, elapsed(*exchange));
    transport_->start(std::move(request), [this, exchange, number, is_new](Result<Response> outcome) {
      const bool is_last = is_new || exchange->refused != 0;
      if (!outcome || outcome->status != 401 || is_last) return exchange->handler(std::move(outcome));
      exchange->refused = number;
      send_or_wait(exchange);
    });
  }

  std::chrono::milliseconds elapsed(const Exchange& exchange) const {
    return detail::since(exchange.start, client_.clock);
  }

  T* transport_;
  OAuthClient client_;
  Schedule schedule_;
  std::mutex mutex_{};  // Guards what follows. Nothing is called while it is held.
  detail::OAuthToken token_{};
  std::uint64_t number_{};                 // Of the fetch that brought the token.
  std::vector<SharedExchange> waiting_{};  // If any, a token is being fetched.
};

}  // namespace taskrouter

// taskrouter/async_retry.hpp

// taskrouter/retry.hpp

// taskrouter/retry_policy.hpp

// taskrouter/http_date.hpp

namespace taskrouter::detail {

/// The time that `Sun, 06 Nov 1994 08:49:37 GMT` says, or nullopt for any other form. The day of the week is not
/// looked at. https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
inline std::optional<std::chrono::sys_seconds> read_http_date(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view form = "---, 00 --- 0000 00:00:00 GMT", months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != form.size()) return std::nullopt;
  for (std::size_t at = 0; at < form.size(); ++at) {
    const bool good = form[at] == '-'   ? true
                      : form[at] == '0' ? text[at] >= '0' && text[at] <= '9'
                                        : text[at] == form[at];
    if (!good) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t digits) {
    unsigned value = 0;
    for (const char c : text.substr(at, digits)) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
  };
  const std::size_t at_month = months.find(text.substr(8, 3));
  const year_month_day date{year{static_cast<int>(number(12, 4))}, month{static_cast<unsigned>(at_month / 3 + 1)},
                            day{number(5, 2)}};
  const unsigned hour = number(17, 2), minute = number(20, 2), second = number(23, 2);
  if (at_month % 3 != 0 || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return sys_days{date} + hours{hour} + minutes{minute} + seconds{second};
}

}  // namespace taskrouter::detail

// Whether a request that failed is sent again, and when: a function of values, without clock or chance.
//
// | what happened                                   | GET, DELETE | POST                        |
// |-------------------------------------------------|-------------|-----------------------------|
// | 429: Twilio did nothing                         | again       | again                       |
// | no connection was made (dns, connect, tls)      | again       | again                       |
// | 500 to 599, a timeout, another transport error  | again       | only if the policy says so  |
// | canceled, too large, any other status           | no          | no                          |
//
// A DELETE that is sent again may find that the first one worked, and answer 404.

namespace taskrouter {

/// How often and how patiently a request is sent again.
struct RetryPolicy {
  int max_attempts{4};                       ///< The first one counts. 1 sends nothing again.
  std::chrono::milliseconds base_wait{200};  ///< The first wait lasts up to this, each further one up to twice as long.
  std::chrono::milliseconds max_wait{10'000};   ///< The longest wait, whatever the server asks for. At most a day.
  std::chrono::milliseconds max_total{60'000};  ///< For all attempts and waits. Zero is without end.
  bool repeat_posts{false};  ///< Sends a POST again that may have been done: for those that do no harm twice.
};

/// An attempt that is over, as far as the decision about another one needs to know it.
struct Attempt {
  Method method{Method::get};              ///< The request's.
  int number{1};                           ///< 1 is the first.
  std::chrono::milliseconds elapsed{};     ///< Since the first attempt began.
  int status{};                            ///< 0 if no answer arrived.
  Error::Cause cause{Error::Cause::none};  ///< Why no answer arrived.
  std::chrono::milliseconds asked_wait{};  ///< What the server asks for, see asked_wait(). Zero if it doesn't.
};

/// The wait that an answer asks for: its Retry-After, in seconds or as a date measured by the answer's own Date, and
/// at least a second where X-Rate-Limit-Remaining is 0. Between zero and a day; what can't be read asks for nothing.
inline std::chrono::milliseconds asked_wait(const Headers& headers) {
  using namespace std::chrono;
  constexpr std::int64_t day = 86'400;
  std::int64_t asked = 0;
  if (const std::string* text = headers.find("Retry-After")) {
    if (text->find_first_not_of("0123456789") == std::string::npos) {
      for (const char digit : *text) asked = std::min(asked * 10 + (digit - '0'), day);
    } else if (const std::string* date = headers.find("Date")) {
      const auto then = detail::read_http_date(*text), sent = detail::read_http_date(*date);
      if (then && sent) asked = std::clamp<std::int64_t>((*then - *sent).count(), 0, day);
    }
  }
  const std::string* remaining = headers.find("X-Rate-Limit-Remaining");
  if (remaining != nullptr && *remaining == "0") asked = std::max<std::int64_t>(asked, 1);
  return seconds{asked};
}

namespace detail {

/// Whether sending again can help and does no harm.
inline bool may_repeat(const Attempt& attempt, const RetryPolicy& policy) {
  switch (attempt.cause) {
    case Error::Cause::dns:
    case Error::Cause::connect:
    case Error::Cause::tls: return true;
    case Error::Cause::canceled:
    case Error::Cause::too_large: return false;
    case Error::Cause::none:
      if (attempt.status == 429) return true;
      if (attempt.status < 500 || attempt.status > 599) return false;
      break;
    case Error::Cause::timeout:
    case Error::Cause::other: break;
  }
  return attempt.method != Method::post || policy.repeat_posts;
}

}  // namespace detail

/// How long to wait before the request is sent again, or nullopt to let it be. The wait is what the server asks
/// for, and on top a random part of a span that doubles with every attempt, so that clients which failed together
/// don't come back together.
/// @param random 0 up to 1
inline std::optional<std::chrono::milliseconds> wait_before_retry(const Attempt& attempt, const RetryPolicy& policy,
                                                                  double random) {
  using std::chrono::milliseconds;
  if (attempt.number >= policy.max_attempts || !detail::may_repeat(attempt, policy)) return std::nullopt;
  const milliseconds longest = std::clamp<milliseconds>(policy.max_wait, milliseconds{}, std::chrono::hours{24});
  milliseconds span = std::clamp(policy.base_wait, milliseconds{}, longest);
  for (int i = 1; i < attempt.number && span > milliseconds{} && span < longest; ++i)
    span = std::min(span * 2, longest);
  const double share = random > 0 ? std::min(random, 1.0) : 0;
  const milliseconds jitter{static_cast<std::int64_t>(static_cast<double>(span.count()) * share)};
  const milliseconds wait = std::min(std::clamp(attempt.asked_wait, milliseconds{}, longest) + jitter, longest);
  if (policy.max_total != milliseconds{} && wait >= policy.max_total - attempt.elapsed) return std::nullopt;
  return wait;
}

}  // namespace taskrouter

namespace taskrouter {

/// What became of one attempt, for a hook that counts or logs it.
struct AttemptReport {
  const Request& request;                         ///< Print it with log_line(): its headers hold credentials.
  const Result<Response>& outcome;                ///< Perhaps the one that the caller gets.
  int number;                                     ///< 1 is the first.
  std::optional<std::chrono::milliseconds> wait;  ///< Until the next attempt; none if this was the last.
};

/// What Retrying and RetryingAsync go by. The functions are called from every thread that sends.
struct RetryOptions {
  RetryPolicy policy{};                                    ///< How often and how patiently.
  std::function<void(const AttemptReport&)> on_attempt{};  ///< Called after every attempt, before the wait.
  std::function<double()> random{};                        ///< 0 up to 1. Null is a generator of its own.
  Clock clock{};                                           ///< Null is the clock of the system.
};

namespace detail {

/// Numbers from 0 up to 1 that differ from client to client. SplitMix64: quality enough to spread waits.
class Jitter {
 public:
  double operator()() {
    std::uint64_t z = state_.fetch_add(0x9E3779B97F4A7C15, std::memory_order_relaxed);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return static_cast<double>((z ^ z >> 31) >> 11) * 0x1p-53;
  }

 private:
  std::atomic<std::uint64_t> state_{
      static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()) ^
      static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(this))};
};

/// The attempts that a request is given: one decision for Retrying and RetryingAsync.
class Attempts {
 public:
  explicit Attempts(RetryOptions options) : options_{std::move(options)} {}

  std::chrono::steady_clock::time_point now() const { return detail::now(options_.clock); }

  /// The request as it is sent this time: with its number, and with what is left of the time.
  void prepare(Request& attempt, const Request& request, std::chrono::steady_clock::time_point start) const {
    ++attempt.attempt;
    attempt.timeout = time_left(time_allowed(request, options_.policy.max_total), since(start, options_.clock));
  }

  /// The wait before another attempt, or none if `outcome` stands.
  std::optional<std::chrono::milliseconds> decide(const Request& request, const Request& attempt,
                                                  const Result<Response>& outcome,
                                                  std::chrono::steady_clock::time_point start) {
    Attempt over{.method = request.method, .number = attempt.attempt, .elapsed = since(start, options_.clock)};
    if (outcome) {
      over.status = outcome->status;
      over.asked_wait = asked_wait(outcome->headers);
    } else {
      over.status = outcome.error().status;
      over.cause = outcome.error().cause;
    }
    RetryPolicy policy = options_.policy;
    policy.max_total = time_allowed(request, policy.max_total);
    const auto wait = wait_before_retry(over, policy, options_.random ? options_.random() : jitter_());
    if (options_.on_attempt) options_.on_attempt({attempt, outcome, over.number, wait});
    return wait;
  }

 private:
  RetryOptions options_;
  Jitter jitter_{};
};

}  // namespace detail

/// A transport that sends through another one, again where that can help and does no harm: see retry_policy.hpp for
/// when. A request's timeout, or the policy's max_total if that is less, bounds all its attempts and waits together.
/// Safe to share between threads if the transport and the given functions are.
template <Transport T>
class Retrying {
 public:
  using Sleep = std::function<void(std::chrono::milliseconds)>;  ///< Waits.

  /// Keeps a reference to `transport`, which must outlive this.
  /// @param sleep waits; null lets the thread sleep
  explicit Retrying(T& transport, RetryOptions options = {}, Sleep sleep = {})
      : transport_{&transport}, attempts_{std::move(options)}, sleep_{std::move(sleep)} {}

  Result<Response> send(const Request& request) {
    const auto start = attempts_.now();
    Request attempt = request;
    for (attempt.attempt = 0;;) {
      attempts_.prepare(attempt, request, start);
      Result<Response> outcome = transport_->send(attempt);
      const auto wait = attempts_.decide(request, attempt, outcome, start);
      if (!wait) return outcome;
      sleep_ ? sleep_(*wait) : std::this_thread::sleep_for(*wait);
    }
  }

 private:
  T* transport_;
  detail::Attempts attempts_;
  Sleep sleep_;
};

}  // namespace taskrouter

namespace taskrouter {

/// Retrying for an asynchronous transport: nothing waits in it, a timer of the program's own calls back.
template <AsyncTransport T>
class RetryingAsync {
 public:
  /// Keeps a reference to `transport`. It and this must outlive every request and every delay.
  RetryingAsync(T& transport, Schedule schedule, RetryOptions options = {})
      : transport_{&transport}, schedule_{std::move(schedule)}, attempts_{std::move(options)} {}

  /// See AsyncTransport.
  void start(Request request, ResponseHandler handler) {
    auto exchange = std::make_shared<Exchange>(Exchange{request, request, std::move(handler), attempts_.now()});
    exchange->attempt.attempt = 0;
    try_once(std::move(exchange));
  }

 private:
  struct Exchange {
    Request request;
    Request attempt;
    ResponseHandler handler;
    std::chrono::steady_clock::time_point start;
  };

  void try_once(std::shared_ptr<Exchange> exchange) {
    Exchange& current = *exchange;
    attempts_.prepare(current.attempt, current.request, current.start);
    transport_->start(current.attempt, [this, exchange = std::move(exchange)](Result<Response> outcome) {
      const auto wait = attempts_.decide(exchange->request, exchange->attempt, outcome, exchange->start);
      if (!wait) return exchange->handler(std::move(outcome));
      schedule_(*wait, [this, exchange] { try_once(exchange); });
    });
  }

  T* transport_;
  Schedule schedule_;
  detail::Attempts attempts_;
};

}  // namespace taskrouter

// taskrouter/awaitable_client.hpp

// For `co_await`. The type of the coroutine is the program's own, or its library's. Empty where
// compiler and standard library have no coroutines.
#if defined(__cpp_impl_coroutine) && __has_include(<coroutine>)
#include <coroutine>  // Here, because not every standard library has it.

namespace taskrouter {

/// A result that is still on its way: `co_await` it, once. Nothing is sent before that. The coroutine
/// goes on, on the thread that the transport names; after a mistake in the arguments it goes on at once.
template <AsyncTransport T, class Output>
class Awaitable {
 public:
  Awaitable(T& transport, Result<Request> request, int json_depth)
      : transport_{&transport}, request_{std::move(request)}, json_depth_{json_depth} {}

  bool await_ready() const { return !request_; }
  void await_suspend(std::coroutine_handle<> coroutine) {
    // The answer may come, and this object be gone, before start() returns.
    const Request request = *std::move(request_);
    transport_->start(request, [this, coroutine](Result<Response> response) {
      response_ = std::move(response);
      coroutine.resume();
    });
  }
  Result<Output> await_resume() {
    if (!request_) return request_.error();
    if (!*response_) return response_->error();
    return detail::read_output<Output>(**response_, json_depth_);
  }

 private:
  T* transport_;
  Result<Request> request_;
  int json_depth_;
  std::optional<Result<Response>> response_{};
};

/// The elements of a list, over all its pages: `co_await next()` until it brings none. An Error is the
/// last element. See AwaitableClient::each().
template <AsyncTransport T, class Resource>
class AwaitableEach {
 public:
  /// The next element, once a page that holds it is there.
  class Next {
   public:
    explicit Next(AwaitableEach& each) : each_{&each} {}
    bool await_ready() const { return !each_->walk_.needs_page(); }
    bool await_suspend(std::coroutine_handle<> coroutine) { return each_->fetch(coroutine); }
    std::optional<Result<Resource>> await_resume() { return each_->walk_.next(); }

   private:
    AwaitableEach* each_;
  };

  AwaitableEach(T& transport, const Endpoint& endpoint, Result<Request> first, const EachOptions& options)
      : transport_{&transport}, endpoint_{&endpoint}, walk_{std::move(first), options} {}

  /// To be awaited before the next call. This object stays where it is meanwhile.
  Next next() { return Next{*this}; }
  /// Where the page after the one in hand begins, if there is one: AwaitableClient::each_from() goes on there.
  const std::optional<std::string>& next_cursor() const { return walk_.page().next_cursor(); }

 private:
  /// Starts fetching a page, and the next one if it is empty. False if nothing can be asked for.
  bool fetch(std::coroutine_handle<> coroutine) {
    const auto request = walk_.request();
    if (!request) return false;
    transport_->start(*request, [this, coroutine](Result<Response> response) {
      walk_.take(response ? detail::read_output<Page<Resource>>(*response, endpoint_->json_depth())
                          : Result<Page<Resource>>{response.error()},
                 *endpoint_);
      if (!walk_.needs_page() || !fetch(coroutine)) coroutine.resume();
    });
    return true;
  }

  T* transport_;
  const Endpoint* endpoint_;
  detail::Walk<Resource> walk_;
};

/// Performs operations through an asynchronous transport for coroutines: `co_await client.send(operation)`.
/// It holds no state of its own. GCC 12 needs the operation to have a name: it can't compile
/// `co_await client.send(tasks::Fetch{...})`.
template <AsyncTransport T>
class AwaitableClient {
 public:
  /// Keeps a reference to `transport`. The transport and this client must outlive what was started.
  AwaitableClient(Endpoint endpoint, T& transport) : endpoint_{std::move(endpoint)}, transport_{&transport} {}
  AwaitableClient(const Credentials& credentials, T& transport) : AwaitableClient{Endpoint{credentials}, transport} {}

  const Endpoint& endpoint() const { return endpoint_; }

  /// Performs an operation: awaiting it gives a `Result<Output>`. A `timeout` bounds this exchange; zero
  /// leaves that to the transport.
  template <Operation Op>
  Awaitable<T, typename Op::Output> send(const Op& operation, std::chrono::milliseconds timeout = {}) {
    return {*transport_, detail::within(timeout, build(operation, endpoint_)), endpoint_.json_depth()};
  }

  /// Fetches the page that a cursor names: awaiting it gives a `Result<Page<Resource>>`.
  template <class Resource>
  Awaitable<T, Page<Resource>> page_at(std::string_view cursor, std::chrono::milliseconds timeout = {}) {
    return {*transport_, detail::within(timeout, build_page(cursor, endpoint_)), endpoint_.json_depth()};
  }

  /// Everything that a list holds, over all its pages.
  template <Operation List>
  auto each(List list, EachOptions options = {}) {
    options.choose_page_size(list);
    return AwaitableEach<T, typename List::Output::Item>{*transport_, endpoint_, build(list, endpoint_), options};
  }

  /// The rest of a list, from the page on that a cursor names.
  template <class Resource>
  AwaitableEach<T, Resource> each_from(std::string_view cursor, const EachOptions& options = {}) {
    return {*transport_, endpoint_, build_page(cursor, endpoint_), options};
  }

 private:
  Endpoint endpoint_;
  T* transport_;
};

}  // namespace taskrouter
#endif

// taskrouter/oauth.hpp

namespace taskrouter {

/// A transport that adds an access token to what it sends through another one. It fetches the token through that same
/// one, keeps it, and renews it before it expires, or once when TaskRouter answers 401. However many threads want
/// one, one fetches and the others wait for what comes of it. Use it with Credentials::none().
///
/// Without a token nothing is sent: the Error is the transport's, the token server's (of kind `api`), or of kind `body`
/// where its answer holds no token. Secret and token are in none of them.
template <Transport T>
class OAuth {
 public:
  /// Keeps a reference to `transport`, which must outlive this.
  OAuth(T& transport, OAuthClient client) : transport_{&transport}, client_{std::move(client)} {}

  Result<Response> send(const Request& request) {
    std::uint64_t seen = fetches_.load();
    const auto start = detail::now(client_.clock);
    if (auto error = detail::has_credentials(request)) return *std::move(error);
    const Result<Token> token = find_token(request, start, seen, 0);
    if (!token) return token.error();
    Result<Response> outcome = transport_->send(with(*token, request, start));
    if (!outcome || outcome->status != 401 || token->is_new) return outcome;
    seen = fetches_.load();
    const Result<Token> renewed = find_token(request, start, seen, token->number);
    if (!renewed) return renewed.error();
    return transport_->send(with(*renewed, request, start));
  }

 private:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Token {
    std::string authorization;  // The header's value.
    std::uint64_t number;       // Of the fetch that brought it.
    bool is_new;                // Whether this very request fetched it.
  };

  /// The token that is there unless it is number `refused`, or what the fetch brings that ended after `seen` were
  /// counted, or what a fetch of our own does.
  Result<Token> find_token(const Request& request, TimePoint start, std::uint64_t seen, std::uint64_t refused) {
    const std::lock_guard lock{mutex_};
    const bool is_good = token_.authorization && fetches_ != refused && detail::now(client_.clock) < token_.renew_at;
    const bool is_ours = !is_good && fetches_ == seen;
    if (is_ours) {
      token_ = fetch(request, start);
      ++fetches_;
    }
    if (!token_.authorization) return token_.authorization.error();
    return Token{*token_.authorization, fetches_, is_ours};
  }

  detail::OAuthToken fetch(const Request& request, TimePoint start) {
    const Result<Request> question = detail::token_request(client_, request, detail::since(start, client_.clock));
    if (!question) return {question.error()};
    const TimePoint asked = detail::now(client_.clock);
    return detail::read_token(client_, transport_->send(*question), asked);
  }

  Request with(const Token& token, const Request& request, TimePoint start) const {
    return detail::with_token(token.authorization, request, detail::since(start, client_.clock));
  }

  T* transport_;
  OAuthClient client_;
  std::atomic<std::uint64_t> fetches_{0};
  std::mutex mutex_;  // Guards what follows, and is held while a token is fetched.
  detail::OAuthToken token_{};
};

}  // namespace taskrouter

// taskrouter/tokens.hpp

// Tokens that a server hands to browsers, so that they need no secret.

// taskrouter/tokens/access_token.hpp

// taskrouter/crypto.hpp

// What signatures and tokens want of a cryptographic library, which their user injects.
// crypto/openssl.hpp is one.

#ifndef TASKROUTER_DECLASSIFY
/// A test puts its own in place, to tell a checker of secrets that this outcome may be known.
#define TASKROUTER_DECLASSIFY(outcome)
#endif

namespace taskrouter {

/// What SHA-1 makes of a text.
using Sha1Digest = std::array<unsigned char, 20>;
/// What SHA-256 makes of a text.
using Sha256Digest = std::array<unsigned char, 32>;

/// Something that computes digests: an array, or an optional one where computing may fail. From
/// nullopt follows an error, never a signature.
template <class C>
concept Crypto = requires(const C& crypto, std::string_view key, std::string_view text) {
  { crypto.hmac_sha1(key, text) } -> std::convertible_to<std::optional<Sha1Digest>>;
  { crypto.hmac_sha256(key, text) } -> std::convertible_to<std::optional<Sha256Digest>>;
  { crypto.sha256(text) } -> std::convertible_to<std::optional<Sha256Digest>>;
};

namespace detail {

template <std::size_t size>
std::string_view bytes_of(const std::array<unsigned char, size>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), size};
}

/// Lower-case hexadecimal digits.
inline std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.append({digits[byte >> 4], digits[byte & 15]});
  }
  return out;
}

/// Whether two texts are the same, in a time that depends on their lengths alone.
inline bool constant_time_equal(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  }
  TASKROUTER_DECLASSIFY(difference);
  return difference == 0;
}

}  // namespace detail
}  // namespace taskrouter

// taskrouter/tokens/jwt.hpp

// JSON Web Tokens as Twilio uses them: signed by HMAC-SHA256, and by nothing else. What both kinds of
// token have in common. https://www.rfc-editor.org/rfc/rfc7519

namespace taskrouter::detail {

/// The first part of a token. The others are its claims and its signature.
struct JwtHeader {
  std::optional<std::string> cty{};
  std::optional<std::string> typ{};
  std::string alg{};
  std::optional<std::string> twr{};  ///< Twilio's region.
  JsonValue crit{};                  ///< What a reader must know to understand the token.

  TASKROUTER_FIELDS(cty, typ, alg, twr, crit)
};

/// A token taken apart, and nothing in it believed.
struct JwtParts {
  JwtHeader header{};
  std::string claims{};            ///< JSON text, or what pretends to be.
  std::string_view signed_text{};  ///< Points into the token.
  std::string signature{};
};

inline Error bad_token(std::string_view field, std::string_view message) {
  return {.kind = Error::Kind::body, .message = "the token " + std::string{message}, .field = std::string{field}};
}

template <Described T>
std::string jwt_part(const T& value) {
  std::string json;
  JsonWriter{json, EmptyFields::leave_out}.write_structure(fields_of<T>, &value);
  return base64_url(json);
}

template <Described Claims, Crypto C>
Result<std::string> encode_jwt(const JwtHeader& header, const Claims& claims, std::string_view secret,
                               const C& crypto) {
  std::string token = jwt_part(header) + '.' + jwt_part(claims);
  const std::optional<Sha256Digest> digest = crypto.hmac_sha256(secret, token);
  if (!digest) return argument_error("crypto", "the cryptographic library did not compute HMAC-SHA256");
  token += '.' + base64_url(bytes_of(*digest));
  return token;
}

inline Result<JwtParts> split_jwt(std::string_view token) {
  constexpr std::size_t longest = 65'536;
  if (token.size() > longest) return bad_token("", "is longer than 65536 bytes");
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return bad_token("", "should be three parts with a dot between them");
  auto header = read_base64_url(token.substr(0, first));
  auto claims = read_base64_url(token.substr(first + 1, second - first - 1));
  auto signature = read_base64_url(token.substr(second + 1));
  if (!header) return bad_token("header", "has a header that is not base64url");
  if (!claims) return bad_token("claims", "has claims that are not base64url");
  if (!signature) return bad_token("signature", "has a signature that is not base64url");
  auto read = read_json<JwtHeader>(*header);
  if (!read) return bad_token("header", "has a header that is no JSON object with an alg");
  return JwtParts{*std::move(read), *std::move(claims), token.substr(0, second), *std::move(signature)};
}

/// The claims of a token whose signature may be anybody's.
template <Described Claims>
Result<Claims> read_claims(const JwtParts& parts) {
  auto claims = read_json<Claims>(parts.claims);
  if (!claims) return bad_token(claims.error().field, "has claims that can't be read: " + claims.error().message);
  return claims;
}

/// The claims of a token that was signed with `secret` and is valid at `now`. The signature comes
/// first: of what a stranger wrote, only the header is read before.
template <Described Claims, Crypto C>
Result<Claims> verify_jwt(const JwtParts& parts, std::string_view secret, Timestamp now, const C& crypto) {
  if (secret.empty()) return argument_error("secret", "the secret is missing: with none anybody could sign");
  if (parts.header.alg != "HS256") return bad_token("alg", "is not signed by HS256, the one algorithm that is taken");
  if (!parts.header.crit.text.empty()) return bad_token("crit", "demands an extension that is not known here");
  const std::optional<Sha256Digest> digest = crypto.hmac_sha256(secret, parts.signed_text);
  if (!digest) return argument_error("crypto", "the cryptographic library did not compute HMAC-SHA256");
  if (!constant_time_equal(bytes_of(*digest), parts.signature)) {
    return bad_token("signature", "was not signed with this secret, or was changed since");
  }
  auto claims = read_claims<Claims>(parts);
  if (!claims) return claims;
  const std::int64_t seconds = now.time_since_epoch().count();
  if (!claims->exp) return bad_token("exp", "never expires, which none may");
  if (seconds >= *claims->exp) return bad_token("exp", "has expired");
  if (claims->nbf && seconds < *claims->nbf) return bad_token("nbf", "is not valid yet");
  return claims;
}

}  // namespace taskrouter::detail

namespace taskrouter {

/// As whom the holder of a token acts.
TASKROUTER_ENUM(WorkerRole, worker, supervisor, admin)

/// What the holder of an access token may do in TaskRouter.
struct TaskRouterGrant {
  WorkspaceSid workspace_sid;   ///< Where.
  WorkerSid worker_sid{};       ///< Who the holder is. A supervisor need not be a worker.
  OpenEnum<WorkerRole> role{};  ///< `worker` where it is left out.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, role)
};

/// A token that lets a browser act as one worker, for the `twilio-taskrouter` package. Make it on a
/// server, after the worker has logged in; the API key's secret stays there.
/// https://www.twilio.com/docs/iam/access-tokens
struct AccessToken {
  AccountSid account_sid;                 ///< The account that the workspace belongs to.
  ApiKeySid api_key_sid;                  ///< The key whose secret signs it.
  std::string identity;                   ///< Your name for the holder: any text but an empty one.
  TaskRouterGrant task_router;            ///< What its holder may do.
  std::chrono::seconds lifetime{3600};    ///< 1 second to 24 hours. Default: an hour.
  std::optional<Timestamp> not_before{};  ///< Left out, the token is valid at once, whoever's clock is late.
  std::string region{};                   ///< Twilio's region, such as `ie1`. Empty means `us1`.
};

/// What an access token says.
struct AccessClaims {
  /// What it grants, and to whom.
  struct Grants {
    std::string identity{};         ///< The program's name for the holder.
    TaskRouterGrant task_router{};  ///< What the holder may do.

    TASKROUTER_FIELDS(identity, task_router)
  };

  std::string jti{};                  ///< The token's own name: the API key and the time of issue.
  Grants grants{};                    ///< What it grants.
  ApiKeySid iss{};                    ///< The API key whose secret signed it.
  AccountSid sub{};                   ///< The account.
  std::optional<std::int64_t> iat{};  ///< When it was issued, in seconds since 1970, like the next two.
  std::optional<std::int64_t> nbf{};  ///< From when on it is valid.
  std::optional<std::int64_t> exp{};  ///< When it ends.

  TASKROUTER_FIELDS(jti, grants, iss, sub, iat, nbf, exp)
};

namespace detail {

inline constexpr std::string_view access_token_type = "twilio-fpa;v=1";

inline std::optional<Error> problem(const AccessToken& token, Timestamp now) {
  const auto sid_error = [](std::string_view field, std::string_view letters) {
    return argument_error(field,
                          std::string{field} + " should be " + std::string{letters} + " and 32 hexadecimal digits");
  };
  const TaskRouterGrant& grant = token.task_router;
  if (!token.account_sid.well_formed()) return sid_error("account_sid", "AC");
  if (!token.api_key_sid.well_formed()) return sid_error("api_key_sid", "SK");
  if (token.identity.empty()) return argument_error("identity", "identity is empty: name the token's holder");
  if (!is_utf8(token.identity)) return argument_error("identity", "identity is not UTF-8");
  if (!grant.workspace_sid.well_formed()) return sid_error("workspace_sid", "WS");
  if (!grant.worker_sid.empty() && !grant.worker_sid.well_formed()) return sid_error("worker_sid", "WK");
  if (!grant.role.text().empty() && !grant.role.known()) {
    return argument_error("role", "role should be worker, supervisor or admin");
  }
  if (token.lifetime < std::chrono::seconds{1} || token.lifetime > std::chrono::hours{24}) {
    return argument_error("lifetime", "lifetime should be from 1 second to 24 hours, which is all that Twilio accepts");
  }
  if (token.not_before && *token.not_before >= now + token.lifetime) {
    return argument_error("not_before", "not_before is after the token's end, so it would never be valid");
  }
  if (token.region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    return argument_error("region", "region should be a name such as ie1");
  }
  return std::nullopt;
}

}  // namespace detail

namespace tokens {

/// The token as text, signed with the API key's secret. `now` is the time of issue. The error's kind
/// is `argument`.
template <Crypto C>
Result<std::string> sign(const AccessToken& token, std::string_view secret, Timestamp now, const C& crypto) {
  if (auto problem = detail::problem(token, now)) return *std::move(problem);
  if (secret.empty()) return argument_error("secret", "the API key's secret is missing");
  const std::int64_t seconds = now.time_since_epoch().count();
  detail::JwtHeader header{.cty = std::string{detail::access_token_type}, .typ = "JWT", .alg = "HS256"};
  if (!token.region.empty()) header.twr = token.region;
  AccessClaims claims{
      .jti = std::string{token.api_key_sid.text()} + '-' + std::to_string(seconds),
      .grants = {token.identity, token.task_router},
      .iss = token.api_key_sid,
      .sub = token.account_sid,
      .iat = seconds,
      .exp = seconds + token.lifetime.count(),
  };
  if (token.not_before) claims.nbf = token.not_before->time_since_epoch().count();
  return detail::encode_jwt(header, claims, secret, crypto);
}

/// What an access token says, if it was signed with the API key's secret and is valid at `now`. The
/// error's kind is `body`, and its field says what was wrong: `signature`, `exp`, `nbf`, `alg`, `cty`.
template <Crypto C>
Result<AccessClaims> verify_access_token(std::string_view token, std::string_view secret, Timestamp now,
                                         const C& crypto) {
  const auto parts = detail::split_jwt(token);
  if (!parts) return parts.error();
  if (parts->header.cty != detail::access_token_type) return detail::bad_token("cty", "is no access token of Twilio's");
  return detail::verify_jwt<AccessClaims>(*parts, secret, now, crypto);
}

/// What an access token says, whoever may have signed it: to show when it ends, never to decide.
inline Result<AccessClaims> read_unverified_access_token(std::string_view token) {
  const auto parts = detail::split_jwt(token);
  if (!parts) return parts.error();
  return detail::read_claims<AccessClaims>(*parts);
}

}  // namespace tokens
}  // namespace taskrouter

// taskrouter/tokens/capability_token.hpp

namespace taskrouter {

/// One thing that the holder of a capability token may or may not do.
struct Policy {
  std::string url{};             ///< `**` at its end stands for everything below.
  std::string method{};          ///< GET, POST or DELETE.
  JsonValue query_filter{"{}"};  ///< What the query must hold: `{"Name":{"required":true}}`.
  JsonValue post_filter{"{}"};   ///< What the form must hold.
  bool allow{true};              ///< False forbids it.

  TASKROUTER_FIELDS(url, method, query_filter, post_filter, allow)
};

/// What a capability token says.
struct CapabilityClaims {
  AccountSid iss{};                            ///< The account that signed it.
  std::optional<std::int64_t> iat{};           ///< In seconds since 1970, like the next two.
  std::optional<std::int64_t> nbf{};           ///< From when on it is valid.
  std::optional<std::int64_t> exp{};           ///< When it ends.
  std::string version{};                       ///< Of the format: `v1`.
  std::optional<std::string> friendly_name{};  ///< The same as `channel`, unless it was given.
  AccountSid account_sid{};
  std::string channel{};  ///< The SID of the worker, task queue or workspace.
  WorkspaceSid workspace_sid{};
  WorkerSid worker_sid{};
  TaskQueueSid taskqueue_sid{};
  std::vector<Policy> policies{};  ///< What its holder may do.

  TASKROUTER_FIELDS(iss, iat, nbf, exp, version, friendly_name, account_sid, channel, workspace_sid, worker_sid,
                    taskqueue_sid, policies)
};

/// The older kind of token, for TaskRouter.js v1: a list of URLs that its holder may use. For new
/// pages make an AccessToken. Begin with WorkerCapability, TaskQueueCapability or WorkspaceCapability:
/// each may fetch itself and listen to its events, and more when told so.
class CapabilityToken {
 public:
  std::optional<std::string> friendly_name{};  ///< Left out, it is the same as channel().
  std::chrono::seconds lifetime{3600};         ///< At least 1 second. Default: an hour.
  std::vector<Policy> policies{};              ///< Those it began with, then those that were added.

  /// Lets the holder do something.
  void allow(Method method, std::string url, JsonValue post_filter = {"{}"}) {
    policies.push_back(
        {.url = std::move(url), .method = std::string{text(method)}, .post_filter = std::move(post_filter)});
  }
  /// Forbids the holder something.
  void deny(Method method, std::string url) {
    policies.push_back({.url = std::move(url), .method = std::string{text(method)}, .allow = false});
  }
  /// Lets the holder change the worker, the task queue or the workspace.
  void allow_updates() { allow(Method::post, resource_url_); }
  /// Lets the holder delete it.
  void allow_delete() { allow(Method::delete_, resource_url_); }
  /// Lets the holder read everything in it.
  void allow_fetch_subresources() { allow(Method::get, resource_url_ + "/**"); }
  /// Lets the holder change everything in it.
  void allow_updates_subresources() { allow(Method::post, resource_url_ + "/**"); }
  /// Lets the holder delete everything in it.
  void allow_delete_subresources() { allow(Method::delete_, resource_url_ + "/**"); }

  /// The account.
  const AccountSid& account_sid() const { return account_sid_; }
  /// The workspace.
  const WorkspaceSid& workspace_sid() const { return workspace_sid_; }
  /// The SID of the worker, the task queue or the workspace.
  std::string_view channel() const { return channel_.text(); }
  /// Where the worker, the task queue or the workspace is.
  const std::string& resource_url() const { return resource_url_; }
  /// Where the workspace is.
  std::string workspace_url() const { return url_of(workspace_sid_); }

 protected:
  /// A token that allows nothing yet.
  CapabilityToken(const AccountSid& account, const WorkspaceSid& workspace, const SidText& channel,
                  std::string resource_url)
      : account_sid_{account}, workspace_sid_{workspace}, channel_{channel}, resource_url_{std::move(resource_url)} {}

  /// What every kind begins with.
  void allow_fetch_and_events() {
    allow(Method::get, resource_url_);
    const std::string events = "https://event-bridge.twilio.com/v1/wschannels/" + std::string{account_sid_.text()} +
                               '/' + std::string{channel_.text()};
    allow(Method::get, events);
    allow(Method::post, events);
  }

  /// Where a workspace is.
  static std::string url_of(const WorkspaceSid& workspace) {
    return "https://taskrouter.twilio.com/v1/Workspaces/" + std::string{workspace.text()};
  }
  /// Where something in it is.
  template <SidKind kind>
  static std::string url_of(const WorkspaceSid& workspace, std::string_view collection, const Sid<kind>& sid) {
    return url_of(workspace) + std::string{collection} + std::string{sid.text()};
  }

 private:
  AccountSid account_sid_;
  WorkspaceSid workspace_sid_;
  SidText channel_;
  std::string resource_url_;
};

/// Lets a browser act as a worker. It sees its activities, tasks and reservations at first.
class WorkerCapability : public CapabilityToken {
 public:
  /// For one worker.
  WorkerCapability(const AccountSid& account, const WorkspaceSid& workspace, const WorkerSid& worker)
      : CapabilityToken{account, workspace, worker, url_of(workspace, "/Workers/", worker)} {
    allow(Method::get, workspace_url() + "/Activities");
    allow(Method::get, workspace_url() + "/Tasks/**");
    allow(Method::get, resource_url() + "/Reservations/**");
    allow_fetch_and_events();
  }

  /// Lets it change its activity, and of itself nothing else.
  void allow_activity_updates() { allow(Method::post, resource_url(), {R"({"ActivitySid":{"required":true}})"}); }
  /// Lets it answer its reservations.
  void allow_reservation_updates() {
    allow(Method::post, workspace_url() + "/Tasks/**");
    allow(Method::post, resource_url() + "/Reservations/**");
  }
};

/// Lets a browser watch a task queue.
class TaskQueueCapability : public CapabilityToken {
 public:
  /// For one task queue.
  TaskQueueCapability(const AccountSid& account, const WorkspaceSid& workspace, const TaskQueueSid& task_queue)
      : CapabilityToken{account, workspace, task_queue, url_of(workspace, "/TaskQueues/", task_queue)} {
    allow_fetch_and_events();
  }
};

/// Lets a browser watch a workspace.
class WorkspaceCapability : public CapabilityToken {
 public:
  /// For a whole workspace.
  WorkspaceCapability(const AccountSid& account, const WorkspaceSid& workspace)
      : CapabilityToken{account, workspace, workspace, url_of(workspace)} {
    allow_fetch_and_events();
  }
};

namespace detail {

inline std::optional<Error> problem(const Policy& policy, const std::string& field) {
  const auto is_object = [](const JsonValue& filter) { return filter.text.starts_with('{') && is_json(filter.text); };
  if (policy.url.empty() || !is_utf8(policy.url)) return argument_error(field + ".url", field + ".url should be a URL");
  if (policy.method != "GET" && policy.method != "POST" && policy.method != "DELETE") {
    return argument_error(field + ".method", field + ".method should be GET, POST or DELETE");
  }
  if (!is_object(policy.query_filter)) {
    return argument_error(field + ".query_filter", field + ".query_filter should be a JSON object");
  }
  if (!is_object(policy.post_filter)) {
    return argument_error(field + ".post_filter", field + ".post_filter should be a JSON object");
  }
  return std::nullopt;
}

inline std::optional<Error> problem(const CapabilityToken& token, Timestamp now) {
  const std::string_view channel = token.channel();
  if (!token.account_sid().well_formed()) {
    return argument_error("account_sid", "account_sid should be AC and 32 hexadecimal digits");
  }
  if (!token.workspace_sid().well_formed()) {
    return argument_error("workspace_sid", "workspace_sid should be WS and 32 hexadecimal digits");
  }
  if (!is_sid(channel, "WK") && !is_sid(channel, "WQ") && !is_sid(channel, "WS")) {
    return argument_error("channel", "the worker's or task queue's SID should be WK or WQ and 32 hexadecimal digits");
  }
  if (token.friendly_name && !is_utf8(*token.friendly_name)) {
    return argument_error("friendly_name", "friendly_name is not UTF-8");
  }
  if (token.lifetime < std::chrono::seconds{1} || token.lifetime > std::chrono::years{100} ||
      !is_writable(now + token.lifetime)) {
    return argument_error("lifetime", "lifetime should be at least 1 second, and end in this age");
  }
  for (std::size_t i = 0; i < token.policies.size(); ++i) {
    if (auto error = problem(token.policies[i], "policies." + std::to_string(i))) return error;
  }
  return std::nullopt;
}

}  // namespace detail

namespace tokens {

/// The token as text, signed with the account's auth token. `now` is the time of issue. The error's
/// kind is `argument`.
template <Crypto C>
Result<std::string> sign(const CapabilityToken& token, std::string_view auth_token, Timestamp now, const C& crypto) {
  if (auto problem = detail::problem(token, now)) return *std::move(problem);
  if (auth_token.empty()) return argument_error("auth_token", "the auth token is missing");
  const std::int64_t seconds = now.time_since_epoch().count();
  CapabilityClaims claims{
      .iss = token.account_sid(),
      .iat = seconds,
      .exp = seconds + token.lifetime.count(),
      .version = "v1",
      .friendly_name = token.friendly_name,
      .account_sid = token.account_sid(),
      .channel = std::string{token.channel()},
      .workspace_sid = token.workspace_sid(),
      .policies = token.policies,
  };
  if (token.channel().starts_with("WK")) claims.worker_sid = WorkerSid{token.channel()};
  if (token.channel().starts_with("WQ")) claims.taskqueue_sid = TaskQueueSid{token.channel()};
  return detail::encode_jwt(detail::JwtHeader{.typ = "JWT", .alg = "HS256"}, claims, auth_token, crypto);
}

/// What a capability token says, if it was signed with the auth token and is valid at `now`. The
/// error's kind is `body`, and its field says what was wrong: `signature`, `exp`, `nbf`, `alg`, `version`.
template <Crypto C>
Result<CapabilityClaims> verify_capability_token(std::string_view token, std::string_view auth_token, Timestamp now,
                                                 const C& crypto) {
  const auto parts = detail::split_jwt(token);
  if (!parts) return parts.error();
  auto claims = detail::verify_jwt<CapabilityClaims>(*parts, auth_token, now, crypto);
  if (claims && claims->version != "v1") return detail::bad_token("version", "is no capability token of version v1");
  return claims;
}

/// What a capability token says, whoever may have signed it: to show when it ends, never to decide.
inline Result<CapabilityClaims> read_unverified_capability_token(std::string_view token) {
  const auto parts = detail::split_jwt(token);
  if (!parts) return parts.error();
  return detail::read_claims<CapabilityClaims>(*parts);
}

}  // namespace tokens
}  // namespace taskrouter

// taskrouter/webhooks.hpp

// What TaskRouter calls a program with, and how it is answered. Standard library only.

// taskrouter/webhooks/assignment.hpp

// taskrouter/decode.hpp

// From the pairs of a form back to a struct's fields: encode.hpp, read backwards. TaskRouter's callbacks
// are read leniently, as its responses are; the emulator reads requests strictly.

namespace taskrouter::detail {

/// Which of a field's two names counts.
enum class Spelling : unsigned char { on_the_wire, in_json };

/// Where in `fields` the one of that name stands, or `fields.size()`.
inline std::size_t find_field(std::span<const Field> fields, std::string_view name,
                              Spelling spelling = Spelling::on_the_wire) {
  const auto is_called = [&](const Field& field) {
    return spelling == Spelling::in_json ? field.name == name : is_wire_name(name, field.name);
  };
  std::size_t i = 0;
  while (i < fields.size() && !is_called(fields[i])) ++i;
  return i;
}

inline std::string decode_integer(std::string_view text, std::int64_t& value) {
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (error == std::errc{} && end == last) return {};
  return error == std::errc::result_out_of_range ? "is beyond a 64-bit integer" : "should be a whole number";
}

/// Twilio's library for Python, its version 7 at least, writes `True` and `False`.
inline std::string decode_boolean(std::string_view text, bool& value) {
  value = text == "true" || text == "True" || text == "1" || text == "yes";
  const bool is_no = text == "false" || text == "False" || text == "0" || text == "no";
  return value || is_no ? "" : "should be true or false";
}

/// A callback's times are seconds since 1970, a request's are ISO 8601.
inline std::string decode_time(std::string_view text, std::optional<Timestamp>& value, Reading reading) {
  std::int64_t seconds = 0;
  value = read_timestamp(text);
  if (!value && reading == Reading::lenient && decode_integer(text, seconds).empty()) {
    constexpr std::int64_t year_10000 = 253'402'300'800;
    if (seconds >= 0 && seconds < year_10000) value = Timestamp{std::chrono::seconds{seconds}};
  }
  if (value && (reading == Reading::lenient || is_writable(*value))) return {};
  return "should be a time such as 2014-05-14T10:50:02Z, not before 1900";
}

/// Puts the value that `text` says into `value`, which is no list and not optional. Answers what is
/// wrong with it, or an empty text.
inline std::string decode_value(const FieldType& type, std::string_view text, void* value, Reading reading) {
  const bool is_strict = reading == Reading::strict;
  switch (type.kind) {
    case FieldKind::text: *static_cast<std::string*>(value) = text; return {};
    case FieldKind::json_text: {
      JsonScanner in{text};
      if (is_strict && !(in.skip_value() && in.at_end())) return in.problem();
      static_cast<JsonText*>(value)->text = text;
      return {};
    }
    case FieldKind::sid:
      if (is_strict ? !is_sid(text, type.prefix) : SidText{text}.text() != text) {
        return "should be " + std::string{type.prefix} + " and 32 hexadecimal digits";
      }
      *static_cast<SidText*>(value) = SidText{text};
      return {};
    case FieldKind::open_enum: {
      auto& choice = *static_cast<EnumText*>(value);
      set_text(choice, type.names, text);
      return is_strict && choice.index < 0 ? should_be_one_of(type.names) : "";
    }
    case FieldKind::boolean: return decode_boolean(text, *static_cast<bool*>(value));
    case FieldKind::integer: return decode_integer(text, *static_cast<std::int64_t*>(value));
    case FieldKind::timestamp: return decode_time(text, *static_cast<std::optional<Timestamp>*>(value), reading);
    default: return "can't be sent";
  }
}

/// The same for a field of any kind: a list gets one value more.
inline std::string decode_field(const Field& field, std::string_view text, void* object, Reading reading) {
  const FieldType& type = *field.type;
  const bool holds = type.element != nullptr;
  void* value = field.in(object);
  std::string problem = decode_value(holds ? *type.element : type, text, holds ? type.add(value) : value, reading);
  if (!problem.empty() && type.kind == FieldKind::optional) type.clear(value);
  return problem;
}

/// Reads pairs into the fields of their names, leniently, and answers those that found no place, in
/// their order: names of no field, a second value where there is room for one, values that the field
/// can't hold. An empty value says nothing, except in a text.
inline std::vector<FormField> decode_form(std::span<const Field> fields, void* object, std::vector<FormField> form,
                                          Spelling spelling = Spelling::on_the_wire) {
  std::vector<FormField> others;
  std::vector<bool> is_read(fields.size());
  for (FormField& pair : form) {
    const std::size_t i = find_field(fields, pair.name, spelling);
    bool has_place = i < fields.size() && (!is_read[i] || fields[i].type->kind == FieldKind::list);
    if (has_place) {
      const FieldType& type = *fields[i].type;
      const bool is_text = (type.element != nullptr ? type.element : &type)->kind == FieldKind::text;
      is_read[i] = true;
      has_place =
          (pair.value.empty() && !is_text) || decode_field(fields[i], pair.value, object, Reading::lenient).empty();
    }
    if (!has_place) others.push_back(std::move(pair));
  }
  return others;
}

}  // namespace taskrouter::detail

namespace taskrouter::webhooks {

/// What TaskRouter posts to a workflow's assignment callback URL when it has reserved a worker.
///
/// It waits 5 seconds for the answer, then it asks the fallback URL.
/// https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
struct AssignmentCallback {
  std::optional<Timestamp> timestamp{};  ///< When the worker was reserved.
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  WorkflowSid workflow_sid{};        ///< The workflow that routes the task.
  TaskQueueSid task_queue_sid{};     ///< The queue the task was in.
  WorkerSid worker_sid{};            ///< The worker who is reserved.
  JsonText worker_attributes{};      ///< What the queues choose the worker by.
  TaskSid task_sid{};                ///< The task that they are reserved for.
  JsonText task_attributes{};        ///< What the workflow's filters read.
  std::int64_t task_age{};           ///< Seconds since the task was created.
  std::int64_t task_priority{};      ///< 0 to 2147483647, higher first.
  ReservationSid reservation_sid{};  ///< What is to be answered.
  std::vector<FormField> others{};   ///< What Twilio added since, and values that can't be read as their type.

  TASKROUTER_FIELDS(timestamp, account_sid, workspace_sid, workflow_sid, task_queue_sid, worker_sid, worker_attributes,
                    task_sid, task_attributes, task_age, task_priority, reservation_sid)
};

/// Reads the body of an assignment callback, as leniently as a response is read. The Error is of kind
/// `body`: the form is beyond the limits, or names no workspace, task or reservation to answer for.
inline Result<AssignmentCallback> read_assignment(std::string_view body, FormLimits limits = {}) {
  auto form = read_form(body, limits);
  if (!form) return form.error();
  AssignmentCallback callback;
  callback.others = detail::decode_form(detail::fields_of<AssignmentCallback>, &callback, *std::move(form));
  const auto missing = [](std::string_view field, std::string_view parameter) {
    return Error{.kind = Error::Kind::body,
                 .message = "the assignment callback has no " + std::string{parameter},
                 .field = std::string{field}};
  };
  if (callback.workspace_sid.empty()) return missing("workspace_sid", "WorkspaceSid");
  if (callback.task_sid.empty()) return missing("task_sid", "TaskSid");
  if (callback.reservation_sid.empty()) return missing("reservation_sid", "ReservationSid");
  return callback;
}

}  // namespace taskrouter::webhooks

// taskrouter/webhooks/event.hpp

// taskrouter/webhooks/event_type.hpp

namespace taskrouter::webhooks {

/// What can happen in a workspace.
/// https://www.twilio.com/docs/taskrouter/api/event/reference
TASKROUTER_ENUM_AS(EventType, (activity_created, "activity.created"), (activity_updated, "activity.updated"),
                   (activity_deleted, "activity.deleted"), (reservation_created, "reservation.created"),
                   (reservation_accepted, "reservation.accepted"), (reservation_rejected, "reservation.rejected"),
                   (reservation_timeout, "reservation.timeout"), (reservation_canceled, "reservation.canceled"),
                   (reservation_rescinded, "reservation.rescinded"), (reservation_completed, "reservation.completed"),
                   (reservation_wrapup, "reservation.wrapup"), (reservation_failed, "reservation.failed"),
                   (task_created, "task.created"), (task_updated, "task.updated"), (task_canceled, "task.canceled"),
                   (task_wrapup, "task.wrapup"), (task_completed, "task.completed"), (task_deleted, "task.deleted"),
                   (task_system_deleted, "task.system-deleted"), (task_transfer_initiated, "task.transfer-initiated"),
                   (task_transfer_attempt_failed, "task.transfer-attempt-failed"),
                   (task_transfer_failed, "task.transfer-failed"), (task_transfer_canceled, "task.transfer-canceled"),
                   (task_transfer_completed, "task.transfer-completed"), (task_channel_created, "task-channel.created"),
                   (task_channel_updated, "task-channel.updated"), (task_channel_deleted, "task-channel.deleted"),
                   (task_queue_created, "task-queue.created"), (task_queue_deleted, "task-queue.deleted"),
                   (task_queue_entered, "task-queue.entered"), (task_queue_timeout, "task-queue.timeout"),
                   (task_queue_moved, "task-queue.moved"),
                   (task_queue_expression_updated, "task-queue.expression.updated"), (worker_created, "worker.created"),
                   (worker_activity_update, "worker.activity.update"),
                   (worker_attributes_update, "worker.attributes.update"),
                   (worker_capacity_update, "worker.capacity.update"),
                   (worker_channel_availability_update, "worker.channel.availability.update"),
                   (worker_deleted, "worker.deleted"), (workflow_created, "workflow.created"),
                   (workflow_updated, "workflow.updated"), (workflow_deleted, "workflow.deleted"),
                   (workflow_target_matched, "workflow.target-matched"), (workflow_entered, "workflow.entered"),
                   (workflow_timeout, "workflow.timeout"), (workflow_skipped, "workflow.skipped"),
                   (workspace_created, "workspace.created"), (workspace_updated, "workspace.updated"),
                   (workspace_deleted, "workspace.deleted"))

}  // namespace taskrouter::webhooks

namespace taskrouter {
namespace webhooks {

/// What TaskRouter posts to a workspace's event callback URL when something has happened. The events
/// that are listed by request become the same type.
///
/// An event brings what it is about and leaves the rest empty: one about a reservation has the task, the
/// worker, the queue and the workflow. Read what is documented and expect more.
/// https://www.twilio.com/docs/taskrouter/api/event/reference
struct EventCallback {
  OpenEnum<EventType> event_type{};  ///< What happened.
  EventSid sid{};
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  std::string workspace_name{};                     ///< The workspace's friendly name.
  std::string event_description{};                  ///< In words.
  std::string resource_type{};                      ///< What it happened to: `task`, `worker`, ...
  std::string resource_sid{};                       ///< A SID of any kind.
  std::optional<Timestamp> timestamp{};             ///< When it was sent.
  std::optional<std::int64_t> timestamp_ms{};       ///< The same in milliseconds since 1970.
  std::optional<std::string> operating_unit_sid{};  ///< The operating unit, where there is one.

  // activity.*
  ActivitySid activity_sid{};                  ///< The activity it is about.
  std::optional<std::string> activity_name{};  ///< Its friendly name.
  std::optional<bool> activity_available{};    ///< Whether its workers get tasks.

  // reservation.*
  ReservationSid reservation_sid{};                       ///< The reservation it is about.
  OpenEnum<ReservationStatus> reservation_status{};       ///< What has become of it.
  std::optional<std::int64_t> reservation_timeout{};      ///< Seconds.
  std::optional<std::int64_t> reservation_version{};      ///< Grows with each of its changes.
  std::optional<std::int64_t> reservation_reason_code{};  ///< Why it was canceled.

  // task.*, reservation.*, workflow.* and task-queue.* about a task
  TaskSid task_sid{};                                  ///< The task it is about.
  std::optional<JsonText> task_attributes{};           ///< What the workflow's filters read.
  std::optional<std::int64_t> task_age{};              ///< Seconds since it was created.
  std::optional<std::int64_t> task_age_in_queue{};     ///< Seconds.
  std::optional<std::int64_t> task_priority{};         ///< 0 to 2147483647, higher first.
  OpenEnum<TaskStatus> task_assignment_status{};       ///< Where it stands.
  std::optional<std::string> task_canceled_reason{};   ///< Why it was canceled.
  std::optional<std::string> task_completed_reason{};  ///< Why it was completed.
  std::optional<Timestamp> task_date_created{};        ///< When it was created.
  std::optional<Timestamp> task_virtual_start_time{};  ///< Since when it counts as waiting.
  std::optional<std::int64_t> task_timeout{};          ///< Seconds.
  std::optional<std::int64_t> task_version{};          ///< Grows with each of its changes.
  std::optional<bool> task_ignore_capacity{};          ///< Whether its worker gets it beyond their capacity.
  std::optional<std::string> task_routing_target{};  ///< The SID of the worker, queue or workflow it goes straight to.
  std::optional<std::string> task_re_evaluated_reason{};  ///< Such as `reservation_rejected`.
  std::optional<std::string> task_order{};                ///< In which order tasks leave its queue: `FIFO` or `LIFO`.
  std::optional<std::string> task_transfer_sid{};         ///< The transfer it is in.
  std::optional<std::string> reason{};                    ///< Why, where the event has a reason.
  std::optional<std::int64_t> previous_task_priority{};   ///< What it was before.
  TaskQueueSid previous_task_queue_sid{};                 ///< The queue it was in before.
  std::optional<std::string> previous_task_queue_name{};  ///< That queue's friendly name.
  std::optional<std::string> target_changed_reason{};     ///< Why it went on to another target of its filter.
  WorkerSid known_worker_sid{};                           ///< The one worker that its target asks.

  // task-queue.*, and of the queue that a task is in
  TaskQueueSid task_queue_sid{};                 ///< The queue.
  std::optional<std::string> task_queue_name{};  ///< Its friendly name.
  std::optional<std::string>
      task_queue_target_expression{};                  ///< Which workers it has: an expression over their attributes.
  std::optional<Timestamp> task_queue_entered_date{};  ///< When the task came into it.

  // task-channel.*, and of the channel of a task or a worker
  TaskChannelSid task_channel_sid{};                      ///< The channel.
  std::optional<std::string> task_channel_name{};         ///< Its friendly name.
  std::optional<std::string> task_channel_unique_name{};  ///< Its unique name.
  std::optional<bool> task_channel_optimized_routing{};   ///< Whether the longest idle come first.

  // worker.*, reservation.*
  WorkerSid worker_sid{};                             ///< The worker it is about.
  std::optional<std::string> worker_name{};           ///< Their friendly name.
  std::optional<JsonText> worker_attributes{};        ///< What the queues choose them by.
  ActivitySid worker_activity_sid{};                  ///< The activity they are in.
  std::optional<std::string> worker_activity_name{};  ///< That activity's friendly name.
  std::optional<std::int64_t> worker_version{};       ///< Grows with each of the worker's changes.
  ActivitySid worker_previous_activity_sid{};         ///< With `worker.activity.update`, as the three after it.
  std::optional<std::string> worker_previous_activity_name{};         ///< That activity's friendly name.
  std::optional<std::int64_t> worker_time_in_previous_activity{};     ///< Seconds.
  std::optional<std::int64_t> worker_time_in_previous_activity_ms{};  ///< The same in milliseconds.
  std::optional<bool> worker_channel_available{};                     ///< Whether they get tasks of the channel.
  std::optional<std::int64_t> worker_channel_capacity{};  ///< How many tasks of the channel they can hold at a time.
  std::optional<std::int64_t> worker_channel_available_capacity{};  ///< How much of that is free.
  std::optional<std::int64_t> worker_channel_previous_capacity{};   ///< How many tasks they could hold before.
  std::optional<std::int64_t> worker_channel_consumed_capacity{};   ///< How much of it is in use.
  std::optional<std::int64_t> worker_channel_task_count{};          ///< How many tasks of the channel they hold.

  // workflow.*, and of the workflow of a task
  WorkflowSid workflow_sid{};                                ///< The workflow.
  std::optional<std::string> workflow_name{};                ///< Its friendly name.
  std::optional<std::string> workflow_filter_name{};         ///< The friendly name of the filter that took the task.
  std::optional<std::string> workflow_filter_expression{};   ///< That filter's expression.
  std::optional<std::string> workflow_filter_target_name{};  ///< The name of the target the task is at.
  std::optional<std::string> workflow_filter_target_expression{};  ///< That target's expression.

  // task.transfer-*
  std::optional<std::string> transfer_mode{};            ///< `WARM` or `COLD`.
  std::optional<std::string> transfer_type{};            ///< `WORKER` or `QUEUE`.
  std::optional<std::string> transfer_status{};          ///< `initiated`, `canceled`, `complete` or `failed`.
  std::optional<std::string> transfer_to{};              ///< The SID of a worker or a queue.
  std::optional<std::string> transfer_failed_reason{};   ///< Why it failed.
  ReservationSid transfer_initiating_reservation_sid{};  ///< The reservation that it began with.
  WorkerSid transfer_initiating_worker_sid{};            ///< The worker who began it.

  std::vector<FormField> others{};  ///< What Twilio added since, and values that can't be read as their type.

  TASKROUTER_FIELDS(event_type, sid, account_sid, workspace_sid, workspace_name, event_description, resource_type,
                    resource_sid, timestamp, timestamp_ms, operating_unit_sid, activity_sid, activity_name,
                    activity_available, reservation_sid, reservation_status, reservation_timeout, reservation_version,
                    reservation_reason_code, task_sid, task_attributes, task_age, task_age_in_queue, task_priority,
                    task_assignment_status, task_canceled_reason, task_completed_reason, task_date_created,
                    task_virtual_start_time, task_timeout, task_version, task_ignore_capacity, task_routing_target,
                    task_re_evaluated_reason, task_order, task_transfer_sid, reason, previous_task_priority,
                    previous_task_queue_sid, previous_task_queue_name, target_changed_reason, known_worker_sid,
                    task_queue_sid, task_queue_name, task_queue_target_expression, task_queue_entered_date,
                    task_channel_sid, task_channel_name, task_channel_unique_name, task_channel_optimized_routing,
                    worker_sid, worker_name, worker_attributes, worker_activity_sid, worker_activity_name,
                    worker_version, worker_previous_activity_sid, worker_previous_activity_name,
                    worker_time_in_previous_activity, worker_time_in_previous_activity_ms, worker_channel_available,
                    worker_channel_capacity, worker_channel_available_capacity, worker_channel_previous_capacity,
                    worker_channel_consumed_capacity, worker_channel_task_count, workflow_sid, workflow_name,
                    workflow_filter_name, workflow_filter_expression, workflow_filter_target_name,
                    workflow_filter_target_expression, transfer_mode, transfer_type, transfer_status, transfer_to,
                    transfer_failed_reason, transfer_initiating_reservation_sid, transfer_initiating_worker_sid)
};

/// Reads the body of an event callback, as leniently as a response is read. The Error is of kind
/// `body`: the form is beyond the limits, or has no event type.
inline Result<EventCallback> read_event(std::string_view body, FormLimits limits = {}) {
  auto form = read_form(body, limits);
  if (!form) return form.error();
  EventCallback event;
  event.others = detail::decode_form(detail::fields_of<EventCallback>, &event, *std::move(form));
  if (event.event_type.text().empty()) {
    return Error{.kind = Error::Kind::body, .message = "the event callback has no EventType", .field = "event_type"};
  }
  return event;
}

}  // namespace webhooks

namespace detail {

/// An object's members as pairs: texts as themselves, other values as their JSON, nulls left out.
inline Result<std::vector<FormField>> read_members(std::string_view json) {
  JsonScanner in{json};
  std::vector<FormField> members;
  std::string_view key;
  std::string scratch;
  const auto read_member = [&] {
    if (!in.read_key(key, scratch)) return false;
    FormField member{.name = std::string{key}, .value = {}};
    const char first = in.peek();
    const std::size_t start = in.position();
    if (!(first == '"' ? in.read_string(member.value) : in.skip_value())) return false;
    if (first != '"') member.value = in.text(start, in.position());
    if (first != 'n') members.push_back(std::move(member));
    return true;
  };
  bool good = in.enter('{');
  if (good && !in.take('}')) {
    do {
      good = read_member();
    } while (good && in.take(','));
    good = good && (in.take('}') || in.fail("is not JSON: a comma or a closing bracket is missing"));
  }
  if (good && in.at_end()) return members;
  return Error{
      .kind = Error::Kind::body,
      .message = std::string{"event_data "} + in.problem() + " (at byte " + std::to_string(in.position()) + ')',
      .field = "event_data"};
}

}  // namespace detail

namespace webhooks {

/// A listed or fetched event as the callback that told of it. The Error is of kind `body`: its
/// `event_data` is no object.
inline Result<EventCallback> read_event(const Event& resource) {
  EventCallback event;
  if (const std::string& data = resource.event_data.text; !data.empty() && data != "null") {
    auto members = detail::read_members(data);
    if (!members) return members.error();
    event.others =
        detail::decode_form(detail::fields_of<EventCallback>, &event, *std::move(members), detail::Spelling::in_json);
  }
  event.event_type = OpenEnum<EventType>::from_text(resource.event_type);
  event.sid = resource.sid;
  event.account_sid = resource.account_sid;
  event.workspace_sid = resource.workspace_sid;
  event.event_description = resource.description.value_or("");
  event.resource_type = resource.resource_type;
  event.resource_sid = resource.resource_sid;
  event.timestamp = resource.event_date;
  event.timestamp_ms = resource.event_date_ms;
  return event;
}

}  // namespace webhooks
}  // namespace taskrouter

// taskrouter/webhooks/handle.hpp

// taskrouter/webhooks/instruction.hpp

// The answers to an assignment callback, as values. The same value becomes the JSON of the answer, or
// the update of the reservation that does the same by request.

namespace taskrouter {
namespace webhooks {

/// Whether a call is recorded.
TASKROUTER_ENUM_AS(CallRecord, (record_from_answer, "record-from-answer"), (do_not_record, "do-not-record"))
/// When a conference beeps.
TASKROUTER_ENUM_AS(Beep, (true_, "true"), (false_, "false"), (onEnter, "onEnter"), (onExit, "onExit"))
/// Whether a conference is recorded.
TASKROUTER_ENUM_AS(ConferenceRecord, (true_, "true"), (false_, "false"), (record_from_start, "record-from-start"),
                   (do_not_record, "do-not-record"))
/// Whether silence is cut from a recording.
TASKROUTER_ENUM_AS(ConferenceTrim, (trim_silence, "trim-silence"), (do_not_trim, "do-not-trim"))
/// Whether both sides are recorded together or apart.
TASKROUTER_ENUM(RecordingChannels, mono, dual)

/// Accepts the reservation: the task is assigned to the worker.
struct Accept {
  static constexpr std::string_view instruction = "accept";  ///< Its name in the answer.
};

/// Rejects the reservation: the task waits again.
struct Reject {
  static constexpr std::string_view instruction = "reject";  ///< Its name in the answer.

  /// Where the worker goes. Twilio's default is to stay; while the worker is available, the same task may
  /// be offered to them again at once.
  std::optional<ActivitySid> activity_sid{};

  TASKROUTER_FIELDS(activity_sid)
};

/// Calls the worker and connects them to the waiting caller. Only for tasks that an `<Enqueue>` made.
struct Dequeue {
  static constexpr std::string_view instruction = "dequeue";  ///< Its name in the answer.

  std::optional<std::string> to{};    ///< Twilio's default is the worker's `contact_uri`; without that it is required.
  std::optional<std::string> from{};  ///< Twilio's default is the number that was called.
  std::optional<ActivitySid> post_work_activity_sid{};  ///< Where the worker goes after the call.
  std::optional<OpenEnum<CallRecord>> record{};         ///< Twilio's default is `do-not-record`.
  std::optional<Integer<0, 999>> timeout{};  ///< Seconds the phone rings, 600 at most by SIP. Twilio's default is 60.
  std::optional<std::string> status_callback_url{};            ///< Hears of the worker's call.
  std::vector<OpenEnum<CallStatus>> status_callback_events{};  ///< Twilio's default is `completed`.

  TASKROUTER_FIELDS(to, from, post_work_activity_sid, record, timeout, status_callback_url, status_callback_events)
};

/// Calls the worker and runs the TwiML at a URL.
struct Call {
  static constexpr std::string_view instruction = "call";  ///< Its name in the answer.

  std::string from;                              ///< The caller ID.
  std::string url;                               ///< Where the TwiML is.
  std::optional<std::string> to{};               ///< Twilio's default is the worker's `contact_uri`.
  std::optional<bool> accept{};                  ///< Whether it accepts the reservation. Twilio's default is false.
  std::optional<OpenEnum<CallRecord>> record{};  ///< Twilio's default is `do-not-record`.
  std::optional<Integer<0, 999>> timeout{};  ///< Seconds the phone rings, 600 at most by SIP. Twilio's default is 60.
  std::optional<std::string> status_callback_url{};  ///< Hears of the worker's call.

  TASKROUTER_FIELDS(from, url, to, accept, record, timeout, status_callback_url)
};

/// Sends the call of the task to other TwiML.
struct Redirect {
  static constexpr std::string_view instruction = "redirect";  ///< Its name in the answer.

  CallSid call_sid;              ///< The call that is sent on.
  std::string url;               ///< Where the TwiML is.
  std::optional<bool> accept{};  ///< Whether it accepts the reservation. Twilio's default is false.

  TASKROUTER_FIELDS(call_sid, url, accept)
};

/// Puts customer and worker into a conference, which is named after the task. The reservation is
/// accepted once both are in it.
struct Conference {
  static constexpr std::string_view instruction = "conference";  ///< Its name in the answer.

  std::optional<std::string> to{};                      ///< Twilio's default is the worker's `contact_uri`.
  std::optional<std::string> from{};                    ///< The caller ID of the call to the worker.
  std::optional<Integer<0, 999>> timeout{};             ///< Seconds the worker's phone rings. Twilio's default is 60.
  std::optional<ActivitySid> post_work_activity_sid{};  ///< Not in a multi-tasking workspace.
  std::optional<std::string> status_callback{};         ///< Hears of the worker's call.
  std::optional<OpenEnum<CallbackMethod>> status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::vector<OpenEnum<CallStatus>> status_callback_event{};         ///< Twilio's default is `completed`.
  std::optional<bool> record{};                                      ///< Whether the worker's call is recorded.
  std::optional<bool> muted{};           ///< Whether the worker enters muted. Twilio's default is false.
  std::optional<OpenEnum<Beep>> beep{};  ///< Twilio's default is `true`.
  std::optional<bool>
      start_conference_on_enter{};  ///< Whether the worker's coming starts the conference. Twilio's default is true.
  std::optional<bool> end_conference_on_exit{};           ///< Whether the worker's leaving ends the conference.
  std::optional<bool> end_conference_on_customer_exit{};  ///< Whether the customer's leaving ends the conference.
  std::optional<bool> beep_on_customer_entrance{};        ///< Whether a beep tells that the customer came.
  std::optional<std::string> wait_url{};                  ///< TwiML to listen to until the conference starts.
  std::optional<OpenEnum<CallbackMethod>> wait_method{};  ///< How it is asked for. Twilio's default is POST.
  std::optional<bool>
      early_media{};  ///< Whether to hear the worker's line before they answer. Twilio's default is true.
  std::optional<Integer<2, 250>> max_participants{};        ///< 2 to 250. Twilio's default is 250.
  std::optional<std::string> conference_status_callback{};  ///< Hears of the conference.
  std::optional<OpenEnum<CallbackMethod>>
      conference_status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::vector<OpenEnum<ConferenceEvent>>
      conference_status_callback_event{};  ///< Of which events. Twilio's default is start and end.
  std::optional<OpenEnum<ConferenceRecord>> conference_record{};  ///< Prefer `record-from-start` to `true`.
  std::optional<OpenEnum<ConferenceTrim>>
      conference_trim{};  ///< Whether silence is cut off. Twilio's default is `trim-silence`.
  std::optional<OpenEnum<RecordingChannels>>
      recording_channels{};  ///< Of the recording of the worker's call. Twilio's default is `mono`.
  std::optional<std::string> recording_status_callback{};  ///< Hears of the recording of the worker's call.
  std::optional<OpenEnum<CallbackMethod>>
      recording_status_callback_method{};                             ///< How it is told. Twilio's default is POST.
  std::optional<std::string> conference_recording_status_callback{};  ///< Hears of the recording of the conference.
  std::optional<OpenEnum<CallbackMethod>>
      conference_recording_status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::optional<std::string> region{};                ///< Where the conference is mixed: `us1`, `ie1`, ...
  std::optional<std::string> sip_auth_username{};     ///< For a worker who is called by SIP.
  std::optional<std::string> sip_auth_password{};     ///< A secret: never print the JSON it stands in.
  std::optional<std::string>
      jitter_buffer_size{};  ///< How much is buffered against jitter: `large`, `medium`, `small` or `off`.

  TASKROUTER_FIELDS(to, from, timeout, post_work_activity_sid, status_callback, status_callback_method,
                    status_callback_event, record, muted, beep, start_conference_on_enter, end_conference_on_exit,
                    end_conference_on_customer_exit, beep_on_customer_entrance, wait_url, wait_method, early_media,
                    max_participants, conference_status_callback, conference_status_callback_method,
                    conference_status_callback_event, conference_record, conference_trim, recording_channels,
                    recording_status_callback, recording_status_callback_method, conference_recording_status_callback,
                    conference_recording_status_callback_method, region, sip_auth_username, sip_auth_password,
                    jitter_buffer_size)
};

/// What TaskRouter is told to do with a reservation.
using Instruction = std::variant<Accept, Reject, Dequeue, Call, Redirect, Conference>;

}  // namespace webhooks

namespace detail {

/// An instruction without its type.
struct AnyInstruction {
  std::string_view name;
  std::span<const Field> fields;
  const void* object;
};

inline AnyInstruction any_instruction(const webhooks::Instruction& instruction) {
  return std::visit(
      []<class T>(const T& object) {
        AnyInstruction any{.name = T::instruction, .fields = {}, .object = &object};
        if constexpr (Described<T>) any.fields = fields_of<T>;
        return any;
      },
      instruction);
}

/// Takes a value's text as it is.
struct UnencodedText {
  std::string& out;
  void plain(std::string_view text) { out.append(text); }
  void encoded(std::string_view text) { out.append(text); }
};

inline std::string text_of(const FieldType& type, const void* value) {
  std::string text;
  UnencodedText sink{text};
  if (type.kind == FieldKind::open_enum && static_cast<const EnumText*>(value)->index < 0) {
    return static_cast<const EnumText*>(value)->unknown;
  }
  encode_value(sink, type, value);
  return text;
}

/// By SIP a phone rings for 600 seconds at most.
inline std::optional<Error> check_sip_timeout(const AnyInstruction& instruction) {
  bool is_sip = false, is_long = false;
  for (const Field& field : instruction.fields) {
    for_each_value(field, instruction.object, [&](const FieldType& type, const void* value) {
      if (field.name == "to") is_sip = text_of(type, value).starts_with("sip:");
      if (field.name == "timeout") is_long = *static_cast<const std::int64_t*>(value) > 600;
    });
  }
  if (!is_sip || !is_long) return std::nullopt;
  return argument_error("timeout", std::string{instruction.name} + ": timeout should be at most 600 where to is sip:");
}

}  // namespace detail

namespace webhooks {

/// Its name in the answer: `accept`, `reject`, `dequeue`, `call`, `redirect` or `conference`.
inline std::string_view name(const Instruction& instruction) { return detail::any_instruction(instruction).name; }

/// What is wrong with an instruction, if anything is: a required key is empty, a number out of its
/// range, a SID malformed. The Error is of kind `argument` and names the field.
inline std::optional<Error> check(const Instruction& instruction) {
  const detail::AnyInstruction any = detail::any_instruction(instruction);
  for (const detail::Field& field : any.fields) {
    const std::string problem = detail::problem_of(field, any.object, false);
    if (!problem.empty()) return detail::field_error(any.name, field.name, problem);
  }
  return detail::check_sip_timeout(any);
}

/// The instruction as the JSON that answers an assignment callback, or what check() says of it. A list
/// is text with commas in between, as TaskRouter reads it.
inline Result<std::string> write_instruction(const Instruction& instruction) {
  if (auto error = check(instruction)) return *std::move(error);
  const detail::AnyInstruction any = detail::any_instruction(instruction);
  std::string json = "{\"instruction\":";
  detail::write_json_string(json, any.name);
  for (const detail::Field& field : any.fields) {
    std::string text;
    detail::FieldKind kind = field.type->kind;
    if (detail::count_values(field, any.object) == 0) continue;
    detail::for_each_value(field, any.object, [&](const detail::FieldType& type, const void* value) {
      text.append(text.empty() ? "" : ",").append(detail::text_of(type, value));
      if (kind == detail::FieldKind::optional) kind = type.kind;
    });
    json.append(",\"").append(field.name).append("\":");
    const bool is_plain = kind == detail::FieldKind::boolean || kind == detail::FieldKind::integer;
    is_plain ? void(json.append(text)) : detail::write_json_string(json, text);
  }
  json.push_back('}');
  return json;
}

}  // namespace webhooks

namespace reservations {

/// The update of a reservation that does by request what `instruction` says.
inline Update update(WorkspaceSid workspace, TaskSid task, ReservationSid reservation,
                     const webhooks::Instruction& instruction) {
  if (std::holds_alternative<webhooks::Accept>(instruction)) return accept(workspace, task, reservation);
  if (const auto* rejection = std::get_if<webhooks::Reject>(&instruction)) {
    return reject(workspace, task, reservation, rejection->activity_sid);
  }
  Update update{.workspace_sid = workspace, .task_sid = task, .sid = reservation};
  const auto any = detail::any_instruction(instruction);
  update.change.instruction = any.name;
  const std::string prefix =
      std::holds_alternative<webhooks::Conference>(instruction) ? "" : std::string{any.name} + '_';
  for (const detail::Field& field : any.fields) {
    const bool is_events = field.name == "status_callback_events";  // In a request it is in the singular.
    const std::string name = prefix + std::string{is_events ? "status_callback_event" : field.name};
    constexpr auto fields = detail::fields_of<ReservationChange>;
    const std::size_t target = detail::find_field(fields, name, detail::Spelling::in_json);
    detail::for_each_value(field, any.object, [&](const detail::FieldType& type, const void* value) {
      // Leniently: whatever is wrong with it, build() has to see it.
      detail::decode_field(fields[target], detail::text_of(type, value), &update.change, detail::Reading::lenient);
    });
  }
  return update;
}

/// The same, for the reservation that a callback was about.
inline Update update(const webhooks::AssignmentCallback& callback, const webhooks::Instruction& instruction) {
  return update(callback.workspace_sid, callback.task_sid, callback.reservation_sid, instruction);
}

}  // namespace reservations
}  // namespace taskrouter

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

// taskrouter/webhooks/signature.hpp

// taskrouter/webhooks/signed_text.hpp

// What Twilio signs, as text: the URL and, behind it, the fields of the form. No secret and no
// cryptography is in it, so that a caller whose HMAC is asynchronous goes by the same rules.
// https://www.twilio.com/docs/usage/webhooks/webhooks-security
//
// Twilio's seven libraries disagree. What holds here, and why:
//
// | what                    | here                          | because                                           |
// |-------------------------|-------------------------------|---------------------------------------------------|
// | first try               | the URL, byte for byte        | it is what Twilio signed; some libraries never do |
// | port                    | without it; with the default  | all do; Twilio is not consistent about it         |
// | user, IPv6, host's case | kept                          | only the bytes of the port are put in or cut out  |
// | path and query          | then escaped as browsers do   | node: some back ends signed that                  |
// | query                   | then decoded and escaped anew | node: the same; the pairs stay in their order     |
// | a URL without `://`     | only byte for byte            | node throws                                       |
// | fragment                | cut off                       | it is never sent: Twilio's connection overrides   |
// | order of fields         | by the bytes of their names   | ruby sorts name and value as one text             |
// | a name that repeats     | values sorted, each once      | node, php, python; go and java know one value     |
// | `bodySHA256` in query   | no fields; the body's hash    | all that know JSON; looked up as a parameter      |
// | what is compared        | 20 bytes, from strict base64  | one text for one signature, in constant time      |

namespace taskrouter {
namespace detail {

/// A URL cut at its port, without changing a byte.
struct SignedUrl {
  std::string_view host;  ///< `https://user@host`
  std::string_view port;  ///< `:8080`, or empty.
  std::string_view rest;  ///< `/path?query`
};

inline std::optional<SignedUrl> split_signed_url(std::string_view url) {
  const std::size_t slash = url.find_first_of("/?");
  if (slash == std::string_view::npos || slash < 2 || url[slash - 1] != ':' || !url.substr(slash).starts_with("//")) {
    return std::nullopt;
  }
  const std::string_view origin = url.substr(0, url.find_first_of("/?", slash + 2));
  std::size_t host = slash + 2;
  if (const std::size_t at = origin.rfind('@'); at != std::string_view::npos) host = at;
  if (const std::size_t bracket = origin.find(']', host); bracket != std::string_view::npos) {
    host = bracket;  // An IPv6 address has colons of its own.
  }
  const std::size_t port = std::min(origin.find(':', host), origin.size());
  return SignedUrl{origin.substr(0, port), origin.substr(port), url.substr(origin.size())};
}

/// The origin without its port, or with the scheme's own where it has none.
inline std::string with_other_port(const SignedUrl& url) {
  if (!url.port.empty()) return std::string{url.host};
  const bool https = same_header_name(url.host.substr(0, url.host.find(':')), "https");
  return std::string{url.host} + (https ? ":443" : ":80");
}

/// Appends `text` with every byte in `%XX` for which `plain` says no.
template <class Plain>
void append_escaped(std::string& out, std::string_view text, Plain plain) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain(c)) {
      out.push_back(c);
    } else {
      out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
  }
}

/// Path and query as a browser sends them: `'` in the query is `%27`, a space `%20`.
inline std::string browser_escaped(std::string_view rest) {
  const auto plain_but = [](std::string_view others) {
    return [others](char c) { return c > ' ' && c < '\x7F' && others.find(c) == std::string_view::npos; };
  };
  const std::size_t query = std::min(rest.find('?'), rest.size());
  std::string out{rest.starts_with('/') ? "" : "/"};
  append_escaped(out, rest.substr(0, query), plain_but("\"<>^`{}"));
  append_escaped(out, rest.substr(query), plain_but("\"<>'"));
  return out;
}

/// The query's pairs decoded and escaped anew: `It%27s+amazing` is `It's%20amazing`.
inline std::string query_escaped_anew(std::string_view rest) {
  const std::size_t query = rest.find('?');
  if (query == std::string_view::npos) return std::string{rest};
  const auto pairs = read_form(rest.substr(query + 1));
  if (!pairs || pairs->empty()) return std::string{rest};
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{"!'()*-._~"}.find(c) != std::string_view::npos;
  };
  std::string out{rest.substr(0, query)};
  char before = '?';
  for (const auto& [name, value] : *pairs) {
    out.push_back(std::exchange(before, '&'));
    append_escaped(out, name, plain);
    out.push_back('=');
    append_escaped(out, value, plain);
  }
  return out;
}

/// Calls `try_url` with one spelling of the URL after the other, in two parts, the likely one first,
/// until it returns true.
template <class TryUrl>
bool any_spelling(std::string_view url, TryUrl try_url) {
  url = url.substr(0, url.find('#'));
  if (try_url(url, std::string_view{})) return true;
  const auto parts = split_signed_url(url);
  if (!parts) return false;
  const std::string_view origin = url.substr(0, url.size() - parts->rest.size());
  const std::string other = with_other_port(*parts);
  if (try_url(other, parts->rest)) return true;
  const std::string escaped = browser_escaped(parts->rest);
  if (escaped != parts->rest && (try_url(origin, escaped) || try_url(other, escaped))) return true;
  const std::string anew = query_escaped_anew(escaped);
  return anew != escaped && anew != parts->rest && (try_url(origin, anew) || try_url(other, anew));
}

}  // namespace detail

namespace webhooks {

/// The fields of a form as they are signed: sorted by name and value, each pair once, names and values
/// one behind the other.
inline std::string signed_fields(const std::vector<FormField>& form) {
  std::vector<const FormField*> sorted;
  sorted.reserve(form.size());
  std::size_t size = 0;
  for (const FormField& field : form) {
    sorted.push_back(&field);
    size += field.name.size() + field.value.size();
  }
  std::sort(sorted.begin(), sorted.end(), [](const FormField* a, const FormField* b) {
    const int order = a->name.compare(b->name);
    return order != 0 ? order < 0 : a->value < b->value;
  });
  std::string text;
  text.reserve(size);
  const FormField* last = nullptr;
  for (const FormField* field : sorted) {
    const bool repeated = last != nullptr && last->name == field->name && last->value == field->value;
    if (!repeated) text.append(field->name).append(field->value);
    last = field;
  }
  return text;
}

/// The texts that Twilio may have signed for this URL and form: a signature of any of them is good.
/// One to six; the first is the URL as it stands. For a URL with a body_hash() the form is empty.
inline std::vector<std::string> signed_texts(std::string_view url, const std::vector<FormField>& form) {
  const std::string fields = signed_fields(form);
  std::vector<std::string> texts;
  detail::any_spelling(url, [&](std::string_view begin, std::string_view rest) {
    std::string& text = texts.emplace_back();
    text.reserve(begin.size() + rest.size() + fields.size());
    text.append(begin).append(rest).append(fields);
    return false;
  });
  return texts;
}

/// The value of `bodySHA256` in the URL's query, which a request has whose body is no form: the
/// hexadecimal SHA-256 of the body.
inline std::optional<std::string> body_hash(std::string_view url) {
  url = url.substr(0, url.find('#'));
  std::string_view query = url.substr(std::min(url.find('?'), url.size() - 1) + 1);
  for (detail::FormPair pair; detail::take_pair(query, pair);) {
    if (detail::form_decode(pair.name) == "bodySHA256") return detail::form_decode(pair.value);
  }
  return std::nullopt;
}

}  // namespace webhooks
}  // namespace taskrouter

// Whether Twilio sent a request: X-Twilio-Signature. What is signed, and where this library departs
// from Twilio's own, stands in signed_text.hpp.
// https://www.twilio.com/docs/usage/webhooks/webhooks-security

namespace taskrouter {
namespace webhooks {

/// The header that brings the signature.
inline constexpr std::string_view signature_header = "X-Twilio-Signature";

/// The auth tokens that may have signed a request: the account's, or two of them while it is changed.
/// A subaccount's requests are signed with the subaccount's token.
class AuthTokens {
 public:
  /// These.
  AuthTokens(std::initializer_list<std::string> tokens) : tokens_{tokens} {}
  /// These.
  explicit AuthTokens(std::vector<std::string> tokens) : tokens_{std::move(tokens)} {}

  const std::string* begin() const { return tokens_.data(); }
  const std::string* end() const { return tokens_.data() + tokens_.size(); }

 private:
  std::vector<std::string> tokens_;
};

}  // namespace webhooks

namespace detail {

inline Error not_genuine(std::string_view field, std::string_view message) {
  return {.kind = Error::Kind::body, .message = std::string{message}, .field = std::string{field}};
}

inline Error crypto_failed(std::string_view algorithm) {
  return argument_error("crypto", "the cryptographic library did not compute " + std::string{algorithm});
}

/// What is wrong with the tokens: with an empty one anybody could sign.
inline std::optional<Error> token_problem(const webhooks::AuthTokens& tokens) {
  bool usable = tokens.begin() != tokens.end();
  for (const std::string& token : tokens) usable = usable && !token.empty();
  if (usable) return std::nullopt;
  return argument_error("auth_token", "an auth token is missing: no request can be told from a forged one");
}

/// The bytes of a signature, or nothing if the text can't be one.
inline std::optional<std::string> read_signature(std::string_view text) {
  return text.size() == 28 ? read_base64(text) : std::nullopt;
}

}  // namespace detail

namespace webhooks {

/// Checks that Twilio sent a form to `url`, for callers whose web framework has read the form already.
/// The URL is as in verify(request), which alone knows what to do with a body that is no form.
template <Crypto C>
Result<Nothing> verify(std::string_view url, const std::vector<FormField>& form, std::string_view signature,
                       const AuthTokens& tokens, const C& crypto) {
  if (auto problem = detail::token_problem(tokens)) return *std::move(problem);
  if (signature.empty()) return detail::not_genuine(signature_header, "the request has no X-Twilio-Signature");
  const auto given = detail::read_signature(signature);
  if (!given) return detail::not_genuine(signature_header, "X-Twilio-Signature is not 20 bytes in base64");

  const std::string fields = signed_fields(form);
  std::string text;
  bool computed = true;
  const bool genuine = detail::any_spelling(url, [&](std::string_view begin, std::string_view rest) {
    text.clear();
    text.reserve(begin.size() + rest.size() + fields.size());
    text.append(begin).append(rest).append(fields);
    for (const std::string& token : tokens) {
      const std::optional<Sha1Digest> expected = crypto.hmac_sha1(token, text);
      computed = computed && expected;
      if (expected && detail::constant_time_equal(detail::bytes_of(*expected), *given)) return true;
    }
    return false;
  });
  if (genuine) return Nothing{};
  if (!computed) return detail::crypto_failed("HMAC-SHA1");
  return detail::not_genuine(signature_header,
                             "X-Twilio-Signature is not of this URL and body: the auth token may be another account's, "
                             "the URL not the one that Twilio was given, or the request not from Twilio");
}

/// Checks that Twilio sent a request: its URL, and its body, be it a form or of another type.
/// `request.url` is the URL that Twilio was given, with scheme, host and query; behind a proxy it is not
/// what the server sees. The error's kind is `argument` where a token is missing, and `body` where the
/// request is not known to be Twilio's: answer that one with 403. Neither holds anything secret.
template <Crypto C>
Result<Nothing> verify(const Request& request, const AuthTokens& tokens, const C& crypto) {
  std::string_view signature;
  std::size_t signatures = 0;
  for (const Header& header : request.headers) {
    if (!same_header_name(header.name, signature_header)) continue;
    signature = header.value;
    ++signatures;
  }
  if (signatures > 1) return detail::not_genuine(signature_header, "the request has more than one X-Twilio-Signature");

  const auto hash = body_hash(request.url);
  if (!hash) {
    const auto form = read_form(request.body);
    if (!form) return form.error();
    return verify(request.url, *form, signature, tokens, crypto);
  }
  if (auto signed_url = verify(request.url, std::vector<FormField>{}, signature, tokens, crypto); !signed_url) {
    return signed_url;
  }
  const std::optional<Sha256Digest> digest = crypto.sha256(request.body);
  if (!digest) return detail::crypto_failed("SHA-256");
  if (!detail::constant_time_equal(detail::to_hex(detail::bytes_of(*digest)), *hash)) {
    return detail::not_genuine("bodySHA256", "the body is not the one that bodySHA256 in the URL is of");
  }
  return Nothing{};
}

/// The signature that Twilio would send with a form, for tests and emulators.
template <Crypto C>
Result<std::string> sign(std::string_view url, const std::vector<FormField>& form, std::string_view token,
                         const C& crypto) {
  if (token.empty()) return argument_error("auth_token", "the auth token is missing");
  const std::optional<Sha1Digest> digest =
      crypto.hmac_sha1(token, std::string{url.substr(0, url.find('#'))} + signed_fields(form));
  if (!digest) return detail::crypto_failed("HMAC-SHA1");
  return detail::base64(detail::bytes_of(*digest));
}

/// The URL that Twilio would call with a body that is no form: with `bodySHA256`. Its signature is
/// that of the URL and an empty form.
template <Crypto C>
Result<std::string> with_body_hash(std::string_view url, std::string_view body, const C& crypto) {
  const std::optional<Sha256Digest> digest = crypto.sha256(body);
  if (!digest) return detail::crypto_failed("SHA-256");
  const std::size_t end = std::min(url.find('#'), url.size());
  const std::string_view before = url.substr(0, end);
  return std::string{before} + (before.find('?') == std::string_view::npos ? "?" : "&") +
         "bodySHA256=" + detail::to_hex(detail::bytes_of(*digest)) + std::string{url.substr(end)};
}

}  // namespace webhooks
}  // namespace taskrouter

