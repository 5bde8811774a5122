#include "static_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "taskrouter/emulator/incoming.hpp"

namespace taskrouter::server {

namespace fs = std::filesystem;

namespace {

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".md", "text/plain; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".ts", "text/plain; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},
};

std::string type_of(const fs::path& file) {
  for (const auto& [ending, type] : types) {
    if (file.extension() == ending) return std::string{type};
  }
  return "application/octet-stream";
}

/// The path with its escapes resolved, or nothing if no file has such a name.
std::optional<std::string> decoded(std::string_view path) {
  std::string scratch;
  const std::string_view text = emulator::decode_segment(path, scratch);
  if (text.find_first_of(std::string_view{"\0\\", 2}) != std::string_view::npos) return std::nullopt;
  return std::string{text};
}

bool is_within(const fs::path& file, const fs::path& root) {
  const fs::path relative = file.lexically_relative(root);
  return !relative.empty() && *relative.begin() != "..";
}

/// Whether the client takes a coding of the content, such as `br`.
bool takes(const WebRequest& request, std::string_view coding) {
  const std::string* header = request.headers.find("Accept-Encoding");
  std::string_view rest = header == nullptr ? std::string_view{} : *header;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    if (one.substr(std::min(one.find_first_not_of(' '), one.size())) == coding) return true;
  }
  return false;
}

Response plain(int status, std::string text) {
  return {.status = status, .headers = {{"Content-Type", "text/plain; charset=utf-8"}}, .body = std::move(text)};
}

}  // namespace

std::string StaticFiles::open(const std::string& folder) {
  std::error_code error;
  root_ = fs::canonical(folder, error);
  if (error) return folder + ": " + error.message();
  return fs::is_directory(root_, error) ? "" : folder + ": is not a folder";
}

Response StaticFiles::answer(const WebRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    Response response = plain(405, "Method not allowed\n");
    response.headers.add("Allow", "GET, HEAD");
    return response;
  }
  const auto path = decoded(request.path());
  if (!path) return plain(404, "Not found\n");
  std::error_code error;
  fs::path file = fs::canonical(root_ / fs::path{*path}.relative_path(), error);
  if (error || !is_within(file, root_)) return plain(404, "Not found\n");
  if (fs::is_directory(file, error)) {
    if (!path->ends_with('/')) {
      Response response = plain(301, "Moved\n");
      // One slash at the beginning: with two it would be another host.
      const std::string_view name = request.path().substr(request.path().find_first_not_of('/'));
      response.headers.add("Location", '/' + std::string{name} + '/');
      return response;
    }
    file = fs::canonical(file / "index.html", error);
    if (error || !is_within(file, root_)) return plain(404, "Not found\n");
  }
  if (!fs::is_regular_file(file, error)) return plain(404, "Not found\n");  // To open a pipe would be to wait.
  Response response{.status = 200,
                    .headers = {{"Content-Type", type_of(file)},
                                {"Cache-Control", "no-cache"},
                                {"Vary", "Accept-Encoding"},
                                {"X-Content-Type-Options", "nosniff"}},
                    .body = {}};
  // The page's build leaves each file compressed beside itself. Documents go as they are: they are marked on the way.
  const bool is_document = file.extension() == ".html";
  for (const auto& [coding, ending] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
    const fs::path small = file.string() + ending;
    if (is_document || !takes(request, coding) || !fs::is_regular_file(fs::symlink_status(small, error))) continue;
    response.headers.add("Content-Encoding", coding);
    file = small;
    break;
  }
  std::ifstream in{file, std::ios::binary};
  if (!in) return plain(404, "Not found\n");
  response.body = std::string{std::istreambuf_iterator<char>{in}, {}};
  return response;
}

}  // namespace taskrouter::server
