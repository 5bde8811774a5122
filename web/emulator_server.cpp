// taskrouter-emulator: the emulator behind a port of this machine, for programs in any language.

#include <httplib.h>
#include <pthread.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "taskrouter/emulator.hpp"

namespace {

using namespace taskrouter;

constexpr std::string_view usage = R"(usage: taskrouter-emulator [--port N]

Serves TaskRouter from memory on 127.0.0.1. Its clock is the wall clock; its SIDs and its auth token
are the same at every start.

  --port N   the port to listen on; 0, the default, lets the system pick one
  --help     says this
)";

struct Arguments {
  int port{};
  bool help{};
};

/// The arguments, or nullopt after saying on stderr what is wrong with them.
std::optional<Arguments> read_arguments(int count, char** texts) {
  Arguments arguments;
  const auto complain = [](std::string_view problem) {
    std::cerr << "taskrouter-emulator: " << problem << " (see --help)\n";
    return std::nullopt;
  };
  for (int i = 1; i < count; ++i) {
    const std::string_view text = texts[i];
    if (text == "--help") {
      arguments.help = true;
    } else if (text == "--port") {
      const std::string_view number = i + 1 < count ? texts[++i] : "";
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), arguments.port);
      if (error != std::errc{} || end != number.data() + number.size() || arguments.port < 0 ||
          arguments.port > 65535) {
        return complain("--port should be followed by a number from 0 to 65535");
      }
    } else {
      return complain("there is no argument '" + std::string{text} + '\'');
    }
  }
  return arguments;
}

/// An emulator that several threads can use and whose clock follows the wall clock.
class SharedEmulator {
 public:
  Response send(const Request& request) {
    const std::lock_guard lock{mutex_};
    follow_clock();
    Response response = *emulator_.send(request);
    print_callbacks();
    return response;
  }

  /// Does what has become due.
  void tick() {
    const std::lock_guard lock{mutex_};
    follow_clock();
    print_callbacks();
  }

  const Emulator::Story& story() const { return emulator_.story(); }

 private:
  using Milliseconds = std::chrono::milliseconds;

  static Emulator::Options options() {
    Emulator::Options options;
    options.start = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    return options;
  }

  void follow_clock() {
    const auto passed = std::chrono::floor<Milliseconds>(std::chrono::steady_clock::now() - last_);
    last_ += passed;
    emulator_.advance(passed);
  }

  /// Prints a line for each assignment callback: nobody is called.
  void print_callbacks() {
    for (const Emulator::AssignmentCallback& callback : emulator_.take_callbacks()) {
      std::string line{text(callback.request.method)};
      line.append(" ").append(callback.request.url).append(" {");
      const auto form = read_form(callback.request.body);
      for (const FormField& field : *form) {
        if (line.back() != '{') line.push_back(',');
        detail::write_json_string(line, field.name);
        line.push_back(':');
        detail::write_json_string(line, field.value);
      }
      std::cout << line << '}' << std::endl;
    }
  }

  std::mutex mutex_;
  Emulator emulator_{options()};
  std::chrono::steady_clock::time_point last_{std::chrono::steady_clock::now()};
};

void write(const Response& from, httplib::Response& to) {
  to.status = from.status;
  for (const Header& header : from.headers) {
    if (!same_header_name(header.name, "Content-Type")) to.set_header(header.name, header.value);
  }
  if (!from.body.empty()) to.set_content(from.body, "application/json");
}

/// Answers for a request that did not get as far as the emulator.
void write_error(int status, std::string_view message, httplib::Response& to) {
  write(emulator::error_response(emulator::refusal(status, 20001, std::string{message})), to);
}

/// The most bytes a body may have, after it was unpacked.
constexpr std::size_t body_limit = 1 << 20;

/// The request as the emulator takes it. The URLs in its answer name the host the client asked.
Request read(const httplib::Request& from, Method method) {
  const std::string host = from.get_header_value("Host");
  Request request{.method = method,
                  .url = "http://" + (host.empty() ? "127.0.0.1" : host) + from.target,
                  .headers = {},
                  .body = {}};
  for (const char* name : {"Authorization", "Content-Type", "If-Match"}) {
    if (from.has_header(name)) request.headers.add(name, from.get_header_value(name));
  }
  return request;
}

/// Reads the body, or answers false if it is too large. Left to itself the library would refuse forms
/// above 8 KiB, and wait for a body where no length is given.
bool read_body(const httplib::Request& from, const httplib::ContentReader& reader, std::string& body) {
  if (!from.has_header("Content-Length") && !from.has_header("Transfer-Encoding")) return true;
  const auto append = [&](const char* bytes, std::size_t size) {
    body.append(bytes, size);
    return body.size() <= body_limit;
  };
  // The emulator refuses such a form by its type; its parts only have to be out of the way.
  if (from.is_multipart_form_data()) return reader([](const httplib::MultipartFormData&) { return true; }, append);
  return reader(append);
}

void set_up(httplib::Server& server, SharedEmulator& emulator) {
  const auto forward = [&emulator](Method method) {
    return [&emulator, method](const httplib::Request& request, httplib::Response& response) {
      write(emulator.send(read(request, method)), response);
    };
  };
  const auto forward_with_body = [&emulator](Method method) {
    return [&emulator, method](const httplib::Request& from, httplib::Response& response,
                               const httplib::ContentReader& reader) {
      Request request = read(from, method);
      if (read_body(from, reader, request.body)) return write(emulator.send(request), response);
      write_error(413, "The body is larger than 1 MiB, or broken", response);
      response.set_header("Connection", "close");  // The rest of the body is still to come.
    };
  };
  const auto refuse = [](const httplib::Request&, httplib::Response& response, const httplib::ContentReader&) {
    write(emulator::error_response(emulator::refusal(405, 20004, "Method not allowed")), response);
    response.set_header("Connection", "close");  // Its body was not read.
  };
  const std::string everything = ".*";
  server.Get(everything, forward(Method::get));
  server.Post(everything, forward_with_body(Method::post));
  server.Delete(everything, forward_with_body(Method::delete_));
  server.Put(everything, refuse);
  server.Patch(everything, refuse);
  server.Options(everything, [](const httplib::Request&, httplib::Response& response) { response.status = 204; });
  server.set_default_headers({
      {"Access-Control-Allow-Origin", "*"},
      {"Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS"},
      {"Access-Control-Allow-Headers",
       "Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, "
       "Idempotency-Key"},
      {"Access-Control-Allow-Credentials", "true"},
      {"Access-Control-Expose-Headers", "ETag"},
  });
  server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (response.body.empty()) write_error(response.status, "The request can't be read", response);
  });
  server.set_payload_max_length(body_limit);
  server.set_keep_alive_max_count(1'000'000);
  server.set_keep_alive_timeout(1);  // Seconds. A stop waits for idle connections this long.
  server.set_tcp_nodelay(true);
  server.new_task_queue = [] { return new httplib::ThreadPool(64); };  // A connection keeps a thread.
  // The library's own options would let two servers share a port.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
}

void print_story(int port, const Emulator::Story& story) {
  std::cout << "taskrouter-emulator listens on http://127.0.0.1:" << port << '\n'
            << "TWILIO_ACCOUNT_SID=" << story.account_sid.text() << '\n'
            << "TWILIO_AUTH_TOKEN=" << story.auth_token << '\n'
            << "TWILIO_WORKSPACE_SID=" << story.workspace_sid.text() << '\n'
            << "TWILIO_WORKFLOW_SID=" << story.workflow_sid.text() << '\n'
            << "TWILIO_TASK_QUEUE_SID=" << story.task_queue_sid.text() << '\n'
            << "TWILIO_WORKER_SID=" << story.worker_sid.text() << '\n'
            << "TWILIO_OFFLINE_ACTIVITY_SID=" << story.activities.offline.text() << '\n'
            << "TWILIO_AVAILABLE_ACTIVITY_SID=" << story.activities.available.text() << '\n'
            << "TWILIO_RESERVED_ACTIVITY_SID=" << story.activities.reserved.text() << '\n'
            << "TWILIO_BUSY_ACTIVITY_SID=" << story.activities.busy.text() << std::endl;
}

/// Serves until SIGINT or SIGTERM comes, which all threads leave to this one.
void run(httplib::Server& server, SharedEmulator& emulator, const sigset_t& stop_signals) {
  std::thread listener{[&server] { server.listen_after_bind(); }};
  const timespec pause{.tv_sec = 0, .tv_nsec = 20'000'000};
  while (sigtimedwait(&stop_signals, nullptr, &pause) < 0) emulator.tick();
  server.stop();
  listener.join();
}

}  // namespace

int main(int argument_count, char** argument_texts) {
  const auto arguments = read_arguments(argument_count, argument_texts);
  if (!arguments) return 2;
  if (arguments->help) {
    std::cout << usage;
    return 0;
  }
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);

  SharedEmulator emulator;
  httplib::Server server;
  set_up(server, emulator);
  int port = arguments->port;
  if (port == 0) {
    port = server.bind_to_any_port("127.0.0.1");
  } else if (!server.bind_to_port("127.0.0.1", port)) {
    port = -1;
  }
  if (port < 0) {
    std::cerr << "taskrouter-emulator: can't listen on port " << arguments->port << ": is it in use?\n";
    return 1;
  }
  print_story(port, emulator.story());
  run(server, emulator, stop_signals);
  return 0;
}
