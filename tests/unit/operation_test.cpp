#include "taskrouter/operation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "samples.hpp"

using namespace taskrouter;

namespace {

const std::string reservation_url =
    "https://taskrouter.twilio.com/v1/Workspaces/WS00000000000000000000000000000001/Tasks/"
    "WT00000000000000000000000000000001/Reservations/WR00000000000000000000000000000001";

std::vector<std::string> names(const std::vector<FormField>& form) {
  std::vector<std::string> result;
  for (const FormField& field : form) result.push_back(field.name);
  return result;
}

/// The text on the wire of what samples::fill gives a field, value by value.
std::vector<std::string> values(const detail::FieldType& type, const std::string& text) {
  using detail::FieldKind;
  switch (type.kind) {
    case FieldKind::text: return {text};
    case FieldKind::json_text: {
      std::string json;
      detail::write_json_string(json, text);
      return {json};
    }
    case FieldKind::sid: return {samples::sid(type.prefix, '7')};
    case FieldKind::open_enum: return {std::string{type.names.back()}};
    case FieldKind::boolean: return {"true"};
    case FieldKind::integer: return {std::to_string(type.lowest)};
    case FieldKind::timestamp: return {"2014-05-14T10:50:02Z"};
    case FieldKind::optional: return values(*type.element, text);
    case FieldKind::list: return {values(*type.element, text)[0], values(*type.element, text)[0]};
    default: return {};
  }
}

}  // namespace

TEST_CASE("accepting a reservation posts its status and nothing else") {
  const Request request =
      build(reservations::accept(samples::workspace, samples::task, samples::reservation), samples::endpoint()).value();
  CHECK(request.method == Method::post);
  CHECK(request.url == reservation_url);
  CHECK(request.body == "ReservationStatus=accepted");
  CHECK(*request.headers.find("Content-Type") == "application/x-www-form-urlencoded");
  CHECK(request.headers.find("If-Match") == nullptr);
}

TEST_CASE("rejecting a reservation may send the worker elsewhere") {
  const auto body = [](std::optional<ActivitySid> activity) {
    return build(reservations::reject(samples::workspace, samples::task, samples::reservation, activity),
                 samples::endpoint())
        .value()
        .body;
  };
  CHECK(body({}) == "ReservationStatus=rejected");
  CHECK(body(samples::activity) == "ReservationStatus=rejected&WorkerActivitySid=WA00000000000000000000000000000001");
}

TEST_CASE("an update of a reservation can carry all of its 54 parameters") {
  const auto update = samples::filled<reservations::Update>("a b");
  const Request request = build(update, samples::endpoint()).value();
  CHECK(*request.headers.find("If-Match") == "\"1\"");
  auto sent = names(read_form(request.body).value());
  CHECK(sent.size() == 54 + 3);  // Three of them are lists, and each has two values here.
  sent.erase(std::unique(sent.begin(), sent.end()), sent.end());
  CHECK(sent.size() == 54);
  CHECK(request.body.starts_with("ReservationStatus=completed&WorkerActivitySid=WA00"));
  CHECK(request.body.ends_with("SupervisorMode=barge&Supervisor=a%20b"));
  CHECK(
      names(read_form(build(samples::filled<worker_reservations::Update>(), samples::endpoint()).value().body).value())
          .size() == 52 + 3);
}

TEST_CASE("a GET carries its parameters in the query, a DELETE only in the path") {
  const Request list =
      build(tasks::List{.workspace_sid = samples::workspace, .priority = 5}, samples::endpoint()).value();
  CHECK(list.method == Method::get);
  CHECK(list.url == "https://taskrouter.twilio.com/v1/Workspaces/WS00000000000000000000000000000001/Tasks?Priority=5");
  CHECK(list.body.empty());
  CHECK(list.headers.find("Content-Type") == nullptr);

  const Request remove =
      build(tasks::Remove{.workspace_sid = samples::workspace, .sid = samples::task, .if_match = "7"},
            samples::endpoint())
          .value();
  CHECK(remove.method == Method::delete_);
  CHECK(remove.url.ends_with("/Tasks/WT00000000000000000000000000000001"));
  CHECK(remove.body.empty());
  CHECK(*remove.headers.find("If-Match") == "7");
}

TEST_CASE("what an operation is filled with, however hostile, is what a server decodes, in order") {
  for_each_operation([]<class Op>() {
    for (const std::string& text : samples::hostile_texts()) {
      const auto request = build(samples::filled<Op>(text), samples::endpoint());
      CAPTURE(Op::route.name);
      REQUIRE(request);
      if constexpr (requires(Op operation) { operation.body; }) {
        std::string json;
        detail::write_json_string(json, text);
        CHECK(request->body == json);
        CHECK(*request->headers.find("Content-Type") == "application/json");
        continue;
      }
      const std::size_t question = std::min(request->url.find('?'), request->url.size());
      const std::string sent = Op::route.method == Method::post
                                   ? request->body
                                   : request->url.substr(std::min(question + 1, request->url.size()));
      const auto form = read_form(sent, {.bytes = 1 << 24}).value();
      std::size_t next = 0;
      for (const auto& field : detail::fields_of<Op>) {
        const bool in_path = Op::route.path.find('{' + field.wire_name() + '}') != std::string_view::npos;
        if (in_path || field.name == "if_match") continue;
        for (const std::string& value : values(*field.type, text)) {
          REQUIRE(next < form.size());
          CHECK(form[next].name == field.wire_name());
          CHECK(form[next++].value == value);
        }
      }
      CHECK(next == form.size());
    }
  });
}

TEST_CASE("a number out of its range is refused, and the range named") {
  int bounded = 0;
  for_each_operation([&]<class Op>() {
    for (const auto& field : detail::fields_of<Op>) {
      const detail::FieldType& type = field.type->element != nullptr ? *field.type->element : *field.type;
      if (type.kind != detail::FieldKind::integer) continue;
      ++bounded;
      const bool has_end = type.highest != std::numeric_limits<std::int64_t>::max();
      for (const std::int64_t number : {type.lowest - 1, has_end ? type.highest + 1 : type.lowest - 1}) {
        Op operation = samples::filled<Op>();
        *static_cast<std::int64_t*>(field.type->add(field.in(&operation))) = number;
        const auto request = build(operation, samples::endpoint());
        REQUIRE_FALSE(request);
        CHECK(request.error().kind == Error::Kind::argument);
        CHECK(request.error().field == field.name);
        CHECK(request.error().message.find(std::to_string(has_end ? type.highest : type.lowest)) != std::string::npos);
      }
    }
  });
  CHECK(bounded >= 50);
}

TEST_CASE("a resource keeps the ETag that came with it, and only that") {
  const auto task = parse<tasks::Fetch>({.status = 200, .headers = {{"etag", "\"3\""}}, .body = "{\"etag\":\"no\"}"});
  CHECK(task->etag == "\"3\"");
  CHECK_FALSE(parse<workers::Fetch>({.status = 200, .headers = {}, .body = "{}"})->etag.has_value());
  const auto request =
      build(tasks::Remove{.workspace_sid = samples::workspace, .sid = samples::task, .if_match = task->etag},
            samples::endpoint());
  CHECK(*request->headers.find("If-Match") == "\"3\"");
}

TEST_CASE("the least that an operation needs is enough") {
  for_each_operation([]<class Op>() {
    const auto request = build(samples::required_only<Op>(), samples::endpoint());
    CAPTURE(Op::route.name);
    REQUIRE(request);
    CHECK(request->url.find('{') == std::string::npos);
    CHECK(request->url.find('?') == std::string::npos);
  });
}

TEST_CASE("every status from 200 to 299 is success and every other one the API's error") {
  for (int status = -1; status < 700; ++status) {
    const Response response{.status = status, .headers = {}, .body = "{\"sid\":\"WT1\"}"};
    const auto task = parse<tasks::Fetch>(response);
    REQUIRE(task.has_value() == (status >= 200 && status <= 299));
    if (!task) REQUIRE(task.error().status == status);
    if (!task) REQUIRE(task.error().kind == Error::Kind::api);
    REQUIRE(parse<tasks::Remove>(response).has_value() == task.has_value());
  }
}

TEST_CASE("an operation without output takes any body, the others only one they can read") {
  for (const std::string body : {"", "null", "<html>", "[]", "{\"sid\":5}"}) {
    CHECK(parse<tasks::Remove>({.status = 204, .headers = {}, .body = body}));
    const auto task = parse<tasks::Fetch>({.status = 200, .headers = {{"twilio-request-id", "RQ1"}}, .body = body});
    REQUIRE_FALSE(task);
    CHECK(task.error().kind == Error::Kind::body);
    CHECK(task.error().status == 200);
    CHECK(task.error().request_id == "RQ1");
  }
}

TEST_CASE("every operation reads back its own output, however hostile the texts in it") {
  for_each_operation([]<class Op>() {
    if constexpr (Described<typename Op::Output>) {
      for (const std::string& text : samples::hostile_texts()) {
        const auto written = samples::filled<typename Op::Output>(text);
        const std::string json = write_json(written);
        const auto output = parse<Op>({.status = Op::route.success, .headers = {}, .body = json});
        REQUIRE(output);
        CHECK(write_json(*output) == json);
        if constexpr (requires { written.friendly_name == text; }) CHECK(output->friendly_name == text);
      }
    }
  });
}
