#include "scenario_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "taskrouter/percent.hpp"

namespace taskrouter::server {

namespace {

using Json = nlohmann::ordered_json;  // Attributes keep the order of their keys.

std::string with_values(std::string text, const Variables& variables) {
  for (const auto& [name, value] : variables) {
    const std::string wanted = '{' + name + '}';
    for (std::size_t at = 0; (at = text.find(wanted, at)) != std::string::npos; at += value.size()) {
      text.replace(at, wanted.size(), value);
    }
  }
  return text;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What stands at a path of keys and indexes, or null.
const Json* find(const Json& json, std::string_view path) {
  const Json* at = &json;
  while (!path.empty()) {
    const std::string_view key = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(key.size() + 1, path.size()));
    std::size_t index = 0;
    const bool is_index = std::from_chars(key.data(), key.data() + key.size(), index).ec == std::errc{};
    if (at->is_object() && at->contains(std::string{key})) {
      at = &(*at)[std::string{key}];
    } else if (at->is_array() && is_index && index < at->size()) {
      at = &(*at)[index];
    } else {
      return nullptr;
    }
  }
  return at;
}

/// Does one step after the other, and gathers what their answers say.
class Run {
 public:
  Run(Variables variables, const ScenarioStage& stage) : variables_{std::move(variables)}, stage_{stage} {}

  std::string take(const Json& step) {
    if (!step.is_object()) return "a step should be a JSON object";
    constexpr std::array<std::string_view, 10> keys{"post",   "get",  "delete", "form",    "if_match",
                                                    "status", "save", "expect", "advance", "note"};
    for (const auto& [key, value] : step.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) return "there is no '" + key + "' in a step";
      const bool should_be_object = key == "form" || key == "save" || key == "expect";
      if (should_be_object && !value.is_object()) return '\'' + key + "' should be an object";
    }
    if (step.contains("advance")) return advance(step["advance"]);
    for (const auto& [key, method] :
         {std::pair{"post", Method::post}, {"get", Method::get}, {"delete", Method::delete_}}) {
      if (step.contains(key)) return send(step, method, text_of(step[key]));
    }
    return "a step should have post, get, delete or advance";
  }

 private:
  std::string advance(const Json& seconds) {
    if (!stage_.advance) return "the clock can only be advanced with --virtual-clock";
    const double time = seconds.is_number() ? seconds.get<double>() : -1;
    if (!(time >= 0 && time <= 1e9)) return "'advance' should be a number of seconds";
    stage_.advance(std::llround(time * 1000));
    return "";
  }

  std::string send(const Json& step, Method method, const std::string& path) {
    Request request{.method = method,
                    .url = stage_.base_url + with_values(path, variables_),
                    .headers = {{"Authorization", stage_.authorization}},
                    .body = {}};
    if (step.contains("form")) {
      request.headers.add("Content-Type", "application/x-www-form-urlencoded");
      for (const auto& [name, value] : step["form"].items()) {
        if (!request.body.empty()) request.body.push_back('&');
        request.body.append(name).push_back('=');
        request.body.append(detail::percent_encoded(with_values(text_of(value), variables_)));
      }
    }
    if (step.contains("if_match")) request.headers.add("If-Match", with_values(text_of(step["if_match"]), variables_));
    const Response answer = stage_.send(request);
    if (stage_.on_answer) stage_.on_answer(answer);
    return judge(step, answer);
  }

  std::string judge(const Json& step, const Response& answer) {
    const bool is_expected =
        step.contains("status") ? step["status"] == answer.status : answer.status >= 200 && answer.status <= 299;
    if (!is_expected) return "answered " + std::to_string(answer.status) + ' ' + answer.body;
    const Json body = Json::parse(answer.body, nullptr, false);
    if (step.contains("expect")) {
      for (const auto& [path, wanted] : step["expect"].items()) {
        const Json* found = find(body, path);
        const bool is_text = wanted.is_string();
        const Json value = is_text ? Json(with_values(wanted.get<std::string>(), variables_)) : wanted;
        if (found == nullptr || *found != value) {
          return path + " should be " + value.dump() + " and is " + (found == nullptr ? "not there" : found->dump());
        }
      }
    }
    if (step.contains("save")) {
      for (const auto& [name, path] : step["save"].items()) {
        if (const std::string problem = save(name, text_of(path), answer, body); !problem.empty()) return problem;
      }
    }
    return "";
  }

  std::string save(const std::string& name, const std::string& path, const Response& answer, const Json& body) {
    if (path.starts_with('@')) {
      const std::string* header = answer.headers.find(path.substr(1));
      if (header == nullptr) return "the answer has no header " + path.substr(1);
      variables_[name] = *header;
      return "";
    }
    const Json* found = find(body, path);
    if (found == nullptr) return "the answer has no " + path;
    variables_[name] = text_of(*found);
    return "";
  }

  Variables variables_;
  const ScenarioStage& stage_;
};

}  // namespace

std::string run_scenario(std::string_view text, Variables variables, const ScenarioStage& stage) {
  Run run{std::move(variables), stage};
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '[') {
    const Json steps = Json::parse(text, nullptr, false);
    if (!steps.is_array()) return "the steps are no JSON";
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (std::string problem = run.take(steps[i]); !problem.empty())
        return "step " + std::to_string(i + 1) + ": " + problem;
    }
    return "";
  }
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos || line[begin] == '#') continue;
    const Json step = Json::parse(line, nullptr, false);
    std::string problem = step.is_discarded() ? "the line is no JSON" : run.take(step);
    if (!problem.empty()) return "line " + std::to_string(number) + ": " + problem;
  }
  return "";
}

}  // namespace taskrouter::server
