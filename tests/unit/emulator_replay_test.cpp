#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "emulator_fixture.hpp"

using namespace taskrouter;

namespace {

/// A request, or none where the clock moves.
struct Step {
  Request request{};
  std::chrono::milliseconds advance{};
};

/// What requests are made of: `{WT}` stands for the SID of some task. Many can't be granted.
constexpr std::pair<Method, std::string_view> requests[] = {
    {Method::post, "/Tasks|Priority={n}&Timeout={n}9&Attributes={\"kind\":{n}}"},
    {Method::post, "/Tasks|TaskChannel=chat"},
    {Method::post, "/Tasks|RoutingTarget={WK}"},
    {Method::post, "/Tasks|RoutingTarget={WQ}&IgnoreCapacity=true"},
    {Method::post, "/Tasks|Attributes={"},
    {Method::post, "/Tasks/{WT}|AssignmentStatus=completed&Reason=done"},
    {Method::post, "/Tasks/{WT}|AssignmentStatus=canceled&Reason=gone"},
    {Method::post, "/Tasks/{WT}|AssignmentStatus=wrapping"},
    {Method::post, "/Tasks/{WT}|Priority={n}&Attributes={\"kind\":{n},\"call_sid\":\"CA1\"}"},
    {Method::delete_, "/Tasks/{WT}|"},
    {Method::post, "/Tasks/{WT}/Reservations/{WR}|ReservationStatus=accepted"},
    {Method::post, "/Workers/{WK}/Reservations/{WR}|ReservationStatus=accepted"},
    {Method::post, "/Workers/{WK}/Reservations/{WR}|ReservationStatus=rejected&WorkerActivitySid={WA}"},
    {Method::post, "/Workers/{WK}/Reservations/{WR}|ReservationStatus=completed"},
    {Method::post, "/Workers/{WK}/Reservations/{WR}|Instruction=dequeue&DequeuePostWorkActivitySid={WA}"},
    {Method::post, "/Workers/{WK}/Reservations/{WR}|Instruction=call&CallFrom=1&CallUrl=https://x"},
    {Method::post, "/Workers|FriendlyName=W{n}&ActivitySid={WA}&Attributes={\"kind\":{n}}"},
    {Method::post, "/Workers/{WK}|ActivitySid={WA}"},
    {Method::post, "/Workers/{WK}|ActivitySid={WA}&RejectPendingReservations=true"},
    {Method::post, "/Workers/{WK}|FriendlyName=W{n}&Attributes={\"kind\":{n}}"},
    {Method::delete_, "/Workers/{WK}|"},
    {Method::post, "/Workers/{WK}/Channels/default|Capacity={n}"},
    {Method::post, "/Activities|FriendlyName=A&Available=true"},
    {Method::delete_, "/Activities/{WA}|"},
    {Method::post, "/TaskQueues|FriendlyName=Q&TargetWorkers=kind=={n}&MaxReservedWorkers=2"},
    {Method::post, "/TaskQueues/{WQ}|TaskOrder=LIFO&TargetWorkers=kind>{n}"},
    {Method::delete_, "/TaskQueues/{WQ}|"},
    {Method::post,
     "/Workflows/{WW}|ReEvaluateTasks=true&Configuration={\"task_routing\":{\"filters\":[{\"expression\":\"kind>{n}\","
     "\"targets\":[{\"queue\":\"{WQ}\",\"timeout\":{n}}]}],\"default_filter\":{\"queue\":\"{WQ}\"}}}"},
    {Method::post, "/Workflows|FriendlyName=F&Configuration={\"task_routing\":{}}"},
    {Method::post, "/Workflows/{WW}|TaskReservationTimeout={n}&AssignmentCallbackUrl=https://example.com/a"},
    {Method::delete_, "/Workflows/{WW}|"},
    {Method::post, "|MultiTaskEnabled=true&EventCallbackUrl=https://example.com/events"},
    {Method::post, "|DefaultActivitySid={WA}"},
    {Method::post, "/Tasks|Nonsense=1"},
    // Right at first, and wrong at the end.
    {Method::post, "/Tasks/{WT}|Priority={n}&Attributes={}&AssignmentStatus=wrapping"},
    {Method::post, "/Tasks/{WT}|Priority={n}&Reason=why&TaskChannel=fax"},
    {Method::post, "/Workers/{WK}|FriendlyName=X{n}&Attributes={}&ActivitySid={WQ}"},
    {Method::post, "/Workers/{WK}|FriendlyName=X{n}&RejectPendingReservations=true"},
    {Method::post, "/TaskQueues/{WQ}|FriendlyName=X{n}&TargetWorkers=a==1&MaxReservedWorkers=99"},
    {Method::post, "/TaskQueues/{WQ}|TaskOrder=LIFO&ReservationActivitySid={WA}0"},
    {Method::post, "/Workflows/{WW}|FriendlyName=X{n}&TaskReservationTimeout=1&Configuration={\"task_routing\":1}"},
    {Method::post, "/Workers/{WK}/Channels/default|Available=false&Capacity=-1"},
    {Method::post, "/Workers/{WK}/Reservations/{WR}|ReservationStatus=accepted&WorkerActivitySid={WA}"},
    {Method::post, "|FriendlyName=X{n}&EventsFilter=nonsense"},
    {Method::post, "/Workspaces|FriendlyName=X{n}"},
    {Method::get, "/Tasks|"},
    {Method::get, "/Workers/{WK}/Statistics|"},
};

class RandomSteps {
 public:
  explicit RandomSteps(unsigned seed, const Emulator& emulator)
      : random_{seed}, endpoint_{emulator.credentials()}, root_{emulator.story().workspace_sid.text()} {
    const auto& story = emulator.story();
    for (const std::string_view sid : {story.task_queue_sid.text(), story.workflow_sid.text(), story.worker_sid.text(),
                                       story.activities.available.text(), story.activities.offline.text()}) {
      known_[std::string{sid.substr(0, 2)}].emplace_back(sid);
    }
  }

  Step next() {
    if (pick(6) == 0) return {.request = {}, .advance = std::chrono::milliseconds{pick(40'000)}};
    const auto& [method, text] = requests[pick(std::size(requests))];
    const std::string path = fill(text.substr(0, text.find('|')));
    Step step{
        .request = {.method = method, .url = {}, .headers = endpoint_.headers(method == Method::post), .body = {}}};
    step.request.url = endpoint_.base_url() + "/v1/Workspaces/" + root_ + path;
    step.request.body = fill(text.substr(text.find('|') + 1));
    return step;
  }

  /// Notes the SIDs in an answer or a callback, to be used from then on.
  void learn(std::string_view text) {
    for (const std::string_view prefix : {"WT", "WR", "WK", "WA", "WQ", "WW"}) {
      for (std::size_t at = 0; (at = text.find(prefix, at)) != std::string_view::npos; ++at) {
        if (!is_sid(text.substr(at, 34), prefix)) continue;
        auto& sids = known_[std::string{prefix}];
        const std::string sid{text.substr(at, 34)};
        if (std::find(sids.begin(), sids.end(), sid) == sids.end()) sids.push_back(sid);
      }
    }
  }

 private:
  std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_); }

  std::string fill(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      if (text.substr(at, 3) == "{n}") {
        out += std::to_string(pick(5));
        at += 3;
      } else if (text[at] == '{' && at + 3 < text.size() && text[at + 3] == '}' && text[at + 1] == 'W') {
        const auto& sids = known_[std::string{text.substr(at + 1, 2)}];
        // Mostly the newest: the old ones are gone.
        if (!sids.empty()) out += sids[sids.size() - 1 - std::min(pick(4), sids.size() - 1)];
        at += 4;
      } else {
        out.push_back(text[at++]);
      }
    }
    return out;
  }

  std::mt19937 random_;
  Endpoint endpoint_;
  std::string root_;
  std::map<std::string, std::vector<std::string>> known_{};
};

/// What the emulator answers and announces on a step.
std::string take(Emulator& emulator, const Step& step) {
  std::string told;
  if (step.request.url.empty()) {
    emulator.advance(step.advance);
  } else {
    const Response response = emulator.send(step.request).value();
    told = std::to_string(response.status) + response.body;
  }
  for (const auto& callback : emulator.take_callbacks()) told += callback.request.body;
  for (const auto& callback : emulator.take_event_callbacks()) told += callback.request.body;
  return told;
}

}  // namespace

TEST_CASE("a refused request, whatever it is, leaves everything as it was") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Emulator emulator{{.seed = seed}};
    RandomSteps steps{seed, emulator};
    int granted = 0, refused = 0;
    std::string before = emulator.dump();
    for (int i = 0; i < 80; ++i) {
      const Step step = steps.next();
      CAPTURE(step.request.url);
      CAPTURE(step.request.body);
      const std::string told = take(emulator, step);
      const bool is_refused = told.starts_with('4');
      CHECK_FALSE(told.starts_with('5'));
      const std::string after = emulator.dump();
      const bool is_unchanged = after == before;
      if (is_refused) REQUIRE(is_unchanged);
      (is_refused ? refused : granted) += 1;
      before = after;
      steps.learn(told);
    }
    CHECK(granted > 20);
    CHECK(refused > 10);
  }
}

TEST_CASE("the same steps lead to the same answers and to the same state, also after a reset") {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::vector<Step> script;
    std::vector<std::string> told;
    Emulator first{{.seed = seed}}, second{{.seed = seed}};
    RandomSteps steps{seed, first};
    const std::string beginning = first.dump();
    for (int i = 0; i < 60; ++i) {
      script.push_back(steps.next());
      told.push_back(take(first, script.back()));
      steps.learn(told.back());
    }
    const std::string end = first.dump();
    for (std::size_t i = 0; i < script.size(); ++i) {
      const bool is_same = take(second, script[i]) == told[i];
      REQUIRE(is_same);
    }
    const bool is_same = second.dump() == end;
    CHECK(is_same);
    second.reset();
    const bool is_new = second.dump() == beginning;
    CHECK(is_new);
    for (const Step& step : script) take(second, step);
    const bool is_same_again = second.dump() == end;
    CHECK(is_same_again);
  }
}
