#include "taskrouter/webhooks/signature.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "checksum.hpp"

// Three lines, a URL, a signature and a body: any of them is verified or refused, and what sign() makes
// for a URL and a form is genuine for them.

using namespace taskrouter;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto line = [&] {
    const std::string_view start = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(start.size() + 1, text.size()));
    return std::string{start};
  };
  const Checksum crypto;
  Request request{.url = line()};
  request.headers.add(std::string{webhooks::signature_header}, line());
  request.body = text;
  if (webhooks::verify(request, {"token"}, crypto)) std::abort();

  const auto form = read_form(request.body);
  if (!form) return 0;
  const auto texts = webhooks::signed_texts(request.url, *form);
  const std::string fields = webhooks::signed_fields(*form);
  if (texts.empty() || texts.size() > 6) std::abort();
  if (texts[0] != request.url.substr(0, request.url.find('#')) + fields) std::abort();
  for (const std::string& spelling : texts) {
    if (!spelling.ends_with(fields)) std::abort();
    if (std::count(texts.begin(), texts.end(), spelling) != 1) std::abort();
    const std::string signature = detail::base64(detail::bytes_of(crypto.hmac_sha1("token", spelling)));
    if (!webhooks::verify(request.url, *form, signature, {"another", "token"}, crypto)) std::abort();
  }
  const auto hashed = webhooks::with_body_hash(request.url, request.body, crypto);
  if (!hashed || !webhooks::body_hash(*hashed)) std::abort();
  return 0;
}
