#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/json.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/workflow/configuration.hpp"

namespace taskrouter {

namespace detail {

/// The whole number that a JSON value says, as a number or in quotes: Twilio's examples have both.
inline std::optional<std::int64_t> whole_number(const nlohmann::json& value) {
  constexpr std::size_t most_digits = 18;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!value.is_string()) return std::nullopt;
  std::string_view digits = value.get_ref<const std::string&>();
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > most_digits) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return negative ? -number : number;
}

/// Takes a configuration out of its JSON, key by key; what is left over is unknown. Where a value is of
/// the wrong type it keeps the first error and goes on.
class ConfigurationReader {
 public:
  WorkflowConfiguration read(nlohmann::json document) {
    WorkflowConfiguration configuration;
    if (!is_object(document, "")) return configuration;
    nlohmann::json routing = take(document, "task_routing");
    if (routing.is_null()) {
      fail("task_routing", "is missing: filters and default_filter stand inside it");
    } else if (is_object(routing, "task_routing")) {
      read_list(take(routing, "filters"), "task_routing.filters", configuration.filters,
                &ConfigurationReader::read_filter);
      nlohmann::json last = take(routing, "default_filter");
      if (!last.is_null()) configuration.default_filter = read_target(std::move(last), "task_routing.default_filter");
      configuration.unknown = std::move(routing);
    }
    configuration.unknown_outside = std::move(document);
    return configuration;
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  void fail(const std::string& field, std::string_view message) {
    if (!error_)
      error_ = argument_error(field, (field.empty() ? "the configuration" : field) + " " + std::string{message});
  }

  bool is_object(const nlohmann::json& value, const std::string& place) {
    if (!value.is_object()) fail(place, "must be an object");
    return value.is_object();
  }

  /// The value of a key, which is then no longer there. null where there is none.
  static nlohmann::json take(nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return nullptr;
    nlohmann::json value = std::move(*found);
    object.erase(found);
    return value;
  }

  void take_text(nlohmann::json& object, const char* key, const std::string& place, std::optional<std::string>& out) {
    nlohmann::json value = take(object, key);
    if (value.is_null()) return;
    if (!value.is_string()) return fail(place + "." + key, "must be a text");
    out = std::move(value.get_ref<std::string&>());
  }

  void take_number(nlohmann::json& object, const char* key, const std::string& place,
                   std::optional<std::int64_t>& out) {
    const nlohmann::json value = take(object, key);
    if (value.is_null()) return;
    out = whole_number(value);
    if (!out) fail(place + "." + key, "must be a whole number");
  }

  template <class T>
  void read_list(nlohmann::json list, const std::string& place, std::vector<T>& out,
                 T (ConfigurationReader::*read_item)(nlohmann::json, const std::string&)) {
    if (list.is_null()) return;
    if (!list.is_array()) return fail(place, "must be a list");
    for (nlohmann::json& item : list) {
      out.push_back((this->*read_item)(std::move(item), place + "[" + std::to_string(out.size()) + "]"));
    }
  }

  WorkflowFilter read_filter(nlohmann::json object, const std::string& place) {
    WorkflowFilter filter;
    if (!is_object(object, place)) return filter;
    take_text(object, "filter_friendly_name", place, filter.filter_friendly_name);
    // The older name of the key.
    if (!filter.filter_friendly_name) take_text(object, "friendly_name", place, filter.filter_friendly_name);
    std::optional<std::string> expression;
    take_text(object, "expression", place, expression);
    filter.expression = std::move(expression).value_or("");
    read_list(take(object, "targets"), place + ".targets", filter.targets, &ConfigurationReader::read_target);
    filter.unknown = std::move(object);
    return filter;
  }

  WorkflowTarget read_target(nlohmann::json object, const std::string& place) {
    WorkflowTarget target;
    if (!is_object(object, place)) return target;
    std::optional<std::string> queue;
    take_text(object, "queue", place, queue);
    target.queue = std::move(queue).value_or("");
    take_text(object, "expression", place, target.expression);
    take_text(object, "order_by", place, target.order_by);
    take_text(object, "skip_if", place, target.skip_if);
    take_number(object, "priority", place, target.priority);
    take_number(object, "timeout", place, target.timeout);
    take_text(object, "known_worker_sid", place, target.known_worker_sid);
    take_text(object, "known_worker_friendly_name", place, target.known_worker_friendly_name);
    target.unknown = std::move(object);
    return target;
  }

  std::optional<Error> error_{};
};

}  // namespace detail

/// The configuration that JSON text says. `null` is as good as no key, numbers may stand in quotes, and
/// `friendly_name` is an older name of `filter_friendly_name`. The Error names the key, as in
/// `task_routing.filters[0].targets[1].timeout`. Whether the configuration makes sense is for `check` to say.
inline Result<WorkflowConfiguration> parse_workflow_configuration(std::string_view text) {
  auto document = to_nlohmann(text);
  if (!document) return argument_error("configuration", document.error().message);
  detail::ConfigurationReader reader;
  WorkflowConfiguration configuration = reader.read(*std::move(document));
  if (reader.error()) return *reader.error();
  return configuration;
}
/// The same.
inline Result<WorkflowConfiguration> parse_workflow_configuration(const JsonText& json) {
  return parse_workflow_configuration(json.text);
}

}  // namespace taskrouter
