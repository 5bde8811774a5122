// webhooks.wasm: what TaskRouter calls a program with, how it is answered, and what was signed. The
// auth token never comes here: JavaScript has its own HMAC.

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "taskrouter/form.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/resources/events.hpp"
#include "taskrouter/webhooks/assignment.hpp"
#include "taskrouter/webhooks/event.hpp"
#include "taskrouter/webhooks/instruction.hpp"
#include "taskrouter/webhooks/signed_text.hpp"
#include "text_abi.hpp"

namespace {

using namespace taskrouter;

/// A callback as JSON: every field, and the other pairs of its form.
template <class Callback>
int answer_callback(const Result<Callback>& callback) {
  if (!callback) return text_abi::answer(callback.error());
  std::string json = write_json(*callback);
  json.back() = ',';
  json.append("\"others\":[");
  for (const FormField& field : callback->others) {
    json.append(json.back() == '[' ? "{\"name\":" : ",{\"name\":");
    detail::write_json_string(json, field.name);
    json.append(",\"value\":");
    detail::write_json_string(json, field.value);
    json.push_back('}');
  }
  json.append("]}");
  return text_abi::answer(std::move(json));
}

/// Reads the instruction called `name` into `instruction` if it is a `Kind`. Answers whether it is.
template <class Kind>
bool read_kind(std::string_view name, std::string_view fields_json, Result<webhooks::Instruction>& instruction) {
  if (name != Kind::instruction) return false;
  Kind kind{};
  std::span<const detail::Field> fields;
  if constexpr (Described<Kind>) fields = detail::fields_of<Kind>;
  detail::JsonReader reader{fields_json, detail::Reading::strict};
  if (reader.read_document(fields, &kind)) {
    instruction = webhooks::Instruction{std::move(kind)};
  } else {
    instruction = reader.error(Error::Kind::argument);
  }
  return true;
}

template <class... Kinds>
Result<webhooks::Instruction> read_instruction(std::string_view name, std::string_view fields_json,
                                               std::type_identity<std::variant<Kinds...>>) {
  Result<webhooks::Instruction> instruction{
      argument_error("instruction", "should be accept, reject, dequeue, call, redirect or conference")};
  (void)(read_kind<Kinds>(name, fields_json, instruction) || ...);
  return instruction;
}

Result<webhooks::Instruction> read_instruction(text_abi::Texts& texts, std::size_t name_size, std::size_t fields_size) {
  const std::string_view name = texts.take(name_size);
  return read_instruction(name, texts.take(fields_size), std::type_identity<webhooks::Instruction>{});
}

}  // namespace

/// An assignment callback's body as JSON.
TASKROUTER_EXPORT(read_assignment) int read_assignment(std::size_t body_size) {
  return answer_callback(webhooks::read_assignment(text_abi::Texts{}.take(body_size)));
}

/// An event callback's body as JSON.
TASKROUTER_EXPORT(read_event) int read_event(std::size_t body_size) {
  return answer_callback(webhooks::read_event(text_abi::Texts{}.take(body_size)));
}

/// An event that was listed or fetched, given as JSON, as the callback that told of it.
TASKROUTER_EXPORT(read_listed_event) int read_listed_event(std::size_t event_size) {
  const auto event = read_json<Event>(text_abi::Texts{}.take(event_size));
  return event ? answer_callback(webhooks::read_event(*event)) : text_abi::answer(event.error());
}

/// The JSON that answers an assignment callback. The texts are the instruction's name, and its fields as JSON.
TASKROUTER_EXPORT(write_instruction) int write_instruction(std::size_t name_size, std::size_t fields_size) {
  text_abi::Texts texts;
  const auto instruction = read_instruction(texts, name_size, fields_size);
  if (!instruction) return text_abi::answer(instruction.error());
  auto json = webhooks::write_instruction(*instruction);
  return json ? text_abi::answer(*std::move(json)) : text_abi::answer(json.error());
}

/// The fields of the `UpdateTaskReservation` that does the same by request. The texts that follow the
/// instruction's are the SIDs of the workspace, the task and the reservation.
TASKROUTER_EXPORT(update_fields)
int update_fields(std::size_t name_size, std::size_t fields_size, std::size_t workspace_size, std::size_t task_size,
                  std::size_t reservation_size) {
  text_abi::Texts texts;
  const auto instruction = read_instruction(texts, name_size, fields_size);
  if (!instruction) return text_abi::answer(instruction.error());
  if (const auto error = webhooks::check(*instruction)) return text_abi::answer(*error);
  const WorkspaceSid workspace{texts.take(workspace_size)};
  const TaskSid task{texts.take(task_size)};
  const ReservationSid reservation{texts.take(reservation_size)};
  const auto update = reservations::update(workspace, task, reservation, *instruction);
  std::string json;
  detail::JsonWriter{json, detail::EmptyFields::leave_out}.write_structure(detail::fields_of<reservations::Update>,
                                                                           &update);
  return text_abi::answer(std::move(json));
}

/// What Twilio may have signed, for a URL and a body: `{"urls":["..."],"fields":"...","body_hash":null}`. Each of
/// the URLs with the fields behind it is one such text.
TASKROUTER_EXPORT(signed_texts) int signed_texts(std::size_t url_size, std::size_t body_size) {
  text_abi::Texts texts;
  const std::string_view url = texts.take(url_size);
  const auto hash = webhooks::body_hash(url);
  const auto form = hash ? std::vector<FormField>{} : read_form(texts.take(body_size));
  if (!form) return text_abi::answer(form.error());
  std::string json{"{\"urls\":["};
  for (const std::string& spelling : webhooks::signed_texts(url, {})) {
    if (json.back() != '[') json.push_back(',');
    detail::write_json_string(json, spelling);
  }
  json.append("],\"fields\":");
  detail::write_json_string(json, webhooks::signed_fields(*form));
  json.append(",\"body_hash\":");
  hash ? detail::write_json_string(json, *hash) : void(json.append("null"));
  json.push_back('}');
  return text_abi::answer(std::move(json));
}
