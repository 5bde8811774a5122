#include "taskrouter/form.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "taskrouter/encode.hpp"

// Any bytes are pairs of UTF-8 text, as many as their separators allow, and the pairs are read again
// from what they are encoded as.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto form = taskrouter::read_form(text);
  if (!form) return 0;
  if (form->size() > 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '&'))) std::abort();

  std::string encoded;
  for (const auto& [name, value] : *form) {
    if (!taskrouter::detail::is_utf8(name) || !taskrouter::detail::is_utf8(value)) std::abort();
    if (!encoded.empty()) encoded.push_back('&');
    encoded += taskrouter::detail::percent_encoded(name) + '=' + taskrouter::detail::percent_encoded(value);
  }
  const auto again = taskrouter::read_form(encoded, {.bytes = 1 << 24});
  if (!again || again->size() != form->size()) std::abort();
  for (std::size_t i = 0; i < form->size(); ++i) {
    if ((*again)[i].name != (*form)[i].name || (*again)[i].value != (*form)[i].value) std::abort();
  }
  return 0;
}
