#pragma once

#include <chrono>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/callbacks.hpp"
#include "taskrouter/emulator/dump.hpp"
#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/emulator/follow.hpp"
#include "taskrouter/emulator/serve.hpp"
#include "taskrouter/emulator/story.hpp"
#include "taskrouter/endpoint.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// TaskRouter in memory: a transport that answers as TaskRouter does, to try and to test programs with.
///
/// It begins with a story(). Its clock stands still until advance() moves it, and everything follows from
/// Options and the requests, answers and advances in their order: doing the same again gives the same
/// answers and the same dump(), on any machine. It takes requests for any host, and the URLs in its answers
/// name that host. Mistakes that TaskRouter overlooks, such as a parameter that does not exist, are
/// refused; a refused request changes nothing. All operations are there. Where Twilio does not say what
/// happens, the comment at the step in emulator/ does.
///
/// A task finds its worker, and a worker their next task, in logarithmic time: emulator/lines.hpp says
/// what costs what. Statistics, and lists with filters or an Ordering, look at all that they are about.
/// Not safe to share between threads.
///
/// It is a template so that a program of many files can compile it once, in a fraction of the time: compile
/// all of them with -DTASKROUTER_EMULATOR_ELSEWHERE, and write `template class taskrouter::BasicEmulator<>;`
/// in one.
template <class = void>
class BasicEmulator {
 public:
  using Options = emulator::Options;
  /// What it starts with.
  using Story = emulator::Story;
  /// A time on its clock.
  using Instant = emulator::Instant;
  /// A request to a workflow's assignment callback URL.
  using AssignmentCallback = emulator::AssignmentCallback;
  /// A request to a workspace's event callback URL.
  using EventCallback = emulator::EventCallback;

  BasicEmulator() : BasicEmulator{Options{}} {}
  explicit BasicEmulator(Options options) : options_{std::move(options)} { reset(); }
  BasicEmulator(const BasicEmulator&) = delete;
  BasicEmulator& operator=(const BasicEmulator&) = delete;

  /// Begins again: everything, the clock and the SIDs to come are as they were at first. Only a source
  /// of Options::random that keeps its state outside itself goes on from where it is. Whoever watches goes
  /// on watching.
  /// @pre not called by a watcher, nor by a function that takes callbacks
  void reset() {
    const emulator::Random seeded = emulator::SeededRandom{options_.seed};
    emulator::Watcher watcher = engine_ ? engine_->log().take_watcher() : nullptr;
    engine_ = std::make_unique<emulator::Engine>(options_.start, options_.random ? options_.random : seeded);
    engine_->log().watch(std::move(watcher));
    story_ = emulator::begin_story(*engine_, options_);
    authorization_ = detail::base64(std::string{story_.account_sid.text()} + ':' + story_.auth_token);
  }

  /// What it started with.
  const Story& story() const { return story_; }
  /// Those of the story's account: requests with others are refused.
  Credentials credentials() const { return {std::string{story_.account_sid.text()}, story_.auth_token}; }

  /// The answer to a request. What follows from it, such as a reservation, happens after the answer
  /// is made, as it does at TaskRouter: a new task is answered as pending. Never an Error.
  Result<Response> send(const Request& request) {
    const emulator::Incoming incoming{request};
    if (!is_authorized(request)) return emulator::error_response(emulator::refusal(401, 20003, "Authenticate"));
    Response response = emulator::serve({*engine_, incoming, headers_});
    settle();
    return response;
  }

  /// What its clock says.
  Instant now() const { return engine_->now(); }

  /// Moves the clock and does everything that is due on the way, each thing at its time.
  void advance(std::chrono::milliseconds time) {
    const Instant until = engine_->now() + time;
    while (engine_->step(until)) settle();
  }

  /// The assignment callbacks since they were last taken, oldest first, if Options::on_assignment is
  /// not set. At most 1,000 are kept.
  std::vector<AssignmentCallback> take_callbacks() {
    auto& callbacks = engine_->callbacks();
    std::vector<AssignmentCallback> taken{std::make_move_iterator(callbacks.begin()),
                                          std::make_move_iterator(callbacks.end())};
    callbacks.clear();
    for (AssignmentCallback& callback : taken) sign(callback);
    return taken;
  }

  /// Takes the answer to an assignment callback, which may come at any time: its instruction `accept`
  /// or `reject` is carried out, an empty body is none. Whatever can't be carried out leaves the
  /// reservation pending; the Error says why, with the code that Twilio's debugger would show.
  Result<Nothing> answer(ReservationSid reservation, const Response& response) {
    auto result = emulator::follow(*engine_, reservation, response);
    settle();
    return result;
  }

  /// Says that a reservation's callback could be sent neither to its URL nor to the fallback URL. The
  /// reservation is canceled, and the task waits again.
  Result<Nothing> give_up(ReservationSid reservation) {
    auto result = emulator::give_up(*engine_, reservation);
    settle();
    return result;
  }

  /// The event callbacks since they were last taken, oldest first, of those workspaces that have an
  /// EventCallbackUrl, if Options::on_event is not set. At most 1,000 are kept.
  std::vector<EventCallback> take_event_callbacks() {
    auto& callbacks = engine_->log().callbacks();
    std::vector<EventCallback> taken{std::make_move_iterator(callbacks.begin()),
                                     std::make_move_iterator(callbacks.end())};
    callbacks.clear();
    for (EventCallback& callback : taken) sign(callback.request);
    return taken;
  }

  /// Has every event shown to `watcher` as it happens, of whatever workspace; an empty one ends that.
  /// It may look at the emulator, and changes nothing.
  void watch(emulator::Watcher watcher) { engine_->log().watch(std::move(watcher)); }

  /// What it holds, to look at: emulator/records.hpp says what is there. The next request, or moving the
  /// clock, changes it.
  const emulator::Store& store() const { return engine_->store(); }

  /// Everything it holds, as JSON: equal for equal states.
  std::string dump() const { return emulator::dump(*engine_); }

 private:
  bool is_authorized(const Request& request) const {
    const std::string* header = request.headers.find("Authorization");
    constexpr std::string_view scheme = "Basic ";
    return header != nullptr && header->size() > scheme.size() &&
           same_header_name(std::string_view{*header}.substr(0, scheme.size()), scheme) &&
           std::string_view{*header}.substr(scheme.size()) == authorization_;
  }

  void sign(Request& callback) const { emulator::sign(callback, story_.auth_token, options_.hmac_sha1); }
  void sign(AssignmentCallback& callback) const {
    sign(callback.request);
    if (callback.fallback) sign(*callback.fallback);
  }

  /// Makes the reservations that are possible now and delivers their callbacks, until nothing follows
  /// any more. Whoever answers a callback may send requests meanwhile; what follows from those is done
  /// here as well, one after the other.
  void settle() {
    engine_->match();
    if (!options_.on_assignment) drop_oldest(engine_->callbacks());
    if (!options_.on_event) drop_oldest(engine_->log().callbacks());
    if (is_delivering_) return;
    const Delivery delivery{is_delivering_};
    do {
      while (waits_for_answer()) {
        AssignmentCallback callback = std::move(engine_->callbacks().front());
        engine_->callbacks().pop_front();
        sign(callback);
        deliver(callback);
        engine_->match();
      }
      while (options_.on_event && !engine_->log().callbacks().empty()) {
        for (const EventCallback& callback : take_event_callbacks()) options_.on_event(callback.request);
      }
    } while (waits_for_answer());
  }

  bool waits_for_answer() const { return options_.on_assignment && !engine_->callbacks().empty(); }

  template <class Callbacks>
  static void drop_oldest(Callbacks& callbacks) {
    while (callbacks.size() > emulator::callback_limit) callbacks.pop_front();
  }

  /// Sends a callback, to the fallback URL if it does not arrive.
  void deliver(const AssignmentCallback& callback) {
    Response answer = options_.on_assignment(callback.request);
    if (!emulator::has_arrived(answer) && callback.fallback) answer = options_.on_assignment(*callback.fallback);
    if (emulator::has_arrived(answer)) {
      (void)emulator::follow(*engine_, callback.reservation_sid, answer);
    } else {
      (void)emulator::give_up(*engine_, callback.reservation_sid);
    }
  }

  /// Says that callbacks are being delivered, also if the function that takes them throws.
  struct Delivery {
    explicit Delivery(bool& flag) : is_delivering{flag} { is_delivering = true; }
    ~Delivery() { is_delivering = false; }
    Delivery(const Delivery&) = delete;
    Delivery& operator=(const Delivery&) = delete;
    bool& is_delivering;
  };

  Options options_;
  std::unique_ptr<emulator::Engine> engine_{};
  Story story_{};
  std::string authorization_{};
  emulator::AnswerHeaders headers_{};
  bool is_delivering_{};
};

/// The emulator as programs use it.
using Emulator = BasicEmulator<>;

#ifdef TASKROUTER_EMULATOR_ELSEWHERE
extern template class BasicEmulator<>;
#endif

}  // namespace taskrouter
