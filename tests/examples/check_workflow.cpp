#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <taskrouter/with_json.hpp>
#include <vector>

using namespace taskrouter;

// check_workflow FILE: says what is wrong with a workflow's configuration, before TaskRouter has it.
// Without a file it checks one with the mistakes that people make, and tries one without.

namespace {

constexpr auto with_mistakes = R"({"task_routing": {
  "filters": [
    {"filter_friendly_name": "Spanish", "expression": "task.language == 'es'", "targets": [
      {"queue": "WQ00000000000000000000000000000001", "expression": "worker.skill-level > 3"},
      {"queue": "WQ00000000000000000000000000000002", "skip_if": "worker.available == 0"}]}],
  "default_filter": {"queue": "WQ00000000000000000000000000000001", "timout": 30}}})";

int report(const std::string& text) {
  const auto configuration = parse_workflow_configuration(text);
  if (!configuration) return std::cerr << describe(configuration.error()) << '\n', 1;
  const auto problems = check(*configuration, {"WQ00000000000000000000000000000001"});
  for (const WorkflowProblem& problem : problems) std::cout << describe(problem) << '\n';
  return problems.empty() ? 0 : 1;
}

/// A rule for what a person typed, and why it matches a task or not.
int build_and_explain(const std::string& typed) {
  using namespace taskrouter::expressions;
  const Expression rule = all({attribute("language").in({"en", "es"}), attribute("city").equals(typed)});
  std::cout << to_text(rule).value() << '\n';  // language IN ["en", "es"] AND city == "Bad 'Ischl'"

  const auto task = nlohmann::json::parse(R"({"language": "de", "city": "Bad 'Ischl'"})");
  std::cout << explain(rule, {.attributes = &task}).sentence << '\n';
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return report(with_mistakes) == 1 ? build_and_explain("Bad 'Ischl'") : 1;
  std::ifstream file{arguments[1]};
  return report({std::istreambuf_iterator<char>{file}, {}});
}
