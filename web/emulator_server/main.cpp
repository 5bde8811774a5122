// taskrouter-emulator: the emulator behind a port of this machine, for programs in any language.

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <iostream>
#include <string>
#include <utility>
#include <variant>

#include "arguments.hpp"
#include "callback_sender.hpp"
#include "log.hpp"
#include "running_emulator.hpp"
#include "site.hpp"
#include "web_server.hpp"

namespace taskrouter::server {
namespace {

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
void tick(RunningEmulator& emulator, boost::asio::steady_timer& timer) {
  timer.expires_after(tick_pause);
  timer.async_wait([&](boost::system::error_code error) {
    if (error) return;
    emulator.tick();
    tick(emulator, timer);
  });
}

int complain(const std::string& problem) {
  std::cerr << "taskrouter-emulator: " << problem << '\n';
  return 1;
}

/// Has callbacks sent, and their answers carried out.
void connect(RunningEmulator& emulator, CallbackSender& sender) {
  emulator.on_callback = [&](Callback callback) { sender.send(std::move(callback)); };
  sender.now = [&] { return emulator.core().now(); };
  sender.on_answer = [&](const std::string& sid, const Response& answer) { return emulator.answer(sid, answer); };
  sender.on_lost = [&](const std::string& sid) { emulator.give_up(sid); };
}

int run(const Arguments& arguments) {
  namespace asio = boost::asio;
  const Log log{arguments.log_level};
  asio::io_context context{1};
  RunningEmulator emulator{arguments.virtual_clock ? RunningEmulator::ClockKind::virtual_
                                                   : RunningEmulator::ClockKind::wall};
  CallbackSender sender{context, log};
  connect(emulator, sender);
  int exit_code = 0;
  emulator.on_broken_store = [&](const std::string& problem) {
    exit_code = complain(problem);
    context.stop();
  };
  if (!arguments.store.empty()) {
    if (const std::string problem = emulator.open(arguments.store); !problem.empty()) return complain(problem);
  }

  Site site{emulator};
  OnUpgrade on_upgrade;
  WebServer server{context, log, {}, [&](const WebRequest& request) { return site.answer(request); }, on_upgrade};
  if (const std::string problem = server.listen(arguments.bind, arguments.port); !problem.empty()) {
    return complain("can't listen on port " + std::to_string(arguments.port) + " of " + arguments.bind.to_string() +
                    ": " + problem);
  }
  if (const std::string problem = emulator.begin(); !problem.empty()) return complain(problem);

  asio::steady_timer timer{context};
  asio::signal_set signals{context, SIGINT, SIGTERM};
  signals.async_wait([&](boost::system::error_code, int) { context.stop(); });
  tick(emulator, timer);
  const std::string host = arguments.bind.is_v6() ? '[' + arguments.bind.to_string() + ']' : arguments.bind.to_string();
  print_story("http://" + host + ':' + std::to_string(server.port()), emulator);
  context.run();
  timer.cancel();
  server.stop();
  context.restart();
  context.run_for(stop_time);
  return exit_code;
}

}  // namespace
}  // namespace taskrouter::server

int main(int count, char** texts) {
  using namespace taskrouter::server;
  std::signal(SIGPIPE, SIG_IGN);
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
  return run(arguments);
}
