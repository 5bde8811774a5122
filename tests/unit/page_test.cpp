#include "taskrouter/page.hpp"

#include <doctest/doctest.h>

#include <string>

#include "samples.hpp"

using namespace taskrouter;

namespace {

Endpoint at(const std::string& base_url) { return Endpoint{samples::credentials(), {.base_url = base_url}}; }

const std::string twilio = "https://taskrouter.twilio.com";
const std::string path = "/v1/Workspaces/WS1/Workers?PageSize=50&Page=1&PageToken=PT%2B1";

}  // namespace

TEST_CASE("a page of our own host is asked for as it was named") {
  const Request request = build_page(twilio + path, at(twilio)).value();
  CHECK(request.method == Method::get);
  CHECK(request.url == twilio + path);
  CHECK(request.body.empty());
  CHECK(request.headers.find("Authorization") != nullptr);
  CHECK(request.headers.find("Content-Type") == nullptr);
}

TEST_CASE("an edge's or a proxy's endpoint stays in use where an answer names Twilio's own host") {
  for (const std::string base : {"https://taskrouter.dublin.ie1.twilio.com", "http://127.0.0.1:8080",
                                 "http://[::1]:8080", "https://proxy.example/twilio"}) {
    CHECK(build_page(twilio + path, at(base)).value().url == base + path);
    CHECK(build_page(base + path, at(base)).value().url == base + path);
  }
}

TEST_CASE("a page's URL may leave out the endpoint's edge or region, and the request goes to the endpoint") {
  const std::string ours = "https://taskrouter.dublin.ie1.twilio.com";
  for (const Endpoint& endpoint : {at(ours), Endpoint{samples::credentials(), {.edge = "dublin", .region = "ie1"}}}) {
    for (const std::string& theirs : {ours, twilio, std::string{"https://taskrouter.ie1.twilio.com"}}) {
      CHECK(build_page(theirs + path, endpoint).value().url == ours + path);
    }
    for (const std::string elsewhere :
         {"https://chat.dublin.ie1.twilio.com", "https://taskrouter.dublin.ie1.twilio.com.evil.example",
          "https://taskrouter.evil.example", "https://taskrouter.dublin.ie1.twilio.com:444", "https://twilio.com",
          "http://taskrouter.ie1.twilio.com", "https://user@taskrouter.ie1.twilio.com",
          "https://taskrouter.a.b.c.twilio.com", "https://taskrouter..twilio.com",
          "https://taskrouter.ie1.twilio.com."}) {
      CAPTURE(elsewhere);
      CHECK_FALSE(build_page(elsewhere + path, endpoint));
    }
  }
  CHECK_FALSE(build_page("https://taskrouter.ie1.twilio.com" + path, at("https://taskrouter.example")));
  CHECK_FALSE(build_page("https://taskrouter.ie1.twilio.com" + path, at("http://127.0.0.1:8080")));
}

TEST_CASE("credentials follow no URL to another scheme, host or port") {
  for (const std::string url : {"https://evil.example/v1/W",
                                "http://taskrouter.twilio.com/v1/W",
                                "https://taskrouter.twilio.com:444/v1/W",
                                "https://taskrouter.twilio.com:443/v1/W",
                                "https://taskrouter.twilio.com:@evil.example/v1/W",
                                "https://taskrouter.twilio.com@evil.example/v1/W",
                                "https://taskrouter.twilio.com%40evil.example/v1/W",
                                "https://user@taskrouter.twilio.com/v1/W",
                                "https://taskrouter.twilio.com.evil.example/v1/W",
                                "https://taskrouter.twilio.com./v1/W",
                                "https://taskrouter.twilio.com\\@evil.example/v1/W",
                                "https://taskrouter.twilio.com\\.evil.example/v1/W",
                                "https:\\\\taskrouter.twilio.com/v1/W",
                                "https:/taskrouter.twilio.com/v1/W",
                                "https:taskrouter.twilio.com/v1/W",
                                "https:///taskrouter.twilio.com/v1/W",
                                "//evil.example/v1/W",
                                "//taskrouter.twilio.com/v1/W",
                                "///v1/W",
                                "/v1/W",
                                "v1/W",
                                "?Page=1",
                                "#",
                                "",
                                " https://taskrouter.twilio.com/v1/W",
                                "\thttps://taskrouter.twilio.com/v1/W",
                                "HTTPS://taskrouter.twilio.com/v1/W",
                                "https://TASKROUTER.twilio.com/v1/W",
                                "https://t\xC3\xA4skrouter.twilio.com/v1/W",
                                "https://taskrouter.twilio.com\xE3\x80\x82"
                                "evil.example/v1/W",
                                "https://[::1]/v1/W",
                                "https://[::ffff:127.0.0.1]/v1/W",
                                "https://0x7f000001/v1/W",
                                "https://169.254.169.254/v1/W",
                                "file:///v1/W",
                                "javascript:/v1/W",
                                "ftp://taskrouter.twilio.com/v1/W"}) {
    CAPTURE(url);
    const auto request = build_page(url, at(twilio));
    REQUIRE_FALSE(request);
    CHECK(request.error().kind == Error::Kind::argument);
    CHECK(request.error().field == "page_url");
  }
}

TEST_CASE("a page's URL stays below /v1/ and holds nothing that a URL can't") {
  for (const std::string rest : {"",
                                 "/",
                                 "/v1",
                                 "/v2/W",
                                 "/v10/W",
                                 "/2010-04-01/Accounts",
                                 "/v1?x",
                                 "/v1/W#x",
                                 "/v1/W x",
                                 "/v1/W\r\nX-Evil: 1",
                                 "/v1/W\n",
                                 "/v1/W\t",
                                 "/v1\\..\\W",
                                 "/v1/\xC3\xA9",
                                 "/v1/\x7f",
                                 "/v1/..\\..\\x",
                                 "/v1/../W",
                                 "/v1/W/..",
                                 "/v1/./W",
                                 "/v1/%2e%2e/W",
                                 "/v1/W/%2E./x"}) {
    CAPTURE(rest);
    CHECK_FALSE(build_page(twilio + rest, at(twilio)));
  }
  CHECK_FALSE(build_page(twilio + std::string{"/v1/W\0x", 7}, at(twilio)));
  CHECK(build_page(twilio + "/v1/W?PageToken=a/../b", at(twilio)));
}

TEST_CASE("no byte inserted into a page's URL before its path leads anywhere else") {
  const std::string good = twilio + path;
  for (std::size_t at_byte = 0; at_byte <= twilio.size(); ++at_byte) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string url = good;
      url.insert(at_byte, 1, static_cast<char>(byte));
      REQUIRE_FALSE(build_page(url, at(twilio)));
    }
  }
}

TEST_CASE("pages of every resource are read with their items and where they stand") {
  const auto page = read_json<Page<Worker>>(
      R"({"meta":{"page":2,"page_size":50,"key":"workers","url":"u","first_page_url":"f","next_page_url":"n",
          "previous_page_url":null},"workers":[{"sid":"WK1"},{"sid":"WK2"}],"tasks":[1]})");
  REQUIRE(page);
  CHECK(page->items.size() == 2);
  CHECK(page->items[1].sid.text() == "WK2");
  CHECK(page->meta.page == 2);
  CHECK(page->meta.next_page_url == "n");
  CHECK_FALSE(page->meta.previous_page_url);
  CHECK(read_json<Page<Worker>>("{}").value().items.empty());
}
