#include "taskrouter/region.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace taskrouter;

namespace {

/// The host that `host` becomes.
std::string moved(const std::string& host, const std::string& edge, const std::string& region) {
  const std::string url = detail::regional_url("https://" + host, edge, region);
  REQUIRE(url.starts_with("https://"));
  return url.substr(8);
}

}  // namespace

TEST_CASE("edge and region go into a host as in Twilio's libraries") {
  CHECK(moved("api.twilio.com", "", "") == "api.twilio.com");
  CHECK(moved("api.twilio.com", "edge", "") == "api.edge.us1.twilio.com");
  CHECK(moved("api.region.twilio.com", "edge", "") == "api.edge.region.twilio.com");
  CHECK(moved("api.twilio.com", "", "region") == "api.region.twilio.com");
  CHECK(moved("api.twilio.com", "edge", "region") == "api.edge.region.twilio.com");
  CHECK(moved("api.edge1.region.twilio.com", "edge2", "") == "api.edge2.region.twilio.com");
  CHECK(moved("api.edge.region.twilio.com", "", "region2") == "api.edge.region2.twilio.com");
  CHECK(moved("api.region.twilio.com", "", "region2") == "api.region2.twilio.com");
  CHECK(moved("api.domain.com", "", "region2") == "api.region2.domain.com");
  CHECK(moved("api.twilio.com:123", "", "region") == "api.region.twilio.com:123");
  CHECK(moved("api.edge.region.twilio.com", "", "") == "api.edge.region.twilio.com");
}

TEST_CASE("scheme, port and path stay") {
  CHECK(detail::regional_url("http://a.b.com:8080/v1/x.y", "e", "r") == "http://a.e.r.b.com:8080/v1/x.y");
  CHECK(detail::regional_url("https://a.b.com/a:b", "", "r") == "https://a.r.b.com/a:b");
}

TEST_CASE("a host that has no place for edge and region is left as it is") {
  for (const std::string host :
       {"localhost", "localhost:8080", "evil.example", "proxy.example/twilio", "127.0.0.1", "127.0.0.1:8080",
        "10.1.2.3", "[::1]", "[::1]:80", "[::ffff:127.0.0.1]", "a.b.c.d.twilio.com.", "x.a.b.c.twilio.com",
        ".twilio.com", "a..twilio.com", "taskrouter.twilio.com.", ""}) {
    CAPTURE(host);
    CHECK(moved(host, "edge", "region") == host);
  }
  CHECK(detail::regional_url("", "e", "r").empty());
  CHECK(detail::regional_url("x", "e", "r") == "x");
}

TEST_CASE("moving a host twice is moving it once") {
  for (const std::string host : {"a.b.com", "a.r1.b.com", "a.e1.r1.b.com", "localhost", "127.0.0.1"}) {
    for (const std::string edge : {"", "e"}) {
      for (const std::string region : {"", "r"}) {
        const std::string once = moved(host, edge, region);
        CHECK(moved(once, edge, region) == once);
      }
    }
  }
}
