#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/result.hpp"
#include "taskrouter/utf8.hpp"

namespace taskrouter {

/// One pair of a form or a query.
struct FormField {
  std::string name;   ///< Decoded.
  std::string value;  ///< Decoded.
};

/// The most a form may hold before it is refused.
struct FormLimits {
  std::size_t bytes{1 << 20};  ///< Of its text.
  std::size_t fields{1000};    ///< How many pairs.
};

namespace detail {

/// Resolves `+` and percent escapes, into `bytes`. A `%` that starts no escape stands for itself; what is
/// not UTF-8 becomes U+FFFD, as the WHATWG's decoder has it.
inline void form_decode_into(std::string& bytes, std::string_view text) {
  const auto hex = [&](std::size_t at) {
    const char c = at < text.size() ? text[at] : '\0';
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  bytes.resize(text.size());
  char* out = bytes.data();
  char seen = 0;  // Any byte with its highest bit set shows in it.
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '+') {
      c = ' ';
    } else if (c == '%' && hex(at + 1) >= 0 && hex(at + 2) >= 0) {
      c = static_cast<char>(hex(at + 1) * 16 + hex(at + 2));
      at += 2;
    }
    seen = static_cast<char>(seen | c);
    *out++ = c;
  }
  bytes.resize(static_cast<std::size_t>(out - bytes.data()));
  const bool ascii = (static_cast<unsigned char>(seen) & 0x80U) == 0;
  if (!ascii && !is_utf8(bytes)) bytes = replace_invalid_utf8(bytes);
}

/// The same as a text of its own.
inline std::string form_decode(std::string_view text) {
  std::string bytes;
  form_decode_into(bytes, text);
  return bytes;
}

/// What a name or a value of a form says: `text` itself where there is nothing to decode, else `scratch`.
inline std::string_view form_decode(std::string_view text, std::string& scratch) {
  for (const char c : text) {
    if (c != '%' && c != '+' && static_cast<unsigned char>(c) < 0x80) continue;
    form_decode_into(scratch, text);
    return scratch;
  }
  return text;
}

/// One pair as it stands in a form's text, not decoded yet.
struct FormPair {
  std::string_view name;
  std::string_view value;
};

/// Takes the next pair off a form's text. Answers false when nothing is left.
inline bool take_pair(std::string_view& text, FormPair& pair) {
  while (!text.empty()) {
    const std::string_view next = text.substr(0, text.find('&'));
    text.remove_prefix(next.size() < text.size() ? next.size() + 1 : next.size());
    if (next.empty()) continue;
    pair.name = next.substr(0, next.find('='));
    pair.value = pair.name.size() < next.size() ? next.substr(pair.name.size() + 1) : std::string_view{};
    return true;
  }
  return false;
}

/// Calls visit(pair) for each pair of a form's text until it answers false. Answers what is wrong with the
/// text, or nothing.
template <class Visit>
std::string for_each_pair(std::string_view text, FormLimits limits, Visit visit) {
  if (text.size() > limits.bytes) return "the form is larger than " + std::to_string(limits.bytes) + " bytes";
  std::size_t count = 0;
  for (FormPair pair; take_pair(text, pair);) {
    if (++count > limits.fields) return "the form has more than " + std::to_string(limits.fields) + " fields";
    if (!visit(pair)) break;
  }
  return {};
}

}  // namespace detail

/// Reads `application/x-www-form-urlencoded` text, pair by pair in its order, exactly as the WHATWG
/// URL standard says. The Error is of kind `body`: the text is beyond the limits.
/// https://url.spec.whatwg.org/#urlencoded-parsing
inline Result<std::vector<FormField>> read_form(std::string_view text, FormLimits limits = {}) {
  std::size_t pairs = 1;
  for (std::size_t at = text.find('&'); at < text.size() && pairs < limits.fields; at = text.find('&', at + 1)) ++pairs;
  std::vector<FormField> form;
  form.reserve(pairs);
  std::string problem = detail::for_each_pair(text, limits, [&](const detail::FormPair& pair) {
    form.push_back({detail::form_decode(pair.name), detail::form_decode(pair.value)});
    return true;
  });
  if (!problem.empty()) return Error{.kind = Error::Kind::body, .message = std::move(problem)};
  return form;
}

}  // namespace taskrouter
