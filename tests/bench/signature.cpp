#include "taskrouter/webhooks/signature.hpp"

#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "taskrouter/crypto/openssl.hpp"

// What it costs to know that an assignment callback is Twilio's: with the form read by a framework, as
// twilio-node wants it, and from the body as it arrived. Beside them the HMAC alone.

using namespace taskrouter;

namespace {

const OpenSslCrypto crypto;
const std::string token = "b5aed9ca12bf5890f37930e63cad6d38";
const std::string url = "https://example.com/taskrouter/assignment?tenant=7";

const std::string body = [] {
  std::ifstream file{CALLBACK_FORM};
  return std::string{std::istreambuf_iterator<char>{file}, {}};
}();
const std::vector<FormField> form = read_form(body).value();
const std::string signature = webhooks::sign(url, form, token, crypto).value();

void hmac(benchmark::State& state) {
  const std::string text = url + webhooks::signed_fields(form);
  for (auto _ : state) benchmark::DoNotOptimize(crypto.hmac_sha1(token, text));
}
BENCHMARK(hmac);

void verify_form(benchmark::State& state) {
  const webhooks::AuthTokens tokens{token};
  for (auto _ : state) {
    if (!webhooks::verify(url, form, signature, tokens, crypto)) state.SkipWithError("not genuine");
  }
}
BENCHMARK(verify_form);

void verify_request(benchmark::State& state) {
  const webhooks::AuthTokens tokens{token};
  const Request request{.method = Method::post,
                        .url = url,
                        .headers = {{"Host", "example.com"},
                                    {"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"},
                                    {"X-Twilio-Signature", signature}},
                        .body = body};
  for (auto _ : state) {
    if (!webhooks::verify(request, tokens, crypto)) state.SkipWithError("not genuine");
  }
}
BENCHMARK(verify_request);

}  // namespace

BENCHMARK_MAIN();
