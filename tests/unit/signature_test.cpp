#include "taskrouter/webhooks/signature.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hex.hpp"
#include "samples.hpp"
#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/describe.hpp"

using namespace taskrouter;

namespace {

const OpenSslCrypto crypto;
const std::string token{samples::token};
const std::string url = "https://example.com/assignment?language=es";
const std::string body = "TaskSid=WT1&WorkerName=Jos%C3%A9+P&Empty=&TaskSid=WT0";

Request request(const std::string& signature, const std::string& content = body, const std::string& address = url) {
  return {.method = Method::post,
          .url = address,
          .headers = {{"Host", "example.com"}, {"X-Twilio-Signature", signature}},
          .body = content};
}

std::string signature_of(const std::string& address, const std::string& content, std::string_view with = token) {
  return webhooks::sign(address, read_form(content).value(), with, crypto).value();
}

std::string field(const Result<Nothing>& result) { return result ? "genuine" : result.error().field; }

std::string verdict(const Request& received, const webhooks::AuthTokens& tokens = {token}) {
  return field(webhooks::verify(received, tokens, crypto));
}

/// A library that refuses to work, and must never lead to "genuine".
struct Broken {
  static std::optional<Sha1Digest> hmac_sha1(std::string_view, std::string_view) { return {}; }
  static std::optional<Sha256Digest> hmac_sha256(std::string_view, std::string_view) { return {}; }
  static std::optional<Sha256Digest> sha256(std::string_view) { return {}; }
};

}  // namespace

TEST_CASE("a request is genuine with the account's token, and with no other") {
  const std::string signature = signature_of(url, body);
  CHECK(verdict(request(signature)) == "genuine");
  CHECK(verdict(request(signature), {"another"}) == "X-Twilio-Signature");
  CHECK(verdict(request(signature), {token + '0'}) == "X-Twilio-Signature");
  CHECK(verdict(request(signature), {token.substr(1)}) == "X-Twilio-Signature");
}

TEST_CASE("a request is genuine with any of the tokens while they are changed") {
  CHECK(verdict(request(signature_of(url, body)), {"next", token}) == "genuine");
  CHECK(verdict(request(signature_of(url, body, "next")), {"next", token}) == "genuine");
  CHECK(verdict(request(signature_of(url, body, "next")), webhooks::AuthTokens{std::vector{token}}) != "genuine");
  // The port that Twilio left out and the older of the tokens at once.
  CHECK(verdict(request(signature_of(url, body), body, "https://example.com:443/assignment?language=es"),
                {"next", token}) == "genuine");
}

TEST_CASE("without a token, or with an empty one, nothing is genuine") {
  const Request forged = request(signature_of(url, body));
  for (const webhooks::AuthTokens& tokens : {webhooks::AuthTokens{}, {""}, {token, ""}}) {
    const auto result = webhooks::verify(forged, tokens, crypto);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == Error::Kind::argument);
    CHECK(result.error().field == "auth_token");
  }
  CHECK(webhooks::sign(url, {}, "", crypto).error().field == "auth_token");
}

TEST_CASE("a change of any byte of the URL or of the form is found out") {
  const std::string signature = signature_of(url, body);
  for (std::size_t at = 0; at < url.size(); ++at) {
    std::string other = url;
    other[at] = other[at] == 'x' ? 'y' : 'x';
    CAPTURE(other);
    CHECK(verdict(request(signature, body, other)) == "X-Twilio-Signature");
  }
  for (std::size_t at = 0; at < body.size(); ++at) {
    std::string other = body;
    other[at] = other[at] == 'x' ? 'y' : 'x';
    CAPTURE(other);
    CHECK(verdict(request(signature, other)) == "X-Twilio-Signature");
  }
  CHECK(verdict(request(signature, "")) == "X-Twilio-Signature");
  CHECK(verdict(request(signature, body + "&Another=1")) == "X-Twilio-Signature");
}

TEST_CASE("only the signature itself is taken for it") {
  const std::string signature = signature_of(url, body);
  const std::string bytes = detail::read_base64(signature).value();
  std::string with_idle_bit = signature;  // The last letter's lowest bits stand for nothing.
  with_idle_bit[26] = static_cast<char>(with_idle_bit[26] + 1);
  std::vector<std::string> others{"",
                                  " ",
                                  signature + ' ',
                                  ' ' + signature,
                                  signature + '\n',
                                  signature + ", " + signature,
                                  signature + signature,
                                  "sha1=" + signature,
                                  detail::base64_url(bytes),
                                  detail::to_hex(bytes),
                                  bytes,
                                  with_idle_bit,
                                  std::string(28, 'A'),
                                  std::string(27, 'A') + '=',
                                  std::string(28, '='),
                                  std::string(28, '\0'),
                                  std::string(1 << 20, 'A')};
  for (std::size_t size = 0; size < signature.size(); ++size) others.push_back(signature.substr(0, size));
  for (std::size_t at = 0; at < signature.size(); ++at) {
    for (const char c : std::string_view{"Az9+/-_= ,"}) {
      std::string other = signature;
      other[at] = c;
      if (other != signature) others.push_back(other);
    }
  }
  for (const std::string& other : others) {
    CAPTURE(other.substr(0, 80));
    CHECK(verdict(request(other)) == "X-Twilio-Signature");
  }
  CHECK(verdict(request(signature)) == "genuine");
}

TEST_CASE("a request without the header, or with two of it, is not genuine") {
  Request received = request(signature_of(url, body));
  const std::string signature = *received.headers.find("X-Twilio-Signature");
  received.headers.add("x-twilio-signature", signature);
  CHECK(verdict(received) == "X-Twilio-Signature");
  received.headers = {{"Host", "example.com"}};
  CHECK(verdict(received) == "X-Twilio-Signature");
  received.headers = {{"X-TWILIO-SIGNATURE", signature}};
  CHECK(verdict(received) == "genuine");
}

TEST_CASE("neither a good signature with another body's hash nor the reverse is genuine") {
  const std::string hashed = webhooks::with_body_hash(url, "{}", crypto).value();
  CHECK(verdict(request(signature_of(hashed, ""), "{}", hashed)) == "genuine");
  CHECK(verdict(request(signature_of(hashed, ""), "[]", hashed)) == "bodySHA256");
  CHECK(verdict(request(signature_of(url, ""), "{}", hashed)) == "X-Twilio-Signature");
  // As a form it would be signed, too: the hash decides what a body is.
  CHECK(verdict(request(signature_of(hashed, "A=1"), "A=1", hashed)) == "X-Twilio-Signature");
  for (const std::string hash : {"", "44136fa3", "44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A"}) {
    const std::string address = url + "&bodySHA256=" + hash;
    CHECK(verdict(request(signature_of(address, ""), "{}", address)) == "bodySHA256");
  }
  const std::string twice = hashed + "&bodySHA256=" + std::string(64, '0');
  CHECK(verdict(request(signature_of(twice, ""), "{}", twice)) == "genuine");
}

TEST_CASE("a hash goes before a fragment, which Twilio neither sends nor signs") {
  CHECK(webhooks::with_body_hash("https://h/#rc=2", "", crypto).value() ==
        "https://h/?bodySHA256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855#rc=2");
  CHECK(signature_of(url + "#rc=2&rp=all", body) == signature_of(url, body));
  CHECK(verdict(request(signature_of(url, body), body, url + "#rc=2&rp=all")) == "genuine");
}

TEST_CASE("a form beyond its limits is not genuine") {
  const std::string many(2000, '&');
  std::string fields;
  for (int i = 0; i < 1001; ++i) fields += "a=1&";
  const auto result = webhooks::verify(request(signature_of(url, ""), fields), {token}, crypto);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == Error::Kind::body);
  CHECK(verdict(request(signature_of(url, ""), many)) == "genuine");  // No field is in it.
}

TEST_CASE("a cryptographic library that refuses leads to an error, never to a signature") {
  CHECK(field(webhooks::verify(request(signature_of(url, body)), {token}, Broken{})) == "crypto");
  CHECK(field(webhooks::verify(request(std::string(27, 'A') + '='), {token}, Broken{})) == "crypto");
  CHECK(webhooks::sign(url, {}, token, Broken{}).error().field == "crypto");
  CHECK(webhooks::with_body_hash(url, "", Broken{}).error().field == "crypto");

  struct HalfBroken : Broken {
    static std::optional<Sha1Digest> hmac_sha1(std::string_view, std::string_view) { return Sha1Digest{}; }
  };
  CHECK(field(webhooks::verify(request(std::string(27, 'A') + '=', "", url + "&bodySHA256="), {token}, HalfBroken{})) ==
        "crypto");
}

TEST_CASE("a reason gives nothing away: neither a token nor what should have stood there") {
  const std::string good = signature_of(url, body);
  for (const std::string& bad : {std::string{}, std::string{"x"}, signature_of(url, body, "another")}) {
    const auto result = webhooks::verify(request(bad), {token}, crypto);
    REQUIRE_FALSE(result);
    const Error& error = result.error();
    const std::string told = error.message + error.field + error.details + error.more_info + describe(error);
    for (const std::string& secret : {token, good, detail::to_hex(detail::read_base64(good).value()), url, body}) {
      CHECK(told.find(secret) == std::string::npos);
    }
    if (!bad.empty()) CHECK(told.find(bad + ' ') == std::string::npos);
  }
}
