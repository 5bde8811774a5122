#include "taskrouter/tokens/access_token.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "jwt.hpp"
#include "samples.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;

namespace {

const OpenSslCrypto crypto;
const std::string secret{samples::token};
constexpr Timestamp now{1700000000s};

AccessToken token() {
  return {
      .account_sid = AccountSid{samples::sid("AC")},
      .api_key_sid = ApiKeySid{samples::sid("SK")},
      .identity = "alice",
      .task_router = {.workspace_sid = samples::workspace, .worker_sid = samples::worker, .role = WorkerRole::worker}};
}

std::string signed_token(const AccessToken& one = token()) { return tokens::sign(one, secret, now, crypto).value(); }

/// The field that making this token complains about, or "".
std::string problem(const AccessToken& one) {
  const auto made = tokens::sign(one, secret, now, crypto);
  if (made) return "";
  CHECK(made.error().kind == Error::Kind::argument);
  CHECK(made.error().message.find(made.error().field) != std::string::npos);
  return made.error().field;
}

/// What is wrong with a token, or "".
std::string verdict(const std::string& text, std::string_view with = secret, Timestamp at = now) {
  const auto claims = tokens::verify_access_token(text, with, at, crypto);
  if (claims) return "";
  CHECK(claims.error().kind == (with.empty() ? Error::Kind::argument : Error::Kind::body));
  CHECK(claims.error().message.find(secret) == std::string::npos);
  return claims.error().field.empty() ? "shape" : claims.error().field;
}

constexpr std::string_view header = R"({"cty":"twilio-fpa;v=1","typ":"JWT","alg":"HS256"})";
constexpr std::string_view golden =
    R"({"jti":"SKb5aed9ca12bf5890f37930e63cad6d38-1700000000","grants":{"identity":"ID@example.com","task_router":)"
    R"({"workspace_sid":"WS123","worker_sid":"WK123","role":"worker"}},"iss":"SKb5aed9ca12bf5890f37930e63cad6d38",)"
    R"("sub":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","nbf":1700000000,"exp":1700003600})";

}  // namespace

TEST_CASE("an access token's parts are Twilio's header, the claims and an HMAC-SHA256 of both") {
  AccessToken one = token();
  one.not_before = now + 60s;
  const auto [head, claims, signature] = jwt_parts(signed_token(one));
  CHECK(head == header);
  CHECK(claims ==
        R"({"jti":"SK00000000000000000000000000000001-1700000000","grants":{"identity":"alice","task_router":)"
        R"({"workspace_sid":"WS00000000000000000000000000000001","worker_sid":"WK00000000000000000000000000000001",)"
        R"("role":"worker"}},"iss":"SK00000000000000000000000000000001","sub":"AC00000000000000000000000000000001",)"
        R"("iat":1700000000,"nbf":1700000060,"exp":1700003600})");
  CHECK(signed_token(one) == jwt(head, claims, secret));
  CHECK(signature.size() == 32);
}

TEST_CASE("what is left out of an access token is not in its claims") {
  AccessToken one = token();
  one.task_router = {.workspace_sid = samples::workspace};
  const auto claims = jwt_parts(signed_token(one)).claims;
  CHECK(claims.find("\"task_router\":{\"workspace_sid\":\"WS00000000000000000000000000000001\"}}") !=
        std::string::npos);
  CHECK(claims.find("nbf") == std::string::npos);
  one.region = "ie1";
  CHECK(jwt_parts(signed_token(one)).header == R"({"cty":"twilio-fpa;v=1","typ":"JWT","alg":"HS256","twr":"ie1"})");
}

TEST_CASE("an access token says again what it was made of, whatever the identity") {
  for (const std::string& identity : samples::hostile_texts()) {
    AccessToken one = token();
    one.identity = identity;
    const auto claims = tokens::verify_access_token(signed_token(one), secret, now, crypto);
    REQUIRE(claims);
    CHECK(claims->grants.identity == identity);
    CHECK(claims->grants.task_router.worker_sid == samples::worker);
    CHECK(claims->grants.task_router.role == WorkerRole::worker);
    CHECK(claims->iss == one.api_key_sid);
    CHECK(claims->sub == one.account_sid);
    CHECK(tokens::read_unverified_access_token(signed_token(one)).value().exp == 1700003600);
  }
}

TEST_CASE("Twilio's own token is read") {
  const auto claims = tokens::verify_access_token(jwt(header, golden, "secret"), "secret", now, crypto).value();
  CHECK(claims.jti == "SKb5aed9ca12bf5890f37930e63cad6d38-1700000000");
  CHECK(claims.grants.identity == "ID@example.com");
  CHECK(claims.grants.task_router.workspace_sid.text() == "WS123");
  CHECK(claims.grants.task_router.worker_sid.text() == "WK123");
  CHECK(claims.grants.task_router.role == WorkerRole::worker);
  CHECK(claims.iss.text() == "SKb5aed9ca12bf5890f37930e63cad6d38");
  CHECK(claims.sub.text() == "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  CHECK(claims.nbf == 1700000000);
  CHECK(claims.exp == 1700003600);
  CHECK_FALSE(claims.iat);
}

TEST_CASE("a token is valid from its first second to the one before its end") {
  AccessToken one = token();
  one.not_before = now + 60s;
  const std::string text = signed_token(one);
  CHECK(verdict(text, secret, now + 59s) == "nbf");
  CHECK(verdict(text, secret, now + 60s) == "");
  CHECK(verdict(text, secret, now + 3599s) == "");
  CHECK(verdict(text, secret, now + 3600s) == "exp");
  CHECK(verdict(jwt(header, R"({"exp":null})", secret)) == "exp");
  CHECK(verdict(jwt(header, R"({"exp":1e99})", secret)) == "exp");
  CHECK(verdict(jwt(header, R"({"exp":"1800000000"})", secret)) == "exp");
  CHECK(verdict(jwt(header, "{}", secret)) == "exp");
  const auto endless = tokens::verify_access_token(jwt(header, "{}", secret), secret, now, crypto);
  CHECK(endless.error().message == "the token never expires, which none may");
  CHECK(verdict(text + ".x") == "signature");
}

TEST_CASE("a change of any byte of a token is found out") {
  const std::string text = signed_token();
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char c : std::string_view{"Az0-_.= +"}) {
      std::string other = text;
      other[at] = c;
      if (other == text) continue;
      CAPTURE(other);
      CHECK(verdict(other) != "");
    }
    CHECK(verdict(text.substr(0, at)) != "");
  }
  for (const std::string& other : {text + '.', text + "A", text + '=', '.' + text, ' ' + text, text + ".." + text}) {
    CHECK(verdict(other) != "");
  }
  CHECK(verdict(text, "another") == "signature");
  CHECK(verdict(text, "") == "secret");
}

TEST_CASE("only HS256 is taken, and only an access token") {
  for (const std::string head :
       {R"({"cty":"twilio-fpa;v=1","alg":"none"})", R"({"cty":"twilio-fpa;v=1","alg":"hs256"})",
        R"({"cty":"twilio-fpa;v=1","alg":"HS512"})", R"({"cty":"twilio-fpa;v=1","alg":"RS256"})",
        R"({"cty":"twilio-fpa;v=1","alg":"HS256","alg":"none"})", R"({"cty":"twilio-fpa;v=1"})"}) {
    CAPTURE(head);
    CHECK(verdict(jwt(head, golden, secret)) == "alg");
    CHECK(verdict(detail::base64_url(head) + '.' + detail::base64_url(golden) + '.') == "alg");
  }
  CHECK(verdict(jwt(R"({"cty":"twilio-fpa;v=1","alg":"HS256","crit":["exp"]})", golden, secret)) == "crit");
  CHECK(verdict(jwt(R"({"alg":"HS256"})", golden, secret)) == "cty");
  CHECK(verdict(jwt("[]", golden, secret)) == "header");
  CHECK(verdict(jwt("", golden, secret)) == "header");
  CHECK(verdict(jwt(header, "[]", secret)) == "shape");
  CHECK(verdict(jwt(header, R"({"grants":7,"exp":1700003600})", secret)) == "grants");
  CHECK(verdict("") == "shape");
  CHECK(verdict("..") == "header");
  CHECK(verdict(std::string(65537, '.')) == "shape");
}

TEST_CASE("a lifetime is from one second to a day") {
  const auto with = [](std::chrono::seconds lifetime) {
    AccessToken one = token();
    one.lifetime = lifetime;
    return problem(one);
  };
  CHECK(with(1s) == "");
  CHECK(with(24h) == "");
  CHECK(with(0s) == "lifetime");
  CHECK(with(-1s) == "lifetime");
  CHECK(with(24h + 1s) == "lifetime");
  CHECK(with(std::chrono::seconds::max()) == "lifetime");
  CHECK(with(std::chrono::seconds::min()) == "lifetime");
}

TEST_CASE("what an access token can't be made of is refused by its name") {
  const auto with = [](auto change) {
    AccessToken one = token();
    change(one);
    return problem(one);
  };
  CHECK(with([](AccessToken& t) { t.account_sid = {}; }) == "account_sid");
  CHECK(with([](AccessToken& t) { t.api_key_sid = ApiKeySid{samples::sid("AC")}; }) == "api_key_sid");
  CHECK(with([](AccessToken& t) { t.identity = ""; }) == "identity");
  CHECK(with([](AccessToken& t) { t.identity = "\xFF"; }) == "identity");
  CHECK(with([](AccessToken& t) { t.task_router.workspace_sid = {}; }) == "workspace_sid");
  CHECK(with([](AccessToken& t) { t.task_router.worker_sid = WorkerSid{"WK123"}; }) == "worker_sid");
  CHECK(with([](AccessToken& t) { t.task_router.worker_sid = {}; }) == "");
  CHECK(with([](AccessToken& t) { t.task_router.role = OpenEnum<WorkerRole>::from_text("boss"); }) == "role");
  CHECK(with([](AccessToken& t) { t.not_before = now + 1h; }) == "not_before");
  CHECK(with([](AccessToken& t) { t.not_before = now + 1h - 1s; }) == "");
  CHECK(with([](AccessToken& t) { t.region = "ie1\""; }) == "region");
  CHECK(tokens::sign(token(), "", now, crypto).error().field == "secret");
}

TEST_CASE("no error about a token holds its secret or the token") {
  const std::string text = signed_token();
  for (const std::string& bad : {text, std::string{"x"}, text.substr(0, text.size() - 4), jwt("{}", "{}", secret)}) {
    const auto claims = tokens::verify_access_token(bad, secret, now + 48h, crypto);
    REQUIRE_FALSE(claims);
    const std::string told = describe(claims.error()) + claims.error().field + claims.error().details;
    CHECK(told.find(secret) == std::string::npos);
    CHECK(told.find(text.substr(text.rfind('.') + 1)) == std::string::npos);
    CHECK(told.find("eyJ") == std::string::npos);
  }
}

TEST_CASE("a cryptographic library that refuses makes no token and verifies none") {
  struct Broken {
    static std::optional<Sha1Digest> hmac_sha1(std::string_view, std::string_view) { return {}; }
    static std::optional<Sha256Digest> hmac_sha256(std::string_view, std::string_view) { return {}; }
    static std::optional<Sha256Digest> sha256(std::string_view) { return {}; }
  };
  CHECK(tokens::sign(token(), secret, now, Broken{}).error().field == "crypto");
  CHECK(tokens::verify_access_token(signed_token(), secret, now, Broken{}).error().field == "crypto");
}
