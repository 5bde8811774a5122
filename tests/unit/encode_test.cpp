#include "taskrouter/encode.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "samples.hpp"

using namespace taskrouter;

namespace {

std::string encoded(std::string_view text) {
  std::string out = detail::percent_encoded(text);
  detail::EncodedSize size;
  size.encoded(text);
  CHECK(size.size == out.size());
  return out;
}

/// An update of a task with nothing to update.
tasks::Update update() { return {.workspace_sid = samples::workspace, .sid = samples::task}; }

/// The form of an update whose `field` has `value`.
template <class Field, class Value>
std::string form(Field tasks::Update::*field, Value value) {
  tasks::Update operation = update();
  operation.*field = std::move(value);
  return build(operation, samples::endpoint()).value().body;
}

/// What is wrong with an update whose `field` has `value`.
template <class Field, class Value>
Error problem(Field tasks::Update::*field, Value value) {
  tasks::Update operation = update();
  operation.*field = std::move(value);
  const auto request = build(operation, samples::endpoint());
  return request ? Error{.message = "no problem"} : request.error();
}

std::string form(ReservationChange change) {
  return build(reservations::Update{.workspace_sid = samples::workspace,
                                    .task_sid = samples::task,
                                    .sid = samples::reservation,
                                    .change = std::move(change)},
               samples::endpoint())
      .value()
      .body;
}

std::string query(std::vector<std::string> statuses) {
  const tasks::List list{.workspace_sid = samples::workspace, .assignment_status = std::move(statuses)};
  const std::string url = build(list, samples::endpoint()).value().url;
  return url.substr(url.find("/Tasks") + 6);
}

}  // namespace

TEST_CASE("text is percent-encoded as Twilio's own libraries do where they agree on RFC 3986") {
  CHECK(encoded("a b+c~*'()! /?&=%\n ä😀-._") ==
        "a%20b%2Bc~%2A%27%28%29%21%20%2F%3F%26%3D%25%0A%20%C3%A4%F0%9F%98%80-._");
  CHECK(encoded("un$afe:// value!") == "un%24afe%3A%2F%2F%20value%21");
  CHECK(encoded("StartTime>") == "StartTime%3E");
  CHECK(encoded(":/?#[]@") == "%3A%2F%3F%23%5B%5D%40");
  CHECK(encoded("!$&'()*+,;=") == "%21%24%26%27%28%29%2A%2B%2C%3B%3D");
  CHECK(encoded("%25") == "%2525");
}

TEST_CASE("every byte but RFC 3986's unreserved ones is escaped, in upper case") {
  constexpr std::string_view hex = "0123456789ABCDEF";
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool plain = letter || c == '-' || c == '.' || c == '_' || c == '~';
    const std::string escape{'%', hex[static_cast<std::size_t>(byte) / 16], hex[static_cast<std::size_t>(byte) % 16]};
    CHECK(encoded({&c, 1}) == (plain ? std::string(1, c) : escape));
  }
}

TEST_CASE("a field that is absent is not sent, one that is empty is sent empty, one with a value with it") {
  CHECK(build(update(), samples::endpoint()).value().body.empty());
  CHECK(form(&tasks::Update::reason, "") == "Reason=");
  CHECK(form(&tasks::Update::reason, "done") == "Reason=done");
}

TEST_CASE("a list repeats its name, in order, and an empty one is not sent") {
  CHECK(query({"pending", "re served"}) == "?AssignmentStatus=pending&AssignmentStatus=re%20served");
  CHECK(query({}) == "");
  CHECK(form(ReservationChange{.status_callback_event = {CallStatus::ringing, CallStatus::answered}}) ==
        "StatusCallbackEvent=ringing&StatusCallbackEvent=answered");
  CHECK(form(ReservationChange{.dequeue_status_callback_event = {"", "x"}}) ==
        "DequeueStatusCallbackEvent=&DequeueStatusCallbackEvent=x");
}

TEST_CASE("booleans, integers, times and enums have one spelling each") {
  CHECK(form(ReservationChange{.redirect_accept = false, .record = true}) == "RedirectAccept=false&Record=true");
  CHECK(form(&tasks::Update::priority, 0) == "Priority=0");
  CHECK(form(&tasks::Update::priority, 2147483647) == "Priority=2147483647");
  CHECK(build(tasks::List{.workspace_sid = samples::workspace, .page = std::numeric_limits<std::int64_t>::max()},
              samples::endpoint())
            ->url.ends_with("?Page=9223372036854775807"));
  CHECK(form(&tasks::Update::virtual_start_time, read_timestamp("2014-05-14T12:50:02.9+02:00")) ==
        "VirtualStartTime=2014-05-14T10%3A50%3A02Z");
  CHECK(form(&tasks::Update::assignment_status, TaskStatus::wrapping) == "AssignmentStatus=wrapping");
  CHECK(form(ReservationChange{.wait_method = CallbackMethod::GET}) == "WaitMethod=GET");
}

TEST_CASE("JSON text is sent as it was written, once it is known to be JSON") {
  CHECK(form(&tasks::Update::attributes, JsonText{R"({"skill": "billing & tax"})"}) ==
        "Attributes=%7B%22skill%22%3A%20%22billing%20%26%20tax%22%7D");
  for (const std::string text : {"", "{", "{'a':1}", "{} {}", "\"\xFF\"", "NaN"}) {
    const Error error = problem(&tasks::Update::attributes, JsonText{text});
    CHECK(error.kind == Error::Kind::argument);
    CHECK(error.field == "attributes");
    CHECK(error.message.starts_with("UpdateTask: attributes is not "));
  }
}

TEST_CASE("what can't be sent is refused with the field's name and the reason") {
  using Update = tasks::Update;
  const Error status = problem(&Update::assignment_status, OpenEnum<TaskStatus>::from_text("done"));
  CHECK(status.field == "assignment_status");
  CHECK(status.message ==
        "UpdateTask: assignment_status should be one of pending, reserved, assigned, canceled, completed, wrapping");
  CHECK(problem(&Update::assignment_status, OpenEnum<TaskStatus>{}).field == "assignment_status");
  CHECK(problem(&Update::reason, "\xC3").message == "UpdateTask: reason is not UTF-8");
  for (const Timestamp time : {Timestamp::min(), Timestamp::max()}) {
    CHECK(problem(&Update::virtual_start_time, time).message ==
          "UpdateTask: virtual_start_time should lie in the years 1900 to 9999");
  }
  CHECK(problem(&Update::workspace_sid, WorkspaceSid{"WS1"}).message ==
        "UpdateTask: workspace_sid should be WS and 32 hexadecimal digits");
  CHECK(problem(&Update::sid, TaskSid{samples::sid("WR")}).field == "sid");
  CHECK(problem(&Update::if_match, "\r").message == "UpdateTask: if_match should be visible ASCII");
  const auto missing = build(tasks::Fetch{.workspace_sid = samples::workspace, .sid = {}}, samples::endpoint());
  CHECK(missing.error().message == "FetchTask: sid is missing");
  const auto unnamed =
      build(workers::Create{.workspace_sid = samples::workspace, .friendly_name = ""}, samples::endpoint());
  CHECK(unnamed.error().message == "CreateWorker: friendly_name is missing");
}

TEST_CASE("URL and form have room for little more than they hold") {
  for_each_operation([]<class Op>() {
    for (const std::string& text : samples::hostile_texts()) {
      const auto request = build(samples::filled<Op>(text), samples::endpoint());
      if (!request) continue;
      // Names are measured as in C++, with their underscores. What outgrows a small string takes at least twice its
      // place.
      CHECK(request->url.capacity() <= request->url.size() * 5 / 4 + 30);
      CHECK(request->body.capacity() <= request->body.size() * 5 / 4 + 30);
    }
  });
}
