#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/encode.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/webhooks.hpp"

// Any bytes as the body of a callback, and as the data of a listed event: whatever is read is UTF-8,
// keeps its other pairs, gives an update, and is answered with JSON.

namespace {

using namespace taskrouter;

void require(bool good) {
  if (!good) std::abort();
}

/// Of the form's pairs none is lost: those that no field took are among the others.
void check_others(std::string_view body, std::span<const detail::Field> fields, const std::vector<FormField>& others) {
  const auto form = read_form(body);
  require(form && others.size() <= form->size());
  std::size_t next = 0;
  for (const FormField& pair : *form) {
    if (next < others.size() && pair.name == others[next].name && pair.value == others[next].value) {
      ++next;
    } else {
      require(detail::find_field(fields, pair.name) < fields.size());
    }
  }
  require(next == others.size());
}

void check_answer(const Response& response) {
  require(response.status == 200 || response.status == 204 || response.status == 400 || response.status == 500);
  require(response.body.empty() || is_json(response.body));
}

void check_assignment(const Request& request) {
  const auto callback = webhooks::read_assignment(request.body);
  if (callback) {
    check_others(request.body, detail::fields_of<webhooks::AssignmentCallback>, callback->others);
    require(detail::is_utf8(callback->task_attributes.text) && is_json(write_json(*callback)));
    (void)build(reservations::update(*callback, webhooks::Accept{}),
                Endpoint{Credentials{"AC00000000000000000000000000000001", "token"}});
  }
  const auto echo = [](const webhooks::AssignmentCallback& assignment) -> webhooks::Instruction {
    return webhooks::Dequeue{.to = assignment.task_attributes.text, .from = assignment.worker_attributes.text};
  };
  const auto genuine = [](const Request&) -> Result<Nothing> { return Nothing{}; };
  const Response response = webhooks::handle_assignment(request, genuine, echo);
  check_answer(response);
  require(!callback || response.status == 200);
}

void check_event(const Request& request) {
  const auto event = webhooks::read_event(request.body);
  if (event) {
    check_others(request.body, detail::fields_of<webhooks::EventCallback>, event->others);
    require(is_json(write_json(*event)));
  }
  const auto genuine = [](const Request&) -> Result<Nothing> { return Nothing{}; };
  check_answer(webhooks::handle_event(request, genuine, [](const webhooks::EventCallback&) {}));
}

void check_event_data(std::string_view data) {
  Event resource;
  resource.event_data.text = data;
  const auto event = webhooks::read_event(resource);
  require(data.empty() || data == "null" || !event || is_json(data));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Request request{.method = Method::post, .url = {}, .headers = {}, .body = std::string{text}};
  check_assignment(request);
  check_event(request);
  check_event_data(text);
  return 0;
}
