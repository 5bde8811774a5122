#include "taskrouter/credentials.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/endpoint.hpp"

using namespace taskrouter;

namespace {

const std::string account = "AC00000000000000000000000000000001";
const std::string key = "SK00000000000000000000000000000001";

std::string problem(const Credentials& credentials) {
  const Endpoint endpoint{credentials};
  return endpoint.problem() ? endpoint.problem()->field : "";
}

std::string authorization(const Credentials& credentials) {
  const Endpoint endpoint{credentials};
  const std::string* header = endpoint.headers(true).find("Authorization");
  return header == nullptr ? "none" : *header;
}

/// The credentials that the environment describes while it has these variables.
Credentials with(const std::vector<std::pair<const char*, std::string>>& variables) {
  for (const auto& [name, value] : variables) setenv(name, value.c_str(), 1);
  Credentials credentials = Credentials::from_environment();
  for (const auto& [name, value] : variables) unsetenv(name);
  return credentials;
}

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

}  // namespace

TEST_CASE("an account's SID or an API key's is a username, and nothing else is") {
  CHECK(problem({account, "t"}) == "");
  CHECK(problem({key, "t"}) == "");
  CHECK(problem({"", "t"}) == "account_sid");
  CHECK(problem({"WS00000000000000000000000000000001", "t"}) == "account_sid");
  CHECK(problem({account + "0", "t"}) == "account_sid");
  CHECK(problem({account + ":", "t"}) == "account_sid");
  CHECK(problem({account, ""}) == "auth_token");
}

TEST_CASE("an API key is its own SID and secret, and needs no account beside it") {
  CHECK(authorization(Credentials::api_key(key, "s")) == "Basic " + detail::base64(key + ":s"));
  CHECK(problem(Credentials::api_key(key, "s")) == "");
  CHECK(problem(Credentials::api_key(account, "s")) == "api_key");
  CHECK(problem(Credentials::api_key("", "s")) == "api_key");
  CHECK(problem(Credentials::api_key(key, "")) == "api_secret");
}

TEST_CASE("a bearer token stands in the header as it is, or is refused") {
  CHECK(authorization(Credentials::bearer("eyJ.x-y_z~+/=")) == "Bearer eyJ.x-y_z~+/=");
  CHECK(problem(Credentials::bearer("eyJ")) == "");
  CHECK(problem(Credentials::bearer("")) == "token");
  for (int byte = 0; byte < 256; ++byte) {
    const bool good = byte > ' ' && byte <= '~';
    CHECK(problem(Credentials::bearer(std::string{"a"} + static_cast<char>(byte))) == (good ? "" : "token"));
  }
}

TEST_CASE("no credentials are no header, and no mistake") {
  CHECK(authorization(Credentials::none()) == "none");
  CHECK(problem(Credentials::none()) == "");
}

TEST_CASE("credentials come from the environment, an API key first, and what is missing there is said by name") {
  const auto missing = [](const Credentials& credentials, const std::string& name) {
    const Endpoint endpoint{credentials};
    return endpoint.problem() && endpoint.problem()->message.find(name) != std::string::npos;
  };
  CHECK(authorization(with({{"TWILIO_ACCOUNT_SID", account}, {"TWILIO_AUTH_TOKEN", "t"}})) ==
        "Basic " + detail::base64(account + ":t"));
  CHECK(authorization(with({{"TWILIO_ACCOUNT_SID", account},
                            {"TWILIO_AUTH_TOKEN", "t"},
                            {"TWILIO_API_KEY", key},
                            {"TWILIO_API_SECRET", "s"}})) == "Basic " + detail::base64(key + ":s"));
  CHECK(authorization(with({{"TWILIO_ACCOUNT_SID", account}, {"TWILIO_AUTH_TOKEN", "t"}, {"TWILIO_API_KEY", ""}})) ==
        "Basic " + detail::base64(account + ":t"));
  CHECK(missing(with({}), "TWILIO_ACCOUNT_SID"));
  CHECK(missing(with({{"TWILIO_AUTH_TOKEN", "t"}}), "TWILIO_ACCOUNT_SID"));
  CHECK(missing(with({{"TWILIO_ACCOUNT_SID", account}}), "TWILIO_AUTH_TOKEN"));
  CHECK(missing(with({{"TWILIO_API_KEY", key}, {"TWILIO_AUTH_TOKEN", "t"}}), "TWILIO_API_SECRET"));
}

TEST_CASE("credentials can't be printed, and no mistake in them repeats a secret") {
  CHECK_FALSE(Printable<Credentials>);
  const std::string secret = "canary-2b7e\n";
  for (const Credentials& credentials :
       {Credentials{secret, secret}, Credentials{"", secret}, Credentials::api_key("", secret),
        Credentials::api_key(secret, secret), Credentials::bearer(secret)}) {
    const Endpoint endpoint{credentials};
    REQUIRE(endpoint.problem());
    CHECK(endpoint.problem()->message.find("canary") == std::string::npos);
  }
}
