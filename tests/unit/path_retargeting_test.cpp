#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "samples.hpp"
#include "taskrouter/encode.hpp"

// Nothing that stands in a path parameter can change which operation is performed.

using namespace taskrouter;

namespace {

std::string decoded(std::string_view segment) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
  std::string out;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    out.push_back(segment[i] == '%' ? static_cast<char>(digit(segment[i + 1]) * 16 + digit(segment[i + 2]))
                                    : segment[i]);
    if (segment[i] == '%') i += 2;
  }
  return out;
}

/// The decoded segments of a URL's path, or none if a single character of it could be read in two
/// ways by somebody on its way.
std::vector<std::string> segments(std::string_view url) {
  const std::string_view origin = "https://taskrouter.twilio.com/";
  if (!url.starts_with(origin)) return {};
  url = url.substr(0, url.find('?'));
  url.remove_prefix(origin.size());
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  for (std::size_t i = 0; i < url.size(); ++i) {
    if (plain.find(url[i]) != std::string_view::npos) continue;
    if (url[i] != '%' || i + 2 >= url.size()) return {};
    if (hex.find(url[i + 1]) == std::string_view::npos || hex.find(url[i + 2]) == std::string_view::npos) return {};
    i += 2;
  }
  std::vector<std::string> result;
  while (true) {
    const std::string_view segment = url.substr(0, url.find('/'));
    const std::string text = decoded(segment);
    if (segment.empty() || text == "." || text == "..") return {};
    result.push_back(text);
    if (segment.size() == url.size()) return result;
    url.remove_prefix(segment.size() + 1);
  }
}

std::vector<std::string> path_names(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t at = path.find('{'); at != std::string_view::npos; at = path.find('{', at + 1)) {
    names.emplace_back(path.substr(at + 1, path.find('}', at) - at - 1));
  }
  return names;
}

/// Hostile values, alone and around something good.
std::vector<std::string> hostile_values(const std::string& good) {
  std::vector<std::string> values{"", good.substr(0, good.size() - 1), good + good};
  for (const std::string& text : samples::hostile_texts()) {
    values.insert(values.end(), {text, good + text, text + good, good + '/' + text, text + '/' + good});
    if (text.size() <= good.size()) values.push_back(good.substr(0, good.size() - text.size()) + text);
  }
  return values;
}

}  // namespace

TEST_CASE("a SID in a path is well formed or the operation is not built, and the error names it") {
  for_each_operation([]<class Op>() {
    for (const auto& field : detail::fields_of<Op>) {
      if (field.type->kind != detail::FieldKind::sid) continue;
      for (const std::string& value : hostile_values(samples::sid(field.type->prefix))) {
        Op operation = samples::filled<Op>();
        *static_cast<SidText*>(field.in(static_cast<void*>(&operation))) = SidText{value};
        const auto request = build(operation, samples::endpoint());
        CAPTURE(Op::route.name);
        CAPTURE(value.substr(0, 100));
        REQUIRE_FALSE(request);
        CHECK(request.error().kind == Error::Kind::argument);
        CHECK(request.error().field == field.name);
      }
    }
  });
}

TEST_CASE("text in a path is one segment of it, or the operation is not built") {
  const auto check = []<class Op>() {
    const std::vector<std::string> expected = segments(build(samples::filled<Op>("good"), samples::endpoint())->url);
    REQUIRE_FALSE(expected.empty());
    for (const auto& field : detail::fields_of<Op>) {
      if (field.type->kind != detail::FieldKind::text) continue;
      if (Op::route.path.find('{' + field.wire_name() + '}') == std::string_view::npos) continue;
      for (const std::string& value : hostile_values("good")) {
        Op operation = samples::filled<Op>("good");
        auto& text = *static_cast<std::string*>(field.in(static_cast<void*>(&operation)));
        const std::string good = std::exchange(text, value);
        const auto request = build(operation, samples::endpoint());
        CAPTURE(value.substr(0, 100));
        const bool refused = value.empty() || value == "." || value == "..";
        REQUIRE(request.has_value() != refused);
        if (refused) {
          CHECK(request.error().field == field.name);
          continue;
        }
        auto segments_then = expected;
        for (std::string& segment : segments_then) {
          if (segment == good) segment = value;
        }
        CHECK(segments(request->url) == segments_then);
      }
    }
  };
  for_each_operation(check);
  check.operator()<samples::FetchByName>();
}

TEST_CASE("text that is not UTF-8 is refused in a path as anywhere else") {
  for (const std::string bad : {"\xFF", "a\xC0\xAE", "\xED\xA0\x80", "\xE2\x82"}) {
    const auto request =
        build(samples::FetchByName{.workspace_sid = samples::workspace, .name = bad}, samples::endpoint());
    CHECK(request.error().field == "name");
  }
}

TEST_CASE("every parameter of a path is filled from the field of its name") {
  for_each_operation([]<class Op>() {
    const Op operation = samples::filled<Op>("good");
    const auto sent = segments(build(operation, samples::endpoint())->url);
    std::string pattern{Op::route.path.substr(1)};
    for (const std::string& name : path_names(Op::route.path)) {
      const auto& fields = detail::fields_of<Op>;
      const auto field = std::find_if(fields.begin(), fields.end(), [&](auto& f) { return f.wire_name() == name; });
      REQUIRE(field != fields.end());
      const std::string value = field->type->kind == detail::FieldKind::sid
                                    ? samples::sid(field->type->prefix, '7')
                                    : *static_cast<const std::string*>(field->in(static_cast<const void*>(&operation)));
      pattern.replace(pattern.find('{' + name + '}'), name.size() + 2, value);
    }
    std::string joined;
    for (const std::string& segment : sent) joined += (joined.empty() ? "" : "/") + segment;
    CHECK(joined == pattern);
  });
}
