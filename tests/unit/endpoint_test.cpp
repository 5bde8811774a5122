#include "taskrouter/endpoint.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "samples.hpp"

using namespace taskrouter;

namespace {

const std::string account = samples::sid("AC");

/// The field that an endpoint with these arguments complains about, or "".
std::string problem(const Credentials& credentials, Endpoint::Options options = {}) {
  const Endpoint endpoint{credentials, std::move(options)};
  return endpoint.problem() ? endpoint.problem()->field : "";
}

/// Sets the environment for a moment.
class Environment {
 public:
  Environment(const char* sid, const char* token) { set("TWILIO_ACCOUNT_SID", sid), set("TWILIO_AUTH_TOKEN", token); }
  ~Environment() { set("TWILIO_ACCOUNT_SID", nullptr), set("TWILIO_AUTH_TOKEN", nullptr); }

 private:
  static void set(const char* name, const char* value) { value == nullptr ? unsetenv(name) : setenv(name, value, 1); }
};

}  // namespace

TEST_CASE("requests carry HTTP basic authentication, what they accept and who they are from") {
  const Endpoint endpoint{{account, "secret"}};
  REQUIRE_FALSE(endpoint.problem());
  CHECK(endpoint.base_url() == "https://taskrouter.twilio.com");
  const Headers& headers = endpoint.headers(false);
  CHECK(*headers.find("Authorization") == "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTpzZWNyZXQ=");
  CHECK(*headers.find("Accept") == "application/json");
  CHECK(*headers.find("User-Agent") == "taskrouter-cpp/" + std::string{version});
  CHECK(headers.find("Content-Type") == nullptr);
  CHECK(*endpoint.headers(true).find("Content-Type") == "application/x-www-form-urlencoded");
  CHECK(*endpoint.headers(true).find("Authorization") == *headers.find("Authorization"));
}

TEST_CASE("an account's SID or an API key's is a username, and nothing else is") {
  CHECK(problem({account, "t"}) == "");
  CHECK(problem({samples::sid("SK"), "t"}) == "");
  CHECK(problem({"", "t"}) == "account_sid");
  CHECK(problem({samples::sid("WS"), "t"}) == "account_sid");
  CHECK(problem({account + "0", "t"}) == "account_sid");
  CHECK(problem({account + ":", "t"}) == "account_sid");
  CHECK(problem({account, ""}) == "auth_token");
}

TEST_CASE("credentials come from the environment, and what is missing there is said by name") {
  {
    const Environment environment{account.c_str(), "t"};
    CHECK(problem(Credentials::from_environment()) == "");
  }
  {
    const Environment environment{account.c_str(), nullptr};
    CHECK(problem(Credentials::from_environment()) == "auth_token");
  }
  const Environment environment{nullptr, "t"};
  const Endpoint endpoint{Credentials::from_environment()};
  REQUIRE(endpoint.problem());
  CHECK(endpoint.problem()->message.find("TWILIO_ACCOUNT_SID") != std::string::npos);
}

TEST_CASE("a base URL is a scheme, a host, perhaps a port and a path") {
  for (const std::string good : {"https://taskrouter.twilio.com", "https://taskrouter.dublin.ie1.twilio.com",
                                 "http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:8080", "http://[::1]",
                                 "https://proxy.example/twilio", "https://proxy.example:8443/a/b"}) {
    CAPTURE(good);
    CHECK(problem(samples::credentials(), {.base_url = good}) == "");
  }
  for (const std::string bad : {"",
                                "taskrouter.twilio.com",
                                "//taskrouter.twilio.com",
                                "ftp://host",
                                "https:/host",
                                "https://",
                                "https:///",
                                "https:///path",
                                "https://:80",
                                "https://host:",
                                "https://host:abc",
                                "https://host:123456",
                                "https://[::1]:",
                                "https://host:80:80",
                                "https://host/",
                                "https://host/path/",
                                "https://user@host",
                                "https://user:password@host",
                                "https://host?x=1",
                                "https://host#x",
                                "https://host\\path",
                                "https://ho st",
                                "https://host\r\nX: 1",
                                "https://host\t",
                                " https://host",
                                "https://host ",
                                "https://h\xC3\xB6st",
                                "javascript:alert(1)",
                                "file:///etc/passwd"}) {
    CAPTURE(bad);
    CHECK(problem(samples::credentials(), {.base_url = bad}) == "base_url");
  }
  CHECK(problem(samples::credentials(), {.base_url = std::string{"https://host\0x", 14}}) == "base_url");
}

TEST_CASE("a mistake in the arguments is what every build answers with") {
  const Endpoint endpoint{{"", ""}};
  for_each_operation([&]<class Op>() {
    const auto request = build(samples::filled<Op>(), endpoint);
    REQUIRE_FALSE(request);
    CHECK(request.error().kind == Error::Kind::argument);
    CHECK(request.error().field == "account_sid");
  });
  CHECK(build_page("https://taskrouter.twilio.com/v1/Workspaces", endpoint).error().field == "account_sid");
}

TEST_CASE("an empty user agent leaves the header out") {
  const Endpoint endpoint{samples::credentials(), {.user_agent = ""}};
  CHECK_FALSE(endpoint.problem());
  CHECK(endpoint.headers(true).find("User-Agent") == nullptr);
}
