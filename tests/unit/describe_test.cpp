#include "taskrouter/describe.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "samples.hpp"

using namespace taskrouter;

namespace {

const std::string password = "canary-sip-51c9";

/// Fails if a text shows a secret, as it is or in the header's encoding.
void check_no_secret(std::string_view text) {
  for (const std::string& secret :
       {std::string{samples::token}, password, detail::base64(samples::sid("AC") + ':' + std::string{samples::token}),
        std::string{"Basic "}}) {
    CAPTURE(text.substr(0, 2000));
    CHECK(text.find(secret) == std::string_view::npos);
  }
}

void check_no_secret(const Error& error) {
  for (const std::string& text :
       {error.message, error.field, error.more_info, error.details, error.request_id, describe(error)}) {
    check_no_secret(text);
  }
}

bool is_one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// An operation filled with text, with the secret where an operation has one.
template <class Op>
Op with_password(const std::string& text) {
  Op operation = samples::filled<Op>(text);
  for (const auto& field : detail::fields_of<Op>) {
    if (field.name != "sip_auth_password") continue;
    *static_cast<std::optional<std::string>*>(field.in(static_cast<void*>(&operation))) = password;
  }
  return operation;
}

}  // namespace

TEST_CASE("a request is described as the curl command that sends it") {
  const Request request = build(tasks::Update{.workspace_sid = samples::workspace,
                                              .sid = samples::task,
                                              .if_match = "\"1'2\"",
                                              .attributes = JsonText{R"({"name":"O'Hara & co"})"},
                                              .priority = 5},
                                samples::endpoint())
                              .value();
  CHECK(curl_command(request) ==
        "curl -X POST "
        "'https://taskrouter.twilio.com/v1/Workspaces/WS00000000000000000000000000000001/Tasks/"
        "WT00000000000000000000000000000001'"
        " \\\n  -u \"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN\""
        " \\\n  -H 'If-Match: \"1'\\''2\"'"
        " \\\n  --data-urlencode 'Attributes={\"name\":\"O'\\''Hara & co\"}'"
        " \\\n  --data-urlencode 'Priority=5'");
}

TEST_CASE("the curl command names the environment variables of the credentials in use") {
  const auto command = [](const Credentials& credentials) {
    return curl_command(
        build(tasks::Fetch{.workspace_sid = samples::workspace, .sid = samples::task}, Endpoint{credentials}).value());
  };
  const std::string secret{samples::token};
  const auto has = [](const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
  };
  CHECK(has(command(samples::credentials()), "-u \"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN\""));
  CHECK(has(command({samples::sid("SK"), secret}), "-u \"$TWILIO_API_KEY:$TWILIO_API_SECRET\""));
  CHECK(has(command(Credentials::bearer(secret)), "-H \"Authorization: Bearer $TWILIO_TOKEN\""));
  CHECK_FALSE(has(command(Credentials::none()), "$"));
  for (const Credentials& credentials :
       {Credentials::api_key(samples::sid("SK"), secret), Credentials::bearer(secret)}) {
    check_no_secret(command(credentials));
  }
}

TEST_CASE("a request is described in one line, without its headers") {
  const Request request =
      build(workers::Create{.workspace_sid = samples::workspace, .friendly_name = "Zoë & co"}, samples::endpoint())
          .value();
  CHECK(log_line(request) ==
        "POST https://taskrouter.twilio.com/v1/Workspaces/WS00000000000000000000000000000001/Workers "
        "FriendlyName='Zoë & co'");
}

TEST_CASE("an error is described in one line, with what to do, where to read on and what to tell support") {
  CHECK(describe({.kind = Error::Kind::api,
                  .message = "Priority is not a number",
                  .status = 400,
                  .code = 20001,
                  .more_info = "https://www.twilio.com/docs/errors/20001",
                  .request_id = "RQ1"}) ==
        "400 20001: Priority is not a number (https://www.twilio.com/docs/errors/20001, request RQ1)");
  CHECK(describe({.kind = Error::Kind::api, .message = "Too Many Requests", .status = 429, .code = 20429}) ==
        "429 20429: Too Many Requests. Nothing was done: wait, then send it again, with fewer requests at a time.");
  CHECK(describe({.kind = Error::Kind::api, .message = "m", .status = 400, .request_id = "RQ1"}) ==
        "400: m (request RQ1)");
  CHECK(describe({.kind = Error::Kind::api, .message = "Bye.", .status = 301}) ==
        "301: Bye. Check the base URL: redirects are not followed.");
  CHECK(describe(argument_error("sid", "FetchTask: sid is missing")) == "FetchTask: sid is missing");
}

TEST_CASE("neither a request nor an error can start a second line or steer a terminal") {
  for_each_operation([]<class Op>() {
    for (const std::string& text : samples::hostile_texts()) {
      CHECK(is_one_line(log_line(build(samples::filled<Op>(text), samples::endpoint()).value())));
    }
  });
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(3, static_cast<char>(byte));
    CHECK(is_one_line(describe({.message = text, .status = 400, .more_info = text, .request_id = text})));
  }
  CHECK(describe({.message = "a\r\n\x1b[2J"}) == "a\\x0d\\x0a\\x1b[2J");
}

TEST_CASE("no description of any request shows a secret") {
  for_each_operation([]<class Op>() {
    const Request request = build(with_password<Op>("text"), samples::endpoint()).value();
    check_no_secret(curl_command(request));
    check_no_secret(log_line(request));
    check_no_secret(request.url);
    if (request.body.find(password) != std::string::npos) {
      CHECK(curl_command(request).find("SipAuthPassword=[hidden]") != std::string::npos);
      CHECK(log_line(request).find("SipAuthPassword='[hidden]'") != std::string::npos);
    }
  });
  Request other;
  other.headers = {{"proxy-authorization", std::string{samples::token}}, {"COOKIE", password}};
  check_no_secret(curl_command(other));
  other.body = "a=1&SipAuthPassword=" + password + "&client_secret=" + password + "&refresh_token=" + password +
               "&access_token=" + password + "&b=2&SipAuthPassword=" + password;
  check_no_secret(curl_command(other));
  check_no_secret(log_line(other));
}

TEST_CASE("no error shows a secret: not the caller's, not the page's, not the endpoint's") {
  for_each_operation([]<class Op>() {
    for (const auto& field : detail::fields_of<Op>) {
      Op operation = with_password<Op>("text");
      void* value = field.in(static_cast<void*>(&operation));
      if (field.type->kind == detail::FieldKind::sid) *static_cast<SidText*>(value) = SidText{password};
      if (field.name == "sip_auth_password") static_cast<std::optional<std::string>*>(value)->value() += '\xFF';
      if (field.name == "if_match") static_cast<std::optional<std::string>*>(value)->emplace(password + '\n');
      const auto request = build(operation, samples::endpoint());
      if (!request) check_no_secret(request.error());
    }
    for (const std::string tail : {"", "}", ",", ",\"nonsense\":1}", ",\"sid\":5}", ",\"sip_auth_password\":[]}"}) {
      const auto request =
          by_name::build(Op::route.name, "{\"sip_auth_password\":\"" + password + '"' + tail, samples::endpoint());
      if (!request) check_no_secret(request.error());
    }
  });
  for (const std::string url : {"", "https://evil.example/v1/x"}) {
    check_no_secret(build_page(url, samples::endpoint()).error());
  }
  const std::string token{samples::token};
  for (const Credentials& credentials :
       {Credentials{"", token}, Credentials{"AC", token}, Credentials{token, token}, samples::credentials()}) {
    const Endpoint endpoint{credentials, {.base_url = "https://user:" + token + "@host", .user_agent = token + '\n'}};
    REQUIRE(endpoint.problem());
    check_no_secret(*endpoint.problem());
    check_no_secret(build_page("https://host/v1/x", endpoint).error());
  }
}
