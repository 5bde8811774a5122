#pragma once

#include <simdjson.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "records.hpp"

// Readers of TaskRouter's answers: by simdjson, and by nlohmann::json in its two ways, as programs do that use
// them. Each reads one record, or the list of records that a page holds under `key`.

namespace readers {

/// simdjson's ondemand. A text has room for SIMDJSON_PADDING more bytes, as it wants it.
class Simdjson {
 public:
  template <class Record>
  bool read(const std::string& text, Record& record) {
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    return !parser_.iterate(text).get(document) && !document.get_object().get(object) && read(object, record);
  }

  template <class Record>
  bool read_list(const std::string& text, std::string_view key, std::vector<Record>& list) {
    simdjson::ondemand::document document;
    simdjson::ondemand::array array;
    if (parser_.iterate(text).get(document) || document[key].get_array().get(array)) return false;
    for (auto element : array) {
      simdjson::ondemand::object object;
      if (element.get_object().get(object) || !read(object, list.emplace_back())) return false;
    }
    return true;
  }

 private:
  template <class Record>
  static bool read(simdjson::ondemand::object& object, Record& record) {
    for (auto field : object) {
      std::string_view key, text;
      simdjson::ondemand::value value;
      if (field.unescaped_key().get(key) || field.value().get(value)) return false;
      std::string* place = records::text_of(record, key);
      if (place == nullptr) continue;
      if (value.get_string().get(text) && simdjson::to_json_string(value).get(text)) return false;
      *place = text;
    }
    return true;
  }

  simdjson::ondemand::parser parser_{};
};

/// nlohmann::json's tree.
class NlohmannDom {
 public:
  template <class Record>
  bool read(const std::string& text, Record& record) {
    return read(nlohmann::json::parse(text, nullptr, false), record);
  }

  template <class Record>
  bool read_list(const std::string& text, std::string_view key, std::vector<Record>& list) {
    const auto page = nlohmann::json::parse(text, nullptr, false);
    if (!page.contains(key)) return false;
    for (const auto& element : page.at(key)) {
      if (!read(element, list.emplace_back())) return false;
    }
    return true;
  }

 private:
  template <class Record>
  static bool read(const nlohmann::json& object, Record& record) {
    if (!object.is_object()) return false;
    for (const auto& [key, value] : object.items()) {
      std::string* place = records::text_of(record, key);
      if (place != nullptr) *place = value.is_string() ? value.template get<std::string>() : value.dump();
    }
    return true;
  }
};

/// Fills records from nlohmann::json's events. It keeps nothing of a value that is an object: the events no
/// longer have its text.
template <class Record>
class NlohmannEvents : public nlohmann::json_sax<nlohmann::json> {
 public:
  /// Records are the objects that stand `level` deep.
  NlohmannEvents(int level, std::vector<Record>& list) : level_{level}, list_{list} {}

  bool null() override { return keep("null"); }
  bool boolean(bool value) override { return keep(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return keep(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return keep(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return keep(text); }
  bool string(string_t& value) override { return keep(std::move(value)); }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override {
    if (++depth_ == level_) list_.emplace_back();
    return true;
  }
  bool end_object() override { return --depth_, true; }
  bool start_array(std::size_t) override { return ++depth_, true; }
  bool end_array() override { return --depth_, true; }
  bool key(string_t& value) override { return key_ = std::move(value), true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  bool keep(std::string value) {
    if (depth_ != level_) return true;
    if (std::string* place = records::text_of(list_.back(), key_)) *place = std::move(value);
    return true;
  }

  int level_;
  std::vector<Record>& list_;
  std::string key_{};
  int depth_{};
};

/// nlohmann::json's events.
class NlohmannSax {
 public:
  template <class Record>
  bool read(const std::string& text, Record& record) {
    std::vector<Record> list;
    NlohmannEvents<Record> events{1, list};
    if (!nlohmann::json::sax_parse(text, &events) || list.size() != 1) return false;
    record = std::move(list.front());
    return true;
  }

  template <class Record>
  bool read_list(const std::string& text, std::string_view, std::vector<Record>& list) {
    NlohmannEvents<Record> events{3, list};
    return nlohmann::json::sax_parse(text, &events);
  }
};

}  // namespace readers
