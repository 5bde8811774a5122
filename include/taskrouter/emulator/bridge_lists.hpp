#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/bridge_params.hpp"
#include "taskrouter/emulator/bridge_payloads.hpp"
#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"
#include "taskrouter/page.hpp"

// Records by their SIDs, and lists of them, as the event bridge answers them.

namespace taskrouter::emulator {

/// A record as the bridge shows it.
struct BridgeFound {
  std::uint64_t sequence{};
  std::string payload{};  ///< JSON.
};

/// Finds records of a workspace, and those of a worker in it.
class BridgeFinder {
 public:
  /// @param worker whose channels are meant, or null
  BridgeFinder(const WorkspaceRecord& workspace, const WorkerRecord* worker, BridgeView view)
      : workspace_{workspace}, worker_{worker}, view_{view} {}

  /// The record of that SID, whatever it is of, or nullopt.
  std::optional<BridgeFound> find(std::string_view sid) const {
    const std::string_view letters = sid.substr(0, 2);
    if (letters == "WA") return found(workspace_.activities.find(sid), workspace_.sid, view_);
    if (letters == "WQ") return found(workspace_.task_queues.find(sid), workspace_.sid, view_);
    if (letters == "WK") return found(workspace_.workers.find(sid), view_);
    if (letters == "WT") return found(workspace_.tasks.find(sid), view_);
    if (letters == "WR") return found(workspace_.reservations.find(sid), view_);
    if (letters != "WC" || worker_ == nullptr) return std::nullopt;
    const auto own = std::find_if(worker_->channels.begin(), worker_->channels.end(),
                                  [&](const WorkerChannelRecord& one) { return one.sid.text() == sid; });
    return found(own == worker_->channels.end() ? nullptr : &*own, *worker_, view_);
  }

 private:
  template <class Record, class... View>
  static std::optional<BridgeFound> found(const Record* record, const View&... view) {
    if (record == nullptr) return std::nullopt;
    return BridgeFound{record->sequence, write_json(payload(*record, view...))};
  }

  const WorkspaceRecord& workspace_;
  const WorkerRecord* worker_;
  BridgeView view_;
};

/// The part of a list that is answered at once.
struct BridgePage {
  std::vector<std::string> contents{};  ///< Payloads.
  std::string after_sid{};              ///< Where the list goes on. Empty on the last page.
  std::string next_token{};             ///< Likewise, as the API's PageToken.
};

inline std::string write_page(const BridgePage& page) {
  const auto text_or_null = [](const std::string& text) { return text.empty() ? "null" : '"' + text + '"'; };
  std::string json{"{\"contents\":["};
  for (const std::string& payload : page.contents) json.append(json.back() == '[' ? "" : ",").append(payload);
  const std::string count = std::to_string(page.contents.size());
  json.append("],\"page\":0,\"total\":").append(count).append(",\"start\":0,\"end\":").append(count);
  json.append(",\"meta\":{\"list_key\":\"contents\"");
  if (!page.next_token.empty()) json.append(",\"next_token\":").append(text_or_null(page.next_token));
  json.append("},\"nextPage\":0,\"lastPage\":0,\"after_sid\":").append(text_or_null(page.after_sid));
  return json.append(",\"before_sid\":null}");
}

/// What the API's answers hold that the bridge looks for: of the lists at most one is there.
struct BridgeAnswer {
  struct Item {
    std::string sid{};
    TASKROUTER_FIELDS(sid)
  };

  std::string sid{};
  PageMeta meta{};
  std::vector<Item> activities{}, channels{}, task_queues{}, tasks{}, workers{};

  TASKROUTER_FIELDS(sid, meta, activities, channels, task_queues, tasks, workers)

  const std::vector<Item>& items() const {
    for (const auto* list : {&activities, &channels, &task_queues, &tasks}) {
      if (!list->empty()) return *list;
    }
    return workers;
  }
};

/// The page that an answer of the API is, in the bridge's words.
inline BridgePage page_of(const BridgeAnswer& answer, const BridgeFinder& finder) {
  BridgePage page;
  for (const BridgeAnswer::Item& item : answer.items()) {
    if (auto found = finder.find(item.sid)) page.contents.push_back(std::move(found->payload));
  }
  if (!answer.meta.next_page_url || page.contents.empty()) return page;
  constexpr std::string_view name = "PageToken=";
  const std::string& url = *answer.meta.next_page_url;
  page.after_sid = answer.items().back().sid;
  page.next_token = url.substr(std::min(url.find(name), url.size() - name.size()) + name.size());
  return page;
}

/// Turns the bridge's ways to ask for the next page into the API's: AfterSid names the last one seen.
inline std::optional<Error> translate_paging(BridgeParams& params, const BridgeFinder& finder) {
  const std::string after = params.take("AfterSid");
  const std::string token = params.take("NextToken");
  if (!token.empty()) {
    params.add("PageToken", token);
  } else if (!after.empty()) {
    const auto found = finder.find(after);
    if (!found) return invalid("AfterSid", "names nothing in this list");
    params.add("PageToken", page_token("PA", natural_key(found->sequence)));
  }
  return std::nullopt;
}

/// The reservations of a worker, oldest first. `Active` leaves out those that have ended.
inline Result<BridgePage> list_reservations(const WorkerRecord& worker, BridgeParams params, const BridgeView& view) {
  const std::string after = params.take("AfterSid"), size_text = params.take("PageSize");
  const bool only_active = says_yes(params.take("Active"));
  std::int64_t size = 50;
  std::from_chars(size_text.data(), size_text.data() + size_text.size(), size);
  if (size < 1 || size > 1000) return invalid("PageSize", "should be 1 to 1000");
  auto at = worker.reservations.begin();
  if (!after.empty()) {
    const ReservationRecord* last = worker.workspace->reservations.find(after);
    if (last == nullptr || last->worker != &worker) return invalid("AfterSid", "names nothing in this list");
    at = std::next(std::find(at, worker.reservations.end(), last));
  }
  BridgePage page;
  for (std::string_view last; at != worker.reservations.end(); ++at) {
    const ReservationRecord& reservation = **at;
    const bool is_active = reservation.status == ReservationStatus::pending ||
                           reservation.status == ReservationStatus::accepted ||
                           reservation.status == ReservationStatus::wrapping;
    if (only_active && !is_active) continue;
    if (static_cast<std::int64_t>(page.contents.size()) == size) {
      page.after_sid = last;
      break;
    }
    page.contents.push_back(write_json(payload(reservation, view)));
    last = reservation.sid.text();
  }
  return page;
}

}  // namespace taskrouter::emulator
