#pragma once

#include <simdjson.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A page of workers, and the same page read by simdjson and by nlohmann::json: into structs of strings, as
// programs do that use them.

namespace workers_page {

/// The fields of a worker as text, in the order in which Twilio writes them.
struct Worker {
  std::string account_sid, activity_name, activity_sid, attributes, date_created, date_status_changed, date_updated,
      friendly_name, sid, workspace_sid, url, links;
  bool available{};
};

inline std::string* text_of(Worker& worker, std::string_view key) {
  constexpr std::pair<std::string_view, std::string Worker::*> fields[]{
      {"account_sid", &Worker::account_sid},
      {"activity_name", &Worker::activity_name},
      {"activity_sid", &Worker::activity_sid},
      {"attributes", &Worker::attributes},
      {"date_created", &Worker::date_created},
      {"date_status_changed", &Worker::date_status_changed},
      {"date_updated", &Worker::date_updated},
      {"friendly_name", &Worker::friendly_name},
      {"sid", &Worker::sid},
      {"workspace_sid", &Worker::workspace_sid},
      {"url", &Worker::url}};
  for (const auto& [name, member] : fields) {
    if (name == key) return &(worker.*member);
  }
  return nullptr;
}

/// The answer of TaskRouter to a list of `count` workers.
inline std::string body(int count) {
  const std::string base = "https://taskrouter.twilio.com/v1/Workspaces/WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e";
  std::string out = R"({"meta":{"first_page_url":")" + base +
                    R"(/Workers?Page=0","key":"workers","next_page_url":null,)" + R"("page":0,"page_size":)" +
                    std::to_string(count) + R"(,"previous_page_url":null,"url":")" + base +
                    R"(/Workers?Page=0"},"workers":[)";
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(100'000 + i);
    const std::string sid = "WK5e4d3c2b1a09f8e7d6c5b4a392" + number;
    const std::string url = base + "/Workers/" + sid;
    out += i > 0 ? "," : "";
    out += R"({"account_sid":"AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b","activity_name":"Available",)";
    out += R"("activity_sid":"WA0b1c2d3e4f5061728394a5b6c7d8e9f0",)";
    out += R"("attributes":"{\"languages\":[\"en\",\"es\"],\"skill\":)" + number + R"(,\"name\":\"Zo\u00eb\"}",)";
    out += R"("available":true,"date_created":"2026-03-02T09:15:04Z","date_status_changed":"2026-03-02T09:15:11Z",)";
    out +=
        R"("date_updated":"2026-03-02T09:15:11Z","friendly_name":"Worker )" + number + R"(","sid":")" + sid + R"(",)";
    out += R"("workspace_sid":"WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e","url":")" + url + R"(",)";
    out += R"("links":{"channels":")" + url + R"(/Channels","reservations":")" + url + R"(/Reservations"}})";
  }
  return out + "]}";
}

/// Reads a page with simdjson's ondemand. `text` is padded, as it wants it.
inline bool read_with_simdjson(simdjson::ondemand::parser& parser, const simdjson::padded_string& text,
                               std::vector<Worker>& out) {
  simdjson::ondemand::document document;
  simdjson::ondemand::array list;
  if (parser.iterate(text).get(document) || document["workers"].get_array().get(list)) return false;
  for (auto element : list) {
    Worker& worker = out.emplace_back();
    simdjson::ondemand::object object;
    if (element.get_object().get(object)) return false;
    for (auto field : object) {
      std::string_view key, value;
      if (field.unescaped_key().get(key)) return false;
      if (std::string* text_field = text_of(worker, key)) {
        if (field.value().get_string().get(value)) return false;
        *text_field = value;
      } else if (key == "available") {
        if (field.value().get_bool().get(worker.available)) return false;
      } else if (key == "links") {
        if (simdjson::to_json_string(field.value()).get(value)) return false;
        worker.links = value;
      }
    }
  }
  return true;
}

inline bool read_with_nlohmann_dom(const std::string& text, std::vector<Worker>& out) {
  const auto page = nlohmann::json::parse(text, nullptr, false);
  if (page.is_discarded()) return false;
  for (const auto& element : page.at("workers")) {
    Worker& worker = out.emplace_back();
    for (const auto& [key, value] : element.items()) {
      if (std::string* text_field = text_of(worker, key)) *text_field = value.get<std::string>();
    }
    worker.available = element.at("available").get<bool>();
    worker.links = element.at("links").dump();
  }
  return true;
}

/// Fills workers from nlohmann's events. Of `links` it keeps nothing: the events no longer have its text.
struct Events : nlohmann::json_sax<nlohmann::json> {
  explicit Events(std::vector<Worker>& list) : out{list} {}
  std::vector<Worker>& out;
  std::string last_key{};
  int depth{};

  bool in_worker() const { return depth == 3 && !out.empty(); }
  bool null() override { return true; }
  bool boolean(bool value) override {
    if (in_worker() && last_key == "available") out.back().available = value;
    return true;
  }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t& value) override {
    std::string* text_field = in_worker() ? text_of(out.back(), last_key) : nullptr;
    if (text_field != nullptr) *text_field = std::move(value);
    return true;
  }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override {
    if (++depth == 3) out.emplace_back();
    return true;
  }
  bool end_object() override { return --depth, true; }
  bool start_array(std::size_t) override { return ++depth, true; }
  bool end_array() override { return --depth, true; }
  bool key(string_t& value) override { return last_key = std::move(value), true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
};

inline bool read_with_nlohmann_sax(const std::string& text, std::vector<Worker>& out) {
  Events events{out};
  return nlohmann::json::sax_parse(text, &events);
}

}  // namespace workers_page
