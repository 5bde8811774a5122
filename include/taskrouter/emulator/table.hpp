#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/borrowed.hpp"
#include "taskrouter/emulator/options.hpp"
#include "taskrouter/emulator/sid_index.hpp"

namespace taskrouter::emulator {

/// How long a removed record can still be pointed at: as long as events are kept, and tasks can last.
inline constexpr std::chrono::hours buried_limit{24 * (30 + 14 + 2)};

/// Where records lie, in the order of their creation. The same code for records of all types.
///
/// Adding takes constant time, finding by place takes the logarithm of the number of records, and so does
/// removing on average.
class Places {
 public:
  std::size_t size() const { return size_; }

  /// Adds a record at the end, and answers its place.
  std::uint64_t add(void* record) {
    in_order_.push_back({++last_, record});
    ++size_;
    return last_;
  }

  /// Whether there is a record at a place.
  bool has(std::uint64_t place) const {
    const std::size_t i = from(place);
    return i < in_order_.size() && in_order_[i].place == place && in_order_[i].record != nullptr;
  }

  void remove(std::uint64_t place) {
    in_order_[from(place)].record = nullptr;
    if (in_order_.size() < 2 * --size_ + 32) return;
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
  std::size_t size_{};
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

  /// A new record whose SID has those digits, the last of all.
  /// @pre no record has them
  Record& add(const SidDigits& digits) {
    auto record = std::make_unique<Record>();
    record->sequence = places_.add(record.get());
    record->digits = digits;
    record->sid = digits.as<decltype(Record::sid)>();
    by_sid_.add(digits, record.get());
    return *record.release();
  }

  /// The record of that SID, or null.
  Record* find(std::string_view sid) { return const_cast<Record*>(std::as_const(*this).find(sid)); }
  const Record* find(std::string_view sid) const {
    const auto* found = static_cast<const Record*>(by_sid_.find(SidDigits{sid}));
    return found != nullptr && found->sid.text() == sid ? found : nullptr;
  }
  /// Whether a record has those digits.
  bool has(const SidDigits& digits) const { return by_sid_.find(digits) != nullptr; }

  /// Whether a record is still in the table: it may have been buried.
  bool has(const Record* record) const { return record != nullptr && places_.has(record->sequence); }

  void remove(Record& record) {
    take_out(record);
    delete &record;
  }

  /// Takes a record out of the table, and leaves it where it is for those who still point at it.
  void bury(Record& record, Instant now) {
    const auto kept = std::find_if(buried_.begin(), buried_.end(),
                                   [now](const auto& one) { return one.first + buried_limit >= now; });
    buried_.erase(buried_.begin(), kept);
    take_out(record);
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
  void take_out(const Record& record) {
    by_sid_.remove(record.digits);
    places_.remove(record.sequence);
  }

  Places places_{};
  SidIndex by_sid_{};
  std::vector<std::pair<Instant, std::unique_ptr<Record>>> buried_{};
};

}  // namespace taskrouter::emulator
