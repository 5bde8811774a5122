#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>

namespace taskrouter::emulator {

/// Records in the order of their creation, found by SID. A record stays where it is until it is
/// removed, so that others can point at it.
template <class Record>
class Table {
 public:
  /// A new record of that SID, the last of all.
  /// @pre no record has it
  template <class Sid>
  Record& add(Sid sid) {
    const std::uint64_t sequence = ++last_;
    Record& record = in_order_[sequence];
    record.sequence = sequence;
    record.sid = sid;
    by_sid_.emplace(record.sid.text(), &record);
    return record;
  }

  /// The record of that SID, or null.
  Record* find(std::string_view sid) {
    const auto at = by_sid_.find(sid);
    return at == by_sid_.end() ? nullptr : at->second;
  }
  const Record* find(std::string_view sid) const {
    const auto at = by_sid_.find(sid);
    return at == by_sid_.end() ? nullptr : at->second;
  }

  void remove(const Record& record) {
    by_sid_.erase(record.sid.text());
    in_order_.erase(record.sequence);
  }

  std::size_t size() const { return in_order_.size(); }

  /// Calls `visit(record)` for every record, oldest first.
  template <class Visit>
  void for_each(Visit visit) {
    for (auto& [sequence, record] : in_order_) visit(record);
  }
  template <class Visit>
  void for_each(Visit visit) const {
    for (const auto& [sequence, record] : in_order_) visit(record);
  }

  /// The first record that `matches`, or null.
  template <class Matches>
  const Record* find_if(Matches matches) const {
    for (const auto& [sequence, record] : in_order_) {
      if (matches(record)) return &record;
    }
    return nullptr;
  }

 private:
  std::map<std::uint64_t, Record> in_order_{};
  std::unordered_map<std::string_view, Record*> by_sid_{};  // The keys lie in the records.
  std::uint64_t last_{};
};

}  // namespace taskrouter::emulator
