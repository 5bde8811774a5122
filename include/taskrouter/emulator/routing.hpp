#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/emulator/store.hpp"
#include "taskrouter/json.hpp"
#include "taskrouter/workflow/parse_expression.hpp"

// A workflow's configuration as the engine goes by it.
// https://www.twilio.com/docs/taskrouter/workflow-configuration

namespace taskrouter::emulator {

/// One key of an order_by.
struct OrderTerm {
  std::string key{};  ///< Such as `worker.level`.
  bool is_descending{};
};

/// A step of a workflow.
struct Target {
  TaskQueueRecord* queue{};
  std::optional<std::int64_t> priority{};
  std::optional<std::int64_t> timeout{};  ///< Seconds.
  std::optional<Expression> expression{};
  std::vector<std::string> task_keys{};  ///< What the expression reads of the task.
  bool reads_changes{};                  ///< Whether it reads the worker's activity or channels.
  std::vector<OrderTerm> order_by{};
  std::optional<Expression> skip_if{};
  std::string known_worker{};  ///< Which attribute of the task names the worker it is for, such as `task.agent_sid`.
};

struct Filter {
  std::string name{};
  std::optional<Expression> expression{};  ///< None is true: the default filter.
  std::vector<Target> targets{};
};

/// The filters of a workflow, the default one last.
struct Routing {
  std::vector<Filter> filters{};
  bool has_default{};
};

/// Calls `visit(key)` for every name in an expression.
template <class Visit>
void for_each_key(const Expression& expression, Visit visit) {
  if (!expression.left.key.empty()) visit(expression.left.key);
  if (!expression.right.key.empty()) visit(expression.right.key);
  for (const Expression& part : expression.parts) for_each_key(part, visit);
}

/// Whether a key is `name` or something below it.
inline bool is_below(std::string_view key, std::string_view name) {
  return key.starts_with(name) && (key.size() == name.size() || key[name.size()] == '.' || key[name.size()] == '[');
}

/// Whether an expression over workers asks for what reservations change. `prefix` is `worker.` or empty.
inline bool reads_changes(const Expression& expression, const std::string& prefix) {
  bool found = false;
  for_each_key(expression, [&](std::string_view key) {
    found = found || is_below(key, prefix + "activity_sid") || is_below(key, prefix + "activity_name") ||
            is_below(key, prefix + "channel");
  });
  return found;
}

/// Reads a configuration. What it says wrong is an Error that says where.
class RoutingReader {
 public:
  explicit RoutingReader(WorkspaceRecord& workspace) : workspace_{workspace} {}

  Result<std::shared_ptr<const Routing>> read(std::string_view text) {
    const auto json = to_nlohmann(text);
    if (!json) return invalid("Configuration", "should be JSON");
    const auto* root = find(*json, "task_routing");
    if (root == nullptr || !root->is_object()) return invalid("Configuration", "should have an object task_routing");
    auto routing = std::make_shared<Routing>();
    if (const auto* filters = find(*root, "filters")) {
      if (!filters->is_array()) return invalid("Configuration", "should have a list of filters");
      for (std::size_t i = 0; i < filters->size() && problem_.empty(); ++i) {
        place_ = "filter " + std::to_string(i + 1);
        read_filter((*filters)[i], routing->filters.emplace_back());
      }
    }
    if (const auto* last = find(*root, "default_filter"); last != nullptr && problem_.empty()) {
      place_ = "default_filter";
      routing->has_default = true;
      Filter& filter = routing->filters.emplace_back();
      filter.name = "default_filter";
      read_target(*last, nullptr, filter.targets.emplace_back());
      if (filter.targets.front().timeout) fail("should have no timeout");
    }
    if (problem_.empty() && routing->filters.empty()) problem_ = "should have filters or a default_filter";
    if (!problem_.empty()) return invalid("Configuration", problem_);
    return std::shared_ptr<const Routing>{std::move(routing)};
  }

 private:
  using Json = nlohmann::json;

  static const Json* find(const Json& object, std::string_view name) {
    if (!object.is_object()) return nullptr;
    const auto at = object.find(name);
    return at == object.end() || at->is_null() ? nullptr : &*at;
  }

  void fail(std::string_view what) {
    if (problem_.empty()) problem_ = "is wrong at " + place_ + ": it " + std::string{what};
  }

  std::string text_of(const Json& object, std::string_view name) {
    const Json* value = find(object, name);
    if (value == nullptr) return {};
    if (!value->is_string()) fail("should have a text as " + std::string{name});
    return value->is_string() ? value->get_ref<const std::string&>() : std::string{};
  }

  /// Twilio's own examples have numbers, and numbers in quotes.
  std::optional<std::int64_t> number_of(const Json& object, std::string_view name, std::int64_t least) {
    const Json* value = find(object, name);
    if (value == nullptr) return std::nullopt;
    std::int64_t number = least - 1;
    if (value->is_number_integer()) {
      number = value->get<std::int64_t>();
    } else if (value->is_string()) {
      const std::string& text = value->get_ref<const std::string&>();
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc{} || end != text.data() + text.size()) number = least - 1;
    }
    if (number < least || number > 2147483647) {
      fail("should have a " + std::string{name} + " of " + std::to_string(least) + " to 2147483647");
    }
    return number;
  }

  std::optional<Expression> expression_of(const Json& object, std::string_view name) {
    const std::string text = text_of(object, name);
    if (text.empty()) return std::nullopt;
    auto expression = parse_expression(text);
    if (expression) return *std::move(expression);
    fail("has a wrong " + std::string{name} + ", at " + expression.error().message);
    return std::nullopt;
  }

  void read_filter(const Json& json, Filter& filter) {
    filter.name = text_of(json, find(json, "filter_friendly_name") ? "filter_friendly_name" : "friendly_name");
    filter.expression = expression_of(json, "expression");
    if (!filter.expression) fail("should have an expression");
    const Json* targets = find(json, "targets");
    if (targets == nullptr || !targets->is_array() || targets->empty()) return fail("should have a list of targets");
    const std::string place = place_;
    for (std::size_t i = 0; i < targets->size() && problem_.empty(); ++i) {
      place_ = place + ", target " + std::to_string(i + 1);
      Target target;
      read_target((*targets)[i], i == 0 ? nullptr : filter.targets.back().queue, target);
      filter.targets.push_back(std::move(target));
    }
  }

  /// @param inherited the queue of the target before, or null
  void read_target(const Json& json, TaskQueueRecord* inherited, Target& target) {
    const std::string queue = text_of(json, "queue");
    target.queue = queue.empty() ? inherited : workspace_.task_queues.find(queue);
    if (target.queue == nullptr) fail(queue.empty() ? "should have a queue" : "names a queue that is not there");
    target.priority = number_of(json, "priority", 0);
    target.timeout = number_of(json, "timeout", 1);
    target.skip_if = expression_of(json, "skip_if");
    target.expression = expression_of(json, "expression");
    if (target.expression) {
      target.reads_changes = reads_changes(*target.expression, "worker.");
      for_each_key(*target.expression, [&](const std::string& key) {
        if (is_below(key, "task")) target.task_keys.push_back(key);
      });
      std::sort(target.task_keys.begin(), target.task_keys.end());
    }
    read_order_by(text_of(json, "order_by"), target);
    const std::string sid = text_of(json, "known_worker_sid"), name = text_of(json, "known_worker_friendly_name");
    if (!sid.empty() && !name.empty()) fail("should have one of known_worker_sid and known_worker_friendly_name");
    target.known_worker = sid.empty() ? name : sid;
    if (target.known_worker.empty()) return;
    if (!is_below(target.known_worker, "task")) fail("should name the known worker by an attribute such as task.agent");
    target.task_keys.push_back(target.known_worker);
  }

  void read_order_by(std::string_view text, Target& target) {
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      std::string_view term = text.substr(0, comma);
      text.remove_prefix(std::min(comma + 1, text.size()));
      const std::string_view key = take_word(term), direction = take_word(term);
      const bool is_descending = same_header_name(direction, "DESC");
      if (!key.starts_with("worker.") || key.size() < 8 || !take_word(term).empty() ||
          (!direction.empty() && !is_descending && !same_header_name(direction, "ASC"))) {
        return fail("should have an order_by such as worker.level DESC, worker.cost ASC");
      }
      target.order_by.push_back({std::string{key}, is_descending});
    }
  }

  static std::string_view take_word(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n"));
    text.remove_prefix(word.size());
    return word;
  }

  WorkspaceRecord& workspace_;
  std::string place_{};
  std::string problem_{};
};

}  // namespace taskrouter::emulator
