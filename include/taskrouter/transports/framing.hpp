#pragma once

#include <optional>
#include <string>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter::detail {

/// An Error if an answer has several lengths, or one that is no length. HTTP libraries choose one or none then, and
/// where the answer ends is a guess.
inline std::optional<Error> wrong_length(const Headers& headers) {
  const std::string* length = nullptr;
  for (const Header& header : headers) {
    if (!same_header_name(header.name, "Content-Length")) continue;
    const bool is_number = !header.value.empty() && header.value.size() <= 18 &&
                           header.value.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || (length != nullptr && *length != header.value)) {
      return transport_error(Error::Cause::other, "the answer's Content-Length is wrong");
    }
    length = &header.value;
  }
  return std::nullopt;
}

}  // namespace taskrouter::detail
