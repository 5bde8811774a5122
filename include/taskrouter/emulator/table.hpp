#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "taskrouter/emulator/borrowed.hpp"
#include "taskrouter/emulator/options.hpp"

namespace taskrouter::emulator {

/// How long a removed record can still be pointed at: as long as events are kept, and tasks can last.
inline constexpr std::chrono::hours buried_limit{24 * (30 + 14 + 2)};

/// Where records lie, by the order of their creation and by SID. The same code for records of all types.
///
/// Adding and finding by SID take constant time, finding by place takes the logarithm of the number of
/// records, and so does removing on average.
class Places {
 public:
  std::size_t size() const { return by_sid_.size(); }

  /// The place of the next record.
  std::uint64_t next() const { return last_ + 1; }

  void add(std::string_view sid, void* record) {
    by_sid_.emplace(sid, record);
    in_order_.push_back({++last_, record});
  }

  /// The record of that SID, or null.
  void* find(std::string_view sid) const {
    const auto at = by_sid_.find(sid);
    return at == by_sid_.end() ? nullptr : at->second;
  }

  /// Whether there is a record at a place.
  bool has(std::uint64_t place) const {
    const std::size_t i = from(place);
    return i < in_order_.size() && in_order_[i].place == place && in_order_[i].record != nullptr;
  }

  void remove(std::string_view sid, std::uint64_t place) {
    by_sid_.erase(sid);
    in_order_[from(place)].record = nullptr;
    if (in_order_.size() < 2 * by_sid_.size() + 32) return;
    in_order_.erase(std::remove_if(in_order_.begin(), in_order_.end(), [](const Entry& e) { return !e.record; }),
                    in_order_.end());
  }

  /// All records, oldest first; null where one was removed.
  std::size_t entries() const { return in_order_.size(); }
  void* record(std::size_t entry) const { return in_order_[entry].record; }

  /// Calls `visit(place, record)` for the records after a place, oldest first, until it answers false.
  void walk_up(std::uint64_t after, Borrowed<bool(std::uint64_t, void*)> visit) const {
    for (std::size_t i = from(after + 1); i < in_order_.size(); ++i) {
      if (in_order_[i].record != nullptr && !visit(in_order_[i].place, in_order_[i].record)) return;
    }
  }
  /// The same for the records before a place, newest first.
  void walk_down(std::uint64_t before, Borrowed<bool(std::uint64_t, void*)> visit) const {
    for (std::size_t i = from(before); i-- > 0;) {
      if (in_order_[i].record != nullptr && !visit(in_order_[i].place, in_order_[i].record)) return;
    }
  }

 private:
  struct Entry {
    std::uint64_t place;
    void* record;  // Null where it was removed, until such entries are the most.
  };

  /// The index of the first entry that is not before a place.
  std::size_t from(std::uint64_t place) const {
    const auto is_before = [](const Entry& entry, std::uint64_t other) { return entry.place < other; };
    return static_cast<std::size_t>(std::lower_bound(in_order_.begin(), in_order_.end(), place, is_before) -
                                    in_order_.begin());
  }

  std::vector<Entry> in_order_{};
  std::unordered_map<std::string_view, void*> by_sid_{};  // The keys lie in the records.
  std::uint64_t last_{};
};

/// Records of one type in the order of their creation, found by SID. A record stays where it is until it
/// is removed, so that others can point at it.
template <class Record>
class Table {
 public:
  Table() = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  ~Table() {
    for_each([](Record& record) { delete &record; });
  }

  /// A new record of that SID, the last of all.
  /// @pre no record has it
  template <class Sid>
  Record& add(Sid sid) {
    auto record = std::make_unique<Record>();
    record->sequence = places_.next();
    record->sid = sid;
    places_.add(record->sid.text(), record.get());
    return *record.release();
  }

  /// The record of that SID, or null.
  Record* find(std::string_view sid) { return static_cast<Record*>(places_.find(sid)); }
  const Record* find(std::string_view sid) const { return static_cast<const Record*>(places_.find(sid)); }

  /// Whether a record is still in the table: it may have been buried.
  bool has(const Record* record) const { return record != nullptr && places_.has(record->sequence); }

  void remove(Record& record) {
    places_.remove(record.sid.text(), record.sequence);
    delete &record;
  }

  /// Takes a record out of the table, and leaves it where it is for those who still point at it.
  void bury(Record& record, Instant now) {
    const auto kept = std::find_if(buried_.begin(), buried_.end(),
                                   [now](const auto& one) { return one.first + buried_limit >= now; });
    buried_.erase(buried_.begin(), kept);
    places_.remove(record.sid.text(), record.sequence);
    buried_.emplace_back(now, &record);
  }

  std::size_t size() const { return places_.size(); }
  const Places& places() const { return places_; }

  /// Calls `visit(record)` for every record, oldest first.
  template <class Visit>
  void for_each(Visit visit) {
    for (std::size_t i = 0; i < places_.entries(); ++i) {
      if (void* record = places_.record(i)) visit(*static_cast<Record*>(record));
    }
  }
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < places_.entries(); ++i) {
      if (const void* record = places_.record(i)) visit(*static_cast<const Record*>(record));
    }
  }

  /// The first record that `matches`, or null.
  template <class Matches>
  const Record* find_if(Matches matches) const {
    for (std::size_t i = 0; i < places_.entries(); ++i) {
      const auto* record = static_cast<const Record*>(places_.record(i));
      if (record != nullptr && matches(*record)) return record;
    }
    return nullptr;
  }

 private:
  Places places_{};
  std::vector<std::pair<Instant, std::unique_ptr<Record>>> buried_{};
};

}  // namespace taskrouter::emulator
