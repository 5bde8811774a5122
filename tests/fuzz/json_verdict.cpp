#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "taskrouter/json_reader.hpp"

// is_json() and nlohmann::json agree on what is JSON, but for two things: we stop at a depth of 64,
// and nlohmann takes a NUL for the end of the text.

namespace {

/// Whether the text is nested deeper than is_json() goes.
bool is_deep(std::string_view text) {
  taskrouter::detail::JsonScanner in{text};
  return !in.skip_value() && std::string_view{in.problem()} == "is nested too deep";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (text.find('\0') != std::string_view::npos || is_deep(text)) return 0;
  if (taskrouter::is_json(text) != nlohmann::json::accept(text)) std::abort();
  return 0;
}
