#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>

// The tables beside this file, read.

namespace contract {

struct Parameter {
  std::string place;  ///< path, query, header or form.
  std::string type;
  bool list{};
  bool required{};

  friend bool operator==(const Parameter&, const Parameter&) = default;
};

struct Operation {
  std::string method;
  std::string path;
  int success{};
  std::string output;    ///< The resource, or Nothing.
  std::string page_key;  ///< Of a page: where its items stand.
  std::map<std::string, Parameter> parameters{};
};

/// The types of a resource's fields, by name.
using Resource = std::map<std::string, std::string>;

/// Calls `entry(words)` for a line that starts an entry and `part(words)` for one that goes on with it.
template <class Entry, class Part>
void read_table(const char* name, Entry entry, Part part) {
  std::ifstream file{std::string{TASKROUTER_CONTRACT_DIR} + '/' + name};
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words{line};
    line[0] == ' ' ? part(words) : entry(words);
  }
}

inline std::map<std::string, Operation> operations() {
  std::map<std::string, Operation> table;
  Operation* last = nullptr;
  std::string place;
  read_table(
      "operations.txt",
      [&](std::istringstream& words) {
        std::string id;
        words >> id;
        last = &table[id];
        words >> last->method >> last->path >> last->success >> last->output;
        if (last->output == "Page") words >> last->output >> last->page_key;
      },
      [&](std::istringstream& words) {
        for (std::string word; words >> word;) {
          const std::size_t colon = word.find(':');
          if (colon == std::string::npos) {
            place = word;
            continue;
          }
          Parameter parameter{.place = place, .type = word.substr(colon + 1)};
          std::string name = word.substr(0, colon);
          if (name.ends_with('!')) name.pop_back(), parameter.required = true;
          if (name.ends_with("[]")) name.resize(name.size() - 2), parameter.list = true;
          last->parameters[name] = parameter;
        }
      });
  return table;
}

inline std::map<std::string, Resource> resources() {
  std::map<std::string, Resource> table;
  Resource* last = nullptr;
  const auto add = [&](std::istringstream& words) {
    for (std::string word; words >> word;) {
      const std::size_t colon = word.find(':');
      (*last)[word.substr(0, colon)] = word.substr(colon + 1);
    }
  };
  read_table(
      "resources.txt",
      [&](std::istringstream& words) {
        std::string name;
        words >> name;
        last = &table[name];
        add(words);
      },
      add);
  return table;
}

}  // namespace contract
