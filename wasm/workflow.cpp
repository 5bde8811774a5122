// workflow.wasm: workflow configurations and their expressions, checked and explained.

#include "taskrouter/workflow.hpp"

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression_json.hpp"
#include "taskrouter/json.hpp"
#include "text_abi.hpp"

namespace {

using namespace taskrouter;
using Json = nlohmann::json;

int answer(const Json& json) { return text_abi::answer(json.dump(-1, ' ', false, Json::error_handler_t::replace)); }

template <class T>
int answer_error(const Result<T>& result) {
  return text_abi::answer(result.error());
}

/// A value that JavaScript gave as JSON text; null for no text.
Result<Json> read_value(std::string_view text, std::string_view name) {
  if (text.empty()) return Json{};
  auto value = to_nlohmann(text);
  if (value) return value;
  return argument_error(name, "is not JSON, nested more than 64 deep, or holds a number that is too large");
}

Json to_json(const std::optional<std::size_t>& index) { return index ? Json(*index) : Json{}; }

Json to_json(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

/// The text that a problem's span is in.
std::string_view text_of(const WorkflowConfiguration& configuration, const WorkflowProblem& problem) {
  const WorkflowTarget* target = configuration.default_filter ? &*configuration.default_filter : nullptr;
  if (problem.filter) {
    const WorkflowFilter& filter = configuration.filters[*problem.filter];
    if (!problem.target) return filter.expression;
    target = &filter.targets[*problem.target];
  }
  if (target == nullptr) return {};
  const auto& text = problem.key == "skip_if"    ? target->skip_if
                     : problem.key == "order_by" ? target->order_by
                                                 : target->expression;
  return text ? std::string_view{*text} : std::string_view{};
}

Json to_json(const WorkflowProblem& problem, const WorkflowConfiguration& configuration) {
  Json json{{"severity", to_json(problem.severity)},
            {"filter", to_json(problem.filter)},
            {"target", to_json(problem.target)},
            {"key", problem.key},
            {"span", nullptr},
            {"place", problem.place},
            {"message", problem.message}};
  if (problem.span) json["span"] = Utf16Places{text_of(configuration, problem)}.to_json(*problem.span);
  return json;
}

Json to_json(const Explanation& explanation, const Utf16Places& places) {
  Json parts = Json::array();
  for (const ExplainedPart& part : explanation.parts) {
    parts.push_back({{"span", places.to_json(part.span)},
                     {"text", part.text},
                     {"reason", part.reason},
                     {"left", part.left},
                     {"right", part.right},
                     {"is_true", part.is_true},
                     {"decided", part.decided}});
  }
  return {{"matches", explanation.matches}, {"parts", std::move(parts)}, {"sentence", explanation.sentence}};
}

std::optional<ExpressionPlace> find_place(std::string_view name) {
  if (name == "filter") return ExpressionPlace::filter;
  if (name == "target") return ExpressionPlace::target;
  if (name == "skip_if") return ExpressionPlace::skip_if;
  if (name == "task_queue") return ExpressionPlace::task_queue;
  return std::nullopt;
}

}  // namespace

/// What is wrong with a configuration. The texts are its JSON, and a list of the workspace's queues as JSON.
TASKROUTER_EXPORT(check) int check(std::size_t configuration_size, std::size_t queues_size) {
  text_abi::Texts texts;
  const auto configuration = parse_workflow_configuration(texts.take(configuration_size));
  if (!configuration) return answer_error(configuration);
  const auto names = read_value(texts.take(queues_size), "queues");
  if (!names) return answer_error(names);
  std::vector<std::string> queues;
  for (const Json& name : *names) {
    if (!name.is_string()) return text_abi::answer(argument_error("queues", "should be a list of SIDs"));
    queues.push_back(name.get_ref<const std::string&>());
  }
  Json problems = Json::array();
  for (const auto& problem : taskrouter::check(*configuration, queues)) {
    problems.push_back(to_json(problem, *configuration));
  }
  return answer(problems);
}

/// What is wrong with an expression. The second text says where it stands: `filter`, `target`, `skip_if`
/// or `task_queue`.
TASKROUTER_EXPORT(check_expression) int check_expression(std::size_t text_size, std::size_t place_size) {
  text_abi::Texts texts;
  const std::string_view text = texts.take(text_size);
  const auto place = find_place(texts.take(place_size));
  if (!place) return text_abi::answer(argument_error("place", "should be filter, target, skip_if or task_queue"));
  const Utf16Places places{text};
  Json problems = Json::array();
  for (const ExpressionProblem& problem : taskrouter::check_expression(text, *place)) {
    problems.push_back({{"severity", to_json(problem.severity)},
                        {"span", places.to_json(problem.span)},
                        {"message", problem.message}});
  }
  return answer(problems);
}

/// The expression that a text says.
TASKROUTER_EXPORT(parse) int parse(std::size_t text_size) {
  const std::string_view text = text_abi::Texts{}.take(text_size);
  const auto expression = parse_expression(text);
  return expression ? answer(to_json(*expression, Utf16Places{text})) : answer_error(expression);
}

/// The text of an expression.
TASKROUTER_EXPORT(print) int print(std::size_t expression_size) {
  const auto json = read_value(text_abi::Texts{}.take(expression_size), "expression");
  if (!json) return answer_error(json);
  const auto expression = read_expression(*json);
  if (!expression) return answer_error(expression);
  auto text = to_text(*expression);
  return text ? text_abi::answer(*std::move(text)) : answer_error(text);
}

/// Why an expression is true or false of values, each of which is JSON or no text.
TASKROUTER_EXPORT(explain)
int explain(std::size_t text_size, std::size_t attributes_size, std::size_t task_size, std::size_t worker_size,
            std::size_t workers_size) {
  text_abi::Texts texts;
  const std::string_view text = texts.take(text_size);
  const auto expression = parse_expression(text);
  if (!expression) return answer_error(expression);
  const auto attributes = read_value(texts.take(attributes_size), "attributes");
  const auto task = read_value(texts.take(task_size), "task");
  const auto worker = read_value(texts.take(worker_size), "worker");
  const auto workers = read_value(texts.take(workers_size), "workers");
  for (const auto* value : {&attributes, &task, &worker, &workers}) {
    if (!*value) return answer_error(*value);
  }
  const Variables variables{.attributes = &*attributes, .task = &*task, .worker = &*worker, .workers = &*workers};
  return answer(to_json(taskrouter::explain(*expression, variables), Utf16Places{text}));
}

/// How a configuration routes a task: its attributes, a list of workers, and the queues' target workers by
/// SID, all as JSON.
TASKROUTER_EXPORT(explain_routing)
int explain_routing(std::size_t configuration_size, std::size_t task_size, std::size_t workers_size,
                    std::size_t queues_size) {
  text_abi::Texts texts;
  const auto configuration = parse_workflow_configuration(texts.take(configuration_size));
  if (!configuration) return answer_error(configuration);
  const auto task = read_value(texts.take(task_size), "task");
  const auto workers = read_value(texts.take(workers_size), "workers");
  const auto target_workers = read_value(texts.take(queues_size), "queues");
  for (const auto* value : {&task, &workers, &target_workers}) {
    if (!*value) return answer_error(*value);
  }
  std::map<std::string, std::string> queues;
  if (target_workers->is_object()) {
    for (const auto& [sid, expression] : target_workers->items()) {
      if (expression.is_string()) queues.emplace(sid, expression.get_ref<const std::string&>());
    }
  }
  const auto routing = taskrouter::explain_routing(*configuration, *task, {workers->begin(), workers->end()}, queues);
  Json filters = Json::array(), targets = Json::array();
  for (const Explanation& filter : routing.filters) {
    const std::string& text = configuration->filters[filters.size()].expression;
    filters.push_back(to_json(filter, Utf16Places{text}));
  }
  for (const RoutedTarget& target : routing.targets) {
    targets.push_back({{"target", target.target},
                       {"queue", target.queue},
                       {"eligible", target.eligible},
                       {"reasons", target.reasons},
                       {"skipped", target.skipped}});
  }
  return answer({{"filters", std::move(filters)},
                 {"filter", to_json(routing.filter)},
                 {"targets", std::move(targets)},
                 {"sentence", routing.sentence}});
}
