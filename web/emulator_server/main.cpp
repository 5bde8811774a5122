// taskrouter-emulator: the emulator behind a port of this machine, for programs in any language.

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "admin.hpp"
#include "arguments.hpp"
#include "bridge_sockets.hpp"
#include "callback_sender.hpp"
#include "log.hpp"
#include "request_log.hpp"
#include "running_emulator.hpp"
#include "scenario_file.hpp"
#include "served_page.hpp"
#include "site.hpp"
#include "web_server.hpp"

namespace taskrouter::server {
namespace {

namespace asio = boost::asio;

/// How often the emulator looks whether something is due while nobody asks it anything.
constexpr std::chrono::milliseconds tick_pause{20};
/// How long connections have to take their answers after the server was told to stop.
constexpr std::chrono::seconds stop_time{2};

/// Says where it listens and what it holds, as settings that a shell or a `.env` file takes.
void print_story(const std::string& url, const RunningEmulator& emulator) {
  std::cout << "taskrouter-emulator listens on " << url << '\n';
  for (const auto& [name, value] : emulator.core().story()) {
    std::cout << "TWILIO_";
    for (const char c : name) std::cout << static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    std::cout << '=' << value << '\n';
  }
  std::cout << std::flush;
}

/// Lets the emulator do what is due, again and again.
void tick(RunningEmulator& emulator, asio::steady_timer& timer) {
  timer.expires_after(tick_pause);
  timer.async_wait([&](boost::system::error_code error) {
    if (error) return;
    emulator.tick();
    tick(emulator, timer);
  });
}

/// Has callbacks sent, and their answers carried out.
void connect(RunningEmulator& emulator, CallbackSender& sender) {
  emulator.on_callback = [&](Callback callback) { sender.send(std::move(callback)); };
  sender.now = [&] { return emulator.core().now(); };
  sender.on_answer = [&](const std::string& sid, const Response& answer) { return emulator.answer(sid, answer); };
  sender.on_lost = [&](const std::string& sid) { emulator.give_up(sid); };
}

/// Does the steps of a scenario.
std::string seed(RunningEmulator& emulator, std::string_view steps, const std::string& url) {
  ScenarioStage stage{.base_url = url,
                      .authorization = emulator.core().authorization(),
                      .send = [&](const Request& request) { return emulator.send(request); }};
  if (emulator.has_virtual_clock()) stage.advance = [&](std::int64_t time) { emulator.advance(time); };
  const auto story = emulator.core().story();
  return run_scenario(steps, Variables{story.begin(), story.end()}, stage);
}

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  return in.bad() || !in.is_open() ? std::nullopt : std::optional{std::move(text)};
}

std::string url_of(const Arguments& arguments, std::uint16_t port) {
  const std::string host = arguments.bind.to_string();
  return "http://" + (arguments.bind.is_v6() ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

/// Everything that runs, once its arguments are read.
class Program {
 public:
  explicit Program(const Arguments& arguments)
      : arguments_{arguments},
        log_{arguments.log_level},
        emulator_{arguments.virtual_clock ? RunningEmulator::ClockKind::virtual_ : RunningEmulator::ClockKind::wall} {}

  /// Gets ready to run. The answer is empty, or why that can't be.
  std::string prepare() {
    connect(emulator_, sender_);
    emulator_.on_broken_store = [this](const std::string& problem) {
      broken_ = problem;
      context_.stop();
    };
    if (!arguments_.ca_file.empty() && !read_file(arguments_.ca_file)) return arguments_.ca_file + ": can't be read";
    std::string problem = set_up_site();
    if (problem.empty() && !arguments_.store.empty()) problem = emulator_.open(arguments_.store);
    if (problem.empty()) problem = server_.listen(arguments_.bind, arguments_.port);
    if (problem.empty()) url_ = url_of(arguments_, server_.port());
    if (problem.empty()) problem = begin();
    return problem;
  }

  /// Runs until a signal comes. The answer is empty, or why it ended otherwise.
  std::string run() {
    asio::signal_set signals{context_, SIGINT, SIGTERM};
    signals.async_wait([this](boost::system::error_code error, int) {
      if (!error) context_.stop();
    });
    tick(emulator_, timer_);
    print_story(url_, emulator_);
    context_.run();
    timer_.cancel();
    signals.cancel();
    server_.stop();
    bridge_.stop();
    context_.restart();
    context_.run_for(stop_time);
    return broken_;
  }

 private:
  std::string set_up_site() {
    site_.mount(std::string{Admin::prefix}, [this](const WebRequest& request) { return admin_.answer(request); });
    site_.mount(BridgeSockets::path, [this](const WebRequest& request) { return bridge_.answer(request); });
    admin_.on_seed = [this](std::string_view steps) { return seed(emulator_, steps, url_); };
    admin_.on_reset = [this] { return reset(); };
    if (!arguments_.seed.empty()) {
      const auto text = read_file(arguments_.seed);
      if (!text) return arguments_.seed + ": can't be read";
      seed_ = *text;
    }
    if (arguments_.page.empty()) return "";
    site_.record(requests_);
    site_.set_page([this](const WebRequest& request) { return page_.answer(request); });
    return page_.open(arguments_.page);
  }

  std::string reset() {
    std::string problem = emulator_.reset();
    if (!problem.empty()) return problem;
    sender_.reset();
    requests_.clear();
    return begin();
  }

  std::string begin() {
    if (emulator_.is_new()) {
      const std::string problem = seed(emulator_, seed_, url_);
      if (!problem.empty()) return arguments_.seed + ": " + problem;
    }
    return emulator_.begin();
  }

  const Arguments& arguments_;
  Log log_;
  asio::io_context context_{1};
  RunningEmulator emulator_;
  CallbackSender sender_{context_, log_, arguments_.ca_file};
  RequestLog requests_{};
  Admin admin_{emulator_, sender_, requests_};
  ServedPage page_{};
  Site site_{emulator_};
  BridgeSockets bridge_{context_, emulator_, log_};
  WebServer server_{context_,
                    log_,
                    {.idle = arguments_.idle_time},
                    [this](const WebRequest& request) { return site_.answer(request); },
                    [this](Upgrade& upgrade) { return bridge_.upgrade(upgrade); }};
  asio::steady_timer timer_{context_};
  std::string seed_{};
  std::string url_{};
  std::string broken_{};
};

/// Has the system let it open a file for each connection and each callback at once.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::max(limit.rlim_cur, std::min<rlim_t>(limit.rlim_max, 4096));
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace
}  // namespace taskrouter::server

int main(int count, char** texts) {
  using namespace taskrouter::server;
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // A store that may not grow is an error, as one on a full disk is.
  const auto read = read_arguments(count, texts);
  if (const auto* problem = std::get_if<std::string>(&read)) {
    std::cerr << "taskrouter-emulator: " << *problem << " (see --help)\n";
    return 2;
  }
  const Arguments& arguments = std::get<Arguments>(read);
  if (arguments.help) {
    std::cout << usage;
    return 0;
  }
  raise_file_limit();
  Program program{arguments};
  std::string problem = program.prepare();
  if (problem.empty()) problem = program.run();
  if (problem.empty()) return 0;
  std::cerr << "taskrouter-emulator: " << problem << '\n';
  return 1;
}
