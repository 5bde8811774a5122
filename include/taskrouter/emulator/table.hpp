#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "taskrouter/emulator/options.hpp"

namespace taskrouter::emulator {

/// How long a removed record can still be pointed at: as long as events are kept, and tasks can last.
inline constexpr std::chrono::hours buried_limit{24 * (30 + 14 + 2)};

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
    Record& record = in_order_.try_emplace(in_order_.end(), sequence)->second;
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

  /// Whether a record is still in the table: it may have been buried.
  bool has(const Record* record) const { return record != nullptr && in_order_.count(record->sequence) > 0; }

  void remove(const Record& record) {
    by_sid_.erase(record.sid.text());
    in_order_.erase(record.sequence);
  }

  /// Takes a record out of the table, and leaves it where it is for those who still point at it.
  void bury(const Record& record, Instant now) {
    while (!buried_.empty() && buried_.front().first + buried_limit < now) buried_.pop_front();
    by_sid_.erase(record.sid.text());
    buried_.emplace_back(now, in_order_.extract(record.sequence));
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

  /// Calls `visit(record)` for the records after a sequence, oldest first, until it answers false.
  template <class Visit>
  void walk_up(std::uint64_t after, Visit visit) const {
    for (auto at = in_order_.upper_bound(after); at != in_order_.end() && visit(at->second);) ++at;
  }
  /// The same for the records before a sequence, newest first.
  template <class Visit>
  void walk_down(std::uint64_t before, Visit visit) const {
    for (auto at = in_order_.lower_bound(before); at != in_order_.begin() && visit((--at)->second);) {
    }
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
  using InOrder = std::map<std::uint64_t, Record>;

  InOrder in_order_{};
  std::unordered_map<std::string_view, Record*> by_sid_{};  // The keys lie in the records.
  std::deque<std::pair<Instant, typename InOrder::node_type>> buried_{};
  std::uint64_t last_{};
};

}  // namespace taskrouter::emulator
