#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/form.hpp"
#include "taskrouter/http.hpp"

// What Twilio signs, as text: the URL and, behind it, the fields of the form. No secret and no
// cryptography is in it, so that a caller whose HMAC is asynchronous goes by the same rules.
// https://www.twilio.com/docs/usage/webhooks/webhooks-security
//
// Twilio's seven libraries disagree. What holds here, and why:
//
// | what                    | here                          | because                                           |
// |-------------------------|-------------------------------|---------------------------------------------------|
// | first try               | the URL, byte for byte        | it is what Twilio signed; some libraries never do |
// | port                    | without it; with the default  | all do; Twilio is not consistent about it         |
// | user, IPv6, host's case | kept                          | only the bytes of the port are put in or cut out  |
// | path and query          | then escaped as browsers do   | node: some back ends signed that                  |
// | query                   | then decoded and escaped anew | node: the same; the pairs stay in their order     |
// | a URL without `://`     | only byte for byte            | node throws                                       |
// | fragment                | cut off                       | it is never sent: Twilio's connection overrides   |
// | order of fields         | by the bytes of their names   | ruby sorts name and value as one text             |
// | a name that repeats     | values sorted, each once      | node, php, python; go and java know one value     |
// | `bodySHA256` in query   | no fields; the body's hash    | all that know JSON; looked up as a parameter      |
// | what is compared        | 20 bytes, from strict base64  | one text for one signature, in constant time      |

namespace taskrouter {
namespace detail {

/// A URL cut at its port, without changing a byte.
struct SignedUrl {
  std::string_view host;  ///< `https://user@host`
  std::string_view port;  ///< `:8080`, or empty.
  std::string_view rest;  ///< `/path?query`
};

inline std::optional<SignedUrl> split_signed_url(std::string_view url) {
  const std::size_t slash = url.find_first_of("/?");
  if (slash == std::string_view::npos || slash < 2 || url[slash - 1] != ':' || !url.substr(slash).starts_with("//")) {
    return std::nullopt;
  }
  const std::string_view origin = url.substr(0, url.find_first_of("/?", slash + 2));
  std::size_t host = slash + 2;
  if (const std::size_t at = origin.rfind('@'); at != std::string_view::npos) host = at;
  if (const std::size_t bracket = origin.find(']', host); bracket != std::string_view::npos) {
    host = bracket;  // An IPv6 address has colons of its own.
  }
  const std::size_t port = std::min(origin.find(':', host), origin.size());
  return SignedUrl{origin.substr(0, port), origin.substr(port), url.substr(origin.size())};
}

/// The origin without its port, or with the scheme's own where it has none.
inline std::string with_other_port(const SignedUrl& url) {
  if (!url.port.empty()) return std::string{url.host};
  const bool https = same_header_name(url.host.substr(0, url.host.find(':')), "https");
  return std::string{url.host} + (https ? ":443" : ":80");
}

/// Appends `text` with every byte in `%XX` for which `plain` says no.
template <class Plain>
void append_escaped(std::string& out, std::string_view text, Plain plain) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain(c)) {
      out.push_back(c);
    } else {
      out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
  }
}

/// Path and query as a browser sends them: `'` in the query is `%27`, a space `%20`.
inline std::string browser_escaped(std::string_view rest) {
  const auto plain_but = [](std::string_view others) {
    return [others](char c) { return c > ' ' && c < '\x7F' && others.find(c) == std::string_view::npos; };
  };
  const std::size_t query = std::min(rest.find('?'), rest.size());
  std::string out{rest.starts_with('/') ? "" : "/"};
  append_escaped(out, rest.substr(0, query), plain_but("\"<>^`{}"));
  append_escaped(out, rest.substr(query), plain_but("\"<>'"));
  return out;
}

/// The query's pairs decoded and escaped anew: `It%27s+amazing` is `It's%20amazing`.
inline std::string query_escaped_anew(std::string_view rest) {
  const std::size_t query = rest.find('?');
  if (query == std::string_view::npos) return std::string{rest};
  const auto pairs = read_form(rest.substr(query + 1));
  if (!pairs || pairs->empty()) return std::string{rest};
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{"!'()*-._~"}.find(c) != std::string_view::npos;
  };
  std::string out{rest.substr(0, query)};
  char before = '?';
  for (const auto& [name, value] : *pairs) {
    out.push_back(std::exchange(before, '&'));
    append_escaped(out, name, plain);
    out.push_back('=');
    append_escaped(out, value, plain);
  }
  return out;
}

/// Calls `try_url` with one spelling of the URL after the other, in two parts, the likely one first,
/// until it returns true.
template <class TryUrl>
bool any_spelling(std::string_view url, TryUrl try_url) {
  url = url.substr(0, url.find('#'));
  if (try_url(url, std::string_view{})) return true;
  const auto parts = split_signed_url(url);
  if (!parts) return false;
  const std::string_view origin = url.substr(0, url.size() - parts->rest.size());
  const std::string other = with_other_port(*parts);
  if (try_url(other, parts->rest)) return true;
  const std::string escaped = browser_escaped(parts->rest);
  if (escaped != parts->rest && (try_url(origin, escaped) || try_url(other, escaped))) return true;
  const std::string anew = query_escaped_anew(escaped);
  return anew != escaped && anew != parts->rest && (try_url(origin, anew) || try_url(other, anew));
}

}  // namespace detail

namespace webhooks {

/// The fields of a form as they are signed: sorted by name and value, each pair once, names and values
/// one behind the other.
inline std::string signed_fields(const std::vector<FormField>& form) {
  std::vector<const FormField*> sorted;
  sorted.reserve(form.size());
  std::size_t size = 0;
  for (const FormField& field : form) {
    sorted.push_back(&field);
    size += field.name.size() + field.value.size();
  }
  std::sort(sorted.begin(), sorted.end(), [](const FormField* a, const FormField* b) {
    const int order = a->name.compare(b->name);
    return order != 0 ? order < 0 : a->value < b->value;
  });
  std::string text;
  text.reserve(size);
  const FormField* last = nullptr;
  for (const FormField* field : sorted) {
    const bool repeated = last != nullptr && last->name == field->name && last->value == field->value;
    if (!repeated) text.append(field->name).append(field->value);
    last = field;
  }
  return text;
}

/// The texts that Twilio may have signed for this URL and form: a signature of any of them is good.
/// One to six; the first is the URL as it stands. For a URL with a body_hash() the form is empty.
inline std::vector<std::string> signed_texts(std::string_view url, const std::vector<FormField>& form) {
  const std::string fields = signed_fields(form);
  std::vector<std::string> texts;
  detail::any_spelling(url, [&](std::string_view begin, std::string_view rest) {
    std::string& text = texts.emplace_back();
    text.reserve(begin.size() + rest.size() + fields.size());
    text.append(begin).append(rest).append(fields);
    return false;
  });
  return texts;
}

/// The value of `bodySHA256` in the URL's query, which a request has whose body is no form: the
/// hexadecimal SHA-256 of the body.
inline std::optional<std::string> body_hash(std::string_view url) {
  url = url.substr(0, url.find('#'));
  std::string_view query = url.substr(std::min(url.find('?'), url.size() - 1) + 1);
  for (detail::FormPair pair; detail::take_pair(query, pair);) {
    if (detail::form_decode(pair.name) == "bodySHA256") return detail::form_decode(pair.value);
  }
  return std::nullopt;
}

}  // namespace webhooks
}  // namespace taskrouter
