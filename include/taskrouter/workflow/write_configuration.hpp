#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "taskrouter/json.hpp"
#include "taskrouter/workflow/configuration.hpp"

namespace taskrouter {

namespace detail {

template <class T>
void put(nlohmann::json& object, const char* key, const std::optional<T>& value) {
  if (value) object[key] = *value;
}

/// The keys that were unknown, to add the others to.
inline nlohmann::json object_of(const nlohmann::json& unknown) {
  return unknown.is_object() ? unknown : nlohmann::json::object();
}

inline nlohmann::json write(const WorkflowTarget& target) {
  nlohmann::json object = object_of(target.unknown);
  if (!target.queue.empty()) object["queue"] = target.queue;
  put(object, "expression", target.expression);
  put(object, "order_by", target.order_by);
  put(object, "skip_if", target.skip_if);
  put(object, "priority", target.priority);
  put(object, "timeout", target.timeout);
  put(object, "known_worker_sid", target.known_worker_sid);
  put(object, "known_worker_friendly_name", target.known_worker_friendly_name);
  return object;
}

inline nlohmann::json write(const WorkflowFilter& filter) {
  nlohmann::json object = object_of(filter.unknown);
  put(object, "filter_friendly_name", filter.filter_friendly_name);
  object["expression"] = filter.expression;
  object["targets"] = nlohmann::json::array();
  for (const WorkflowTarget& target : filter.targets) object["targets"].push_back(write(target));
  return object;
}

}  // namespace detail

/// A configuration as JSON, with the unknown keys that it was read with.
inline nlohmann::json to_nlohmann(const WorkflowConfiguration& configuration) {
  nlohmann::json routing = detail::object_of(configuration.unknown);
  routing["filters"] = nlohmann::json::array();
  for (const WorkflowFilter& filter : configuration.filters) routing["filters"].push_back(detail::write(filter));
  if (configuration.default_filter) routing["default_filter"] = detail::write(*configuration.default_filter);
  nlohmann::json document = detail::object_of(configuration.unknown_outside);
  document["task_routing"] = std::move(routing);
  return document;
}

/// A configuration as text, for the field of workflows::Create and workflows::Update.
inline JsonText to_json_text(const WorkflowConfiguration& configuration) {
  return to_json_text(to_nlohmann(configuration));
}

}  // namespace taskrouter
