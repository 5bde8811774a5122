// emulator.wasm: TaskRouter in memory, one an instance of the module.

#include "taskrouter/emulator.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"
#include "text_abi.hpp"

namespace {

using namespace taskrouter;

std::unique_ptr<Emulator> current{};

/// What JavaScript says about a new emulator.
struct OptionsJson {
  std::int64_t now{};
  std::int64_t seed{1};
  std::int64_t task_reservation_timeout{120};
  std::int64_t max_reserved_workers{1};
  std::optional<std::string> assignment_callback_url{};

  TASKROUTER_FIELDS(now, seed, task_reservation_timeout, max_reserved_workers, assignment_callback_url)
};

Result<Emulator::Options> read_options(std::string_view text) {
  OptionsJson json;
  detail::JsonReader reader{text, detail::Reading::strict};
  if (!reader.read_document(detail::fields_of<OptionsJson>, &json)) return reader.error(Error::Kind::argument);
  if (json.task_reservation_timeout < 1 || json.task_reservation_timeout > 86400) {
    return argument_error("task_reservation_timeout", "the reservation timeout should be 1 to 86400 seconds");
  }
  if (json.max_reserved_workers < 1 || json.max_reserved_workers > 50) {
    return argument_error("max_reserved_workers", "a task can be offered to 1 to 50 workers at once");
  }
  Emulator::Options options;
  options.start = Emulator::Instant{std::chrono::milliseconds{json.now}};
  options.seed = static_cast<std::uint64_t>(json.seed);
  options.task_reservation_timeout = json.task_reservation_timeout;
  options.max_reserved_workers = json.max_reserved_workers;
  if (json.assignment_callback_url) options.assignment_callback_url = *std::move(json.assignment_callback_url);
  return options;
}

int answer_without_emulator() {
  return text_abi::answer(argument_error("emulator", "the emulator is gone: it had used up its memory"));
}

/// The status, a line each header, an empty line, and the body as it is.
std::string write_response(const Response& response) {
  std::string text = std::to_string(response.status) + '\n';
  for (const Header& header : response.headers) {
    text.append(header.name).append(": ").append(header.value).push_back('\n');
  }
  text.push_back('\n');
  return text.append(response.body);
}

}  // namespace

/// Starts with options as JSON. The output is the story.
TASKROUTER_EXPORT(create) int create(std::size_t options_size) {
  Result<Emulator::Options> options = read_options(text_abi::Texts{}.take(options_size));
  if (!options) return text_abi::answer(options.error());
  current = std::make_unique<Emulator>(*std::move(options));
  return text_abi::answer(write_json(current->story()));
}

/// Answers a request, whose headers are `Name: value` lines.
TASKROUTER_EXPORT(send)
int send(std::size_t method_size, std::size_t url_size, std::size_t headers_size, std::size_t body_size) {
  if (!current) return answer_without_emulator();
  text_abi::Texts texts;
  Request request;
  const std::string_view method = texts.take(method_size);
  request.url = texts.take(url_size);
  request.headers = text_abi::read_headers(texts.take(headers_size));
  request.body = texts.take(body_size);
  for (const Method known : {Method::get, Method::post, Method::delete_}) {
    if (method != text(known)) continue;
    request.method = known;
    return text_abi::answer(write_response(*current->send(request)));
  }
  return text_abi::answer(
      write_response(emulator::error_response(emulator::refusal(405, 20004, "Method not allowed"))));
}

/// Moves the clock.
TASKROUTER_EXPORT(advance) int advance(double milliseconds) {
  if (!current) return answer_without_emulator();
  current->advance(std::chrono::milliseconds{static_cast<std::int64_t>(milliseconds)});
  return text_abi::answer(std::string{});
}

/// The clock, in milliseconds since 1970.
TASKROUTER_EXPORT(now) double now() {
  return current ? static_cast<double>(current->now().time_since_epoch().count()) : 0;
}

/// The assignment callbacks since they were last taken:
/// `[{"reservation_sid":"WR...","url":"...","body":"..."}]`.
TASKROUTER_EXPORT(take_callbacks) int take_callbacks() {
  if (!current) return answer_without_emulator();
  std::string json{'['};
  for (const Emulator::AssignmentCallback& callback : current->take_callbacks()) {
    json.append(json.size() > 1 ? ",{\"reservation_sid\":" : "{\"reservation_sid\":");
    detail::write_json_string(json, callback.reservation_sid.text());
    json.append(",\"url\":");
    detail::write_json_string(json, callback.request.url);
    json.append(",\"body\":");
    detail::write_json_string(json, callback.request.body);
    json.push_back('}');
  }
  json.push_back(']');
  return text_abi::answer(std::move(json));
}

/// Carries out the answer to an assignment callback.
TASKROUTER_EXPORT(answer) int answer(std::size_t reservation_size, std::size_t body_size) {
  if (!current) return answer_without_emulator();
  text_abi::Texts texts;
  const ReservationSid reservation{texts.take(reservation_size)};
  const Response response{
      .status = 200, .headers = {{"Content-Type", "application/json"}}, .body = std::string{texts.take(body_size)}};
  const Result<Nothing> done = current->answer(reservation, response);
  return done ? text_abi::answer(std::string{}) : text_abi::answer(done.error());
}

/// Ends a call.
TASKROUTER_EXPORT(clear) void clear() { text_abi::end_call(); }

/// Memory, or an end. The standard library's would bring its exceptions along, 3 KB that nobody can throw.
void* operator new(std::size_t size) {
  if (void* const memory = std::malloc(size)) return memory;
  __builtin_trap();
}
void operator delete(void* memory) noexcept { std::free(memory); }
