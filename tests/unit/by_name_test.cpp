#include "taskrouter/by_name.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "samples.hpp"

using namespace taskrouter;

namespace {

std::string fields_json(std::span<const detail::Field> fields, const void* operation) {
  std::string json;
  detail::JsonWriter{json, detail::EmptyFields::leave_out}.write_structure(fields, operation);
  return json;
}

void check_same(const Request& a, const Request& b) {
  CHECK(a.method == b.method);
  CHECK(a.url == b.url);
  CHECK(a.body == b.body);
  REQUIRE(a.headers.size() == b.headers.size());
  for (std::size_t i = 0; i < a.headers.size(); ++i) {
    CHECK(a.headers.begin()[i].name == b.headers.begin()[i].name);
    CHECK(a.headers.begin()[i].value == b.headers.begin()[i].value);
  }
}

/// A JSON object with only this field, which may be inside an optional or a list.
Error with_field(std::string_view operation, std::string_view field, std::string_view value) {
  const auto request = by_name::build(operation, '{' + ('"' + std::string{field}) + "\":" + std::string{value} + '}',
                                      samples::endpoint());
  return request ? Error{.message = "no problem"} : request.error();
}

}  // namespace

TEST_CASE("every operation, from JSON with all its fields, makes the request that the struct makes") {
  for_each_operation([]<class Op>() {
    for (const std::string& text : samples::hostile_texts()) {
      const Op operation = samples::filled<Op>(text);
      const auto request =
          by_name::build(Op::route.name, fields_json(detail::fields_of<Op>, &operation), samples::endpoint());
      CAPTURE(Op::route.name);
      REQUIRE(request);
      check_same(*request, build(operation, samples::endpoint()).value());
    }
    const Op least = samples::required_only<Op>();
    check_same(by_name::build(Op::route.name, fields_json(detail::fields_of<Op>, &least), samples::endpoint()).value(),
               build(least, samples::endpoint()).value());
  });
}

TEST_CASE("every output comes back as the JSON that the struct would be written as") {
  for_each_operation([]<class Op>() {
    if constexpr (Described<typename Op::Output>) {
      const bool has_etag = requires(typename Op::Output output) { output.etag; };
      const auto with_etag = [&](std::string object, const std::string& etag) {
        if (has_etag) object.insert(object.size() - 1, ",\"etag\":" + etag);
        return object;
      };
      const std::string json = write_json(samples::filled<typename Op::Output>("é\n"));
      CHECK(by_name::parse(Op::route.name, {.status = 200, .headers = {{"etag", "\"7\""}}, .body = json}).value() ==
            with_etag(json, R"("\"7\"")"));
      CHECK(by_name::parse(Op::route.name, {.status = 200, .headers = {}, .body = "{}"}).value() ==
            with_etag(write_json(typename Op::Output{}), "null"));
      CHECK(by_name::parse(Op::route.name, {.status = 200, .headers = {}, .body = "[]"}).error().kind ==
            Error::Kind::body);
    } else {
      CHECK(by_name::parse(Op::route.name, {.status = 204, .headers = {}, .body = ""}).value() == "null");
    }
    const auto refused = by_name::parse(Op::route.name, {.status = 404, .headers = {}, .body = "{\"code\":20404}"});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == Error::Kind::api);
    CHECK(refused.error().code == 20404);
  });
}

TEST_CASE("names of operations are exact and told apart") {
  for (const std::string name : {"", "CreateTas", "CreateTasks", "createTask", "create_task", " CreateTask"}) {
    CHECK(by_name::build(name, "{}", samples::endpoint()).error().field == "operation");
    CHECK(by_name::parse(name, {.status = 200, .headers = {}, .body = "{}"}).error().field == "operation");
  }
  for_each_operation(
      []<class Op>() { CHECK(detail::find_operation<Operations>(Op::route.name)->route == &Op::route); });
}

TEST_CASE("a required field that is left out is named") {
  for_each_operation([]<class Op>() {
    const Op least = samples::required_only<Op>();
    for (const auto& field : detail::fields_of<Op>) {
      const auto kind = field.type->kind;
      if (kind != detail::FieldKind::sid && kind != detail::FieldKind::text && kind != detail::FieldKind::json_text) {
        continue;
      }
      std::string json = fields_json(detail::fields_of<Op>, &least);
      const std::string key = '"' + std::string{field.name} + "\":\"";
      const std::size_t start = json.find(key), end = json.find('"', start + key.size()) + 1;
      REQUIRE(start != std::string::npos);
      json.replace(start, end - start, '"' + std::string{field.name} + "\":null");
      const auto request = by_name::build(Op::route.name, json, samples::endpoint());
      REQUIRE_FALSE(request);
      CHECK(request.error().kind == Error::Kind::argument);
      CHECK(request.error().field == field.name);
      CHECK(request.error().message == std::string{Op::route.name} + ": " + std::string{field.name} + " is missing");
    }
  });
}

TEST_CASE("a field of the wrong type, of an unknown enumerator or of no operation is named") {
  for_each_operation([]<class Op>() {
    CAPTURE(Op::route.name);
    for (const auto& field : detail::fields_of<Op>) {
      const auto& type = field.type->element == nullptr ? *field.type : *field.type->element;
      const bool list = field.type->kind == detail::FieldKind::list;
      const std::string wrong = list ? "{}" : type.kind == detail::FieldKind::json_text ? "[1" : "[[1]]";
      const Error error = with_field(Op::route.name, field.name, wrong);
      CAPTURE(field.name);
      CHECK(error.kind == Error::Kind::argument);
      if (type.kind != detail::FieldKind::json_text) CHECK(error.field == field.name);
      if (type.kind != detail::FieldKind::open_enum) continue;
      Op operation = samples::required_only<Op>();
      std::string json = fields_json(detail::fields_of<Op>, &operation);
      json.back() = ',';
      json += '"' + std::string{field.name} + "\":" + (list ? "[\"NONE\"]" : "\"NONE\"") + '}';
      const auto request = by_name::build(Op::route.name, json, samples::endpoint());
      REQUIRE_FALSE(request);
      CHECK(request.error().field == field.name);
      CHECK(request.error().message.find("should be one of ") != std::string::npos);
    }
    for (const std::string unknown : {"", "Sid", "nonsense", "workspace_si", "workspace_sids", "change"}) {
      const Error error = with_field(Op::route.name, unknown, "1");
      CHECK(error.kind == Error::Kind::argument);
      CHECK(error.field == unknown);
    }
  });
}

TEST_CASE("JSON text may be given as itself, and a time only in full") {
  const std::string least =
      R"({"workspace_sid":"WS00000000000000000000000000000001","sid":"WT00000000000000000000000000000001",)";
  const auto body = [&](const std::string& rest) {
    return by_name::build("UpdateTask", least + rest + '}', samples::endpoint());
  };
  CHECK(body(R"("attributes":{"a": [1]})").value().body == "Attributes=%7B%22a%22%3A%20%5B1%5D%7D");
  CHECK(body(R"("attributes":"{\"a\": [1]}")").value().body == "Attributes=%7B%22a%22%3A%20%5B1%5D%7D");
  CHECK(body(R"("virtual_start_time":"2014-05-14")").error().field == "virtual_start_time");
}

TEST_CASE("fields that are no JSON object are an error of the caller's") {
  for (const std::string json : {"", "null", "[]", "5", "{", "{}x", "{\"a\"}", "\xFF"}) {
    const auto request = by_name::build("FetchTask", json, samples::endpoint());
    REQUIRE_FALSE(request);
    CHECK(request.error().kind == Error::Kind::argument);
  }
}

TEST_CASE("what is not on the list given can't be called by name") {
  using Few = OperationList<tasks::Fetch>;
  const std::string fields = write_json(tasks::Fetch{samples::workspace, samples::task});
  REQUIRE(by_name::build<Few>("FetchTask", fields, samples::endpoint()));
  CHECK(by_name::build<Few>("FetchTask", fields, samples::endpoint())->url ==
        by_name::build("FetchTask", fields, samples::endpoint())->url);
  CHECK(by_name::build<Few>("CreateTask", "{}", samples::endpoint()).error().field == "operation");
  CHECK(by_name::parse<Few>("CreateTask", {.status = 201, .headers = {}, .body = "{}"}).error().field == "operation");
}
