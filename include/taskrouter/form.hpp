#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/result.hpp"
#include "taskrouter/utf8.hpp"

namespace taskrouter {

/// One pair of a form or a query.
struct FormField {
  std::string name;
  std::string value;
};

/// The most a form may hold before it is refused.
struct FormLimits {
  std::size_t bytes{1 << 20};
  std::size_t fields{1000};
};

namespace detail {

/// Resolves `+` and percent escapes. A `%` that starts no escape stands for itself; what is not
/// UTF-8 becomes U+FFFD, as the WHATWG's decoder has it.
inline std::string form_decode(std::string_view text) {
  const auto hex = [&](std::size_t at) {
    const char c = at < text.size() ? text[at] : '\0';
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && hex(at + 1) >= 0 && hex(at + 2) >= 0) {
      bytes.push_back(static_cast<char>(hex(at + 1) * 16 + hex(at + 2)));
      at += 2;
    } else {
      bytes.push_back(text[at] == '+' ? ' ' : text[at]);
    }
  }
  return is_utf8(bytes) ? bytes : replace_invalid_utf8(bytes);
}

}  // namespace detail

/// Reads `application/x-www-form-urlencoded` text, pair by pair in its order, exactly as the WHATWG
/// URL standard says. The Error is of kind `body`: the text is beyond the limits.
/// https://url.spec.whatwg.org/#urlencoded-parsing
inline Result<std::vector<FormField>> read_form(std::string_view text, FormLimits limits = {}) {
  if (text.size() > limits.bytes) {
    return Error{.kind = Error::Kind::body,
                 .message = "the form is larger than " + std::to_string(limits.bytes) + " bytes"};
  }
  std::vector<FormField> form;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (form.size() == limits.fields) {
      return Error{.kind = Error::Kind::body,
                   .message = "the form has more than " + std::to_string(limits.fields) + " fields"};
    }
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view{};
    form.push_back({detail::form_decode(pair.substr(0, equals)), detail::form_decode(value)});
  }
  return form;
}

}  // namespace taskrouter
