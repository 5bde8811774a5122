#include "taskrouter/endpoint.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "samples.hpp"

using namespace taskrouter;

namespace {

const std::string account = samples::sid("AC");

/// The field that an endpoint with these arguments complains about, or "".
std::string problem(const Credentials& credentials, Endpoint::Options options = {}) {
  const Endpoint endpoint{credentials, std::move(options)};
  return endpoint.problem() ? endpoint.problem()->field : "";
}

/// Sets environment variables for a moment.
class Environment {
 public:
  explicit Environment(std::vector<std::pair<const char*, std::string>> variables) : variables_{std::move(variables)} {
    for (const auto& [name, value] : variables_) setenv(name, value.c_str(), 1);
  }
  ~Environment() {
    for (const auto& [name, value] : variables_) unsetenv(name);
  }

 private:
  std::vector<std::pair<const char*, std::string>> variables_;
};

}  // namespace

TEST_CASE("requests carry HTTP basic authentication, what they accept and who they are from") {
  const Endpoint endpoint{{account, "secret"}};
  REQUIRE_FALSE(endpoint.problem());
  CHECK(endpoint.base_url() == "https://taskrouter.twilio.com");
  const Headers& headers = endpoint.headers(false);
  CHECK(*headers.find("Authorization") == "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTpzZWNyZXQ=");
  CHECK(*headers.find("Accept") == "application/json");
  CHECK(headers.find("User-Agent")->starts_with("taskrouter-cpp/" + std::string{version} + " ("));
  CHECK(headers.find("Content-Type") == nullptr);
  CHECK(*endpoint.headers(true).find("Content-Type") == "application/x-www-form-urlencoded");
  CHECK(*endpoint.headers(true).find("Authorization") == *headers.find("Authorization"));
}

TEST_CASE("the endpoint of the environment is in its edge and region, and mistakes there are said by name") {
  const std::pair<const char*, std::string> key{"TWILIO_API_KEY", samples::sid("SK")}, secret{"TWILIO_API_SECRET", "s"};
  CHECK(Endpoint::from_environment().problem()->message.find("TWILIO_ACCOUNT_SID") != std::string::npos);
  {
    const Environment environment{{key, secret}};
    CHECK(Endpoint::from_environment().base_url() == "https://taskrouter.twilio.com");
    CHECK_FALSE(Endpoint::from_environment().problem());
  }
  {
    const Environment environment{{key, secret, {"TWILIO_EDGE", "dublin"}, {"TWILIO_REGION", "ie1"}}};
    CHECK(Endpoint::from_environment().base_url() == "https://taskrouter.dublin.ie1.twilio.com");
  }
  {
    const Environment environment{{key, secret, {"TWILIO_EDGE", "dublin."}}};
    CHECK(Endpoint::from_environment().problem()->field == "edge");
  }
  const Environment environment{{key, secret, {"TWILIO_REGION", "ie1/"}}};
  CHECK(Endpoint::from_environment().problem()->field == "region");
}

TEST_CASE("edge and region go into the base URL's host, and are labels of a host or refused") {
  CHECK(Endpoint{samples::credentials(), {.edge = "dublin"}}.base_url() == "https://taskrouter.dublin.us1.twilio.com");
  const Endpoint endpoint{samples::credentials(), {.region = "ie1"}};
  CHECK(endpoint.base_url() == "https://taskrouter.ie1.twilio.com");
  CHECK(build(samples::required_only<tasks::Fetch>(), endpoint)
            .value()
            .url.starts_with("https://taskrouter.ie1.twilio.com/v1/"));
  for (const std::string bad :
       {".", "a.b", "-a", "a-", "a b", "a/", "@evil.example", "evil.example/", "a:1", "?", "#", "a\r\n", "\xC3\xA9"}) {
    CAPTURE(bad);
    CHECK(problem(samples::credentials(), {.edge = bad}) == "edge");
    CHECK(problem(samples::credentials(), {.region = bad}) == "region");
  }
  CHECK(problem(samples::credentials(), {.edge = std::string(63, 'a'), .region = "us-1"}) == "");
  CHECK(problem(samples::credentials(), {.edge = std::string(64, 'a')}) == "edge");
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

TEST_CASE("the user agent has the form of Twilio's libraries, with extensions behind it") {
  const std::regex form{R"(taskrouter-cpp/[0-9.]+ \(\w+ \w+\) c\+\+/20)"};
  CHECK(std::regex_match(*samples::endpoint().headers(false).find("User-Agent"), form));
  const Endpoint extended{samples::credentials(), {.user_agent = "x/1", .user_agent_extensions = {"my-app/2", "y/3"}}};
  CHECK(*extended.headers(true).find("User-Agent") == "x/1 my-app/2 y/3");
  for (const std::string bad : {"", "a\r\nX: 1", "\xC3\xA9"}) {
    CHECK(problem(samples::credentials(), {.user_agent_extensions = {"fine/1", bad}}) == "user_agent_extensions");
  }
}

TEST_CASE("an empty user agent leaves the header out") {
  const Endpoint endpoint{samples::credentials(), {.user_agent = "", .user_agent_extensions = {"x/1"}}};
  CHECK_FALSE(endpoint.problem());
  CHECK(endpoint.headers(true).find("User-Agent") == nullptr);
}
