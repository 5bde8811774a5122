#include "taskrouter/webhooks/signed_text.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

using namespace taskrouter;
using webhooks::body_hash;
using webhooks::signed_fields;
using webhooks::signed_texts;
using Texts = std::vector<std::string>;

TEST_CASE("a plain URL is tried as it is, and with or without its port") {
  CHECK(signed_texts("https://h/p?a=1", {}) == Texts{"https://h/p?a=1", "https://h:443/p?a=1"});
  CHECK(signed_texts("http://h/p", {}) == Texts{"http://h/p", "http://h:80/p"});
  CHECK(signed_texts("HTTPS://h/p", {}) == Texts{"HTTPS://h/p", "HTTPS://h:443/p"});
  CHECK(signed_texts("https://h:443/p", {}) == Texts{"https://h:443/p", "https://h/p"});
  CHECK(signed_texts("https://h:8443/p", {}) == Texts{"https://h:8443/p", "https://h/p"});
  CHECK(signed_texts("https://h/p", {{"b", "2"}, {"a", "1"}}) == Texts{"https://h/pa1b2", "https://h:443/pa1b2"});
}

TEST_CASE("only the port's bytes are put in or cut out") {
  CHECK(signed_texts("https://u:p@H/x", {})[1] == "https://u:p@H:443/x");
  CHECK(signed_texts("https://u:p@h:443/x", {})[1] == "https://u:p@h/x");
  CHECK(signed_texts("https://a@b:c@h/x", {})[1] == "https://a@b:c@h:443/x");
  CHECK(signed_texts("https://[::1]/x", {})[1] == "https://[::1]:443/x");
  CHECK(signed_texts("https://[::1]:443/x", {})[1] == "https://[::1]/x");
  CHECK(signed_texts("https://u]:p@[::1]:443/x", {})[1] == "https://u]:p@[::1]/x");
  CHECK(signed_texts("https://h//x:y@z/%3a?q=:80", {})[1] == "https://h:443//x:y@z/%3a?q=:80");
}

TEST_CASE("a query is also tried as a browser escapes it, and decoded and escaped anew") {
  CHECK(signed_texts("https://h/p?a=It's+b", {}) == Texts{"https://h/p?a=It's+b", "https://h:443/p?a=It's+b",
                                                          "https://h/p?a=It%27s+b", "https://h:443/p?a=It%27s+b",
                                                          "https://h/p?a=It's%20b", "https://h:443/p?a=It's%20b"});
  CHECK(signed_texts("https://h/p?a=b%2a", {}) ==
        Texts{"https://h/p?a=b%2a", "https://h:443/p?a=b%2a", "https://h/p?a=b*", "https://h:443/p?a=b*"});
  CHECK(signed_texts("https://h/é \"?é=\x7F<>{", {})[2] == "https://h/%C3%A9%20%22?%C3%A9=%7F%3C%3E{");
  CHECK(signed_texts("https://h/?b&a=2&&a=%", {}).back() == "https://h:443/?b=&a=2&a=%25");
  CHECK(signed_texts("https://h/?", {}).size() == 2);
  CHECK(signed_texts("https://h/?a='", {}).size() == 4);
}

TEST_CASE("a URL without a path is also tried with one") {
  CHECK(signed_texts("https://h", {}) == Texts{"https://h", "https://h:443", "https://h/", "https://h:443/"});
  CHECK(signed_texts("https://h?a=1", {}) ==
        Texts{"https://h?a=1", "https://h:443?a=1", "https://h/?a=1", "https://h:443/?a=1"});
}

TEST_CASE("what is no URL is tried as it is") {
  for (const std::string text :
       {"", "/p?a='", "h/p", "://", "//h/p", ":", "mailto:a@b", "https:/h", "?://", "a?b://c"}) {
    CAPTURE(text);
    CHECK(signed_texts(text, {}).front() == text);
    if (text != "://") CHECK(signed_texts(text, {}).size() == 1);
  }
}

TEST_CASE("a fragment is not part of any spelling") {
  CHECK(signed_texts("https://h/p#rc=2", {}) == Texts{"https://h/p", "https://h:443/p"});
  CHECK(signed_texts("https://h#?", {}).front() == "https://h");
}

TEST_CASE("fields are sorted by the bytes of name and value, and a pair that repeats is signed once") {
  CHECK(signed_fields({}) == "");
  CHECK(signed_fields({{"b", "1"}, {"B", "2"}, {"a", ""}}) == "B2ab1");
  CHECK(signed_fields({{"a", "2"}, {"a", "10"}, {"a", "2"}}) == "a10a2");
  CHECK(signed_fields({{"Reason", "P"}, {"ReasonEnded", "t"}}) == "ReasonPReasonEndedt");
  CHECK(signed_fields({{"a", "1"}, {"b", "1"}, {"a", "1"}}) == "a1b1");
  // By bytes U+FFFD comes before U+1F600; by UTF-16 code units it would come after.
  CHECK(signed_fields({{"\xF0\x9F\x98\x80", "2"}, {"\xEF\xBF\xBD", "1"}}) ==
        "\xEF\xBF\xBD"
        "1\xF0\x9F\x98\x80"
        "2");
}

TEST_CASE("the body's hash is the query's first parameter of that name") {
  CHECK(body_hash("https://h/?a=1&bodySHA256=x&bodySHA256=y") == "x");
  CHECK(body_hash("https://h/?bodySHA256=x%31#f") == "x1");
  CHECK(body_hash("https://h/?body%53HA256=x") == "x");
  CHECK(body_hash("https://h/?bodySHA256") == "");
  CHECK(body_hash("https://h/?bodySHA256=") == "");
  for (const std::string url :
       {"", "?", "https://h/", "https://h/?", "https://h/bodySHA256=x", "https://h/#?bodySHA256=x",
        "https://h/?abodySHA256=x", "https://h/?a=bodySHA256=x", "https://h/?bodysha256=x"}) {
    CAPTURE(url);
    CHECK(body_hash(url) == std::nullopt);
  }
}
