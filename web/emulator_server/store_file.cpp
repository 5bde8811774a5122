#include "store_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>

#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"

namespace taskrouter::server {

namespace {

constexpr std::size_t checksum_size = 9;  // Eight digits and a blank.

std::string system_problem() { return std::strerror(errno); }

void write_line(std::string& line, const Change& change) {
  line.assign(checksum_size, ' ');
  detail::JsonWriter{line, detail::EmptyFields::leave_out}.write_structure(detail::fields_of<Change>, &change);
  std::uint32_t checksum = crc32(std::string_view{line}.substr(checksum_size));
  for (std::size_t digit = 8; digit-- > 0; checksum >>= 4) line[digit] = "0123456789abcdef"[checksum & 15];
  line.push_back('\n');
}

/// The change in a line, or what is wrong with it.
Result<Change> read_line(std::string_view line) {
  std::uint32_t checksum = 0;
  const char* const end = line.data() + checksum_size - 1;
  if (line.size() <= checksum_size || std::from_chars(line.data(), end, checksum, 16).ptr != end ||
      checksum != crc32(line.substr(checksum_size))) {
    return argument_error("", "its checksum does not fit: the file was damaged or is none of the emulator's");
  }
  return read_json<Change>(line.substr(checksum_size));
}

}  // namespace

std::string StoreFile::problem(const std::string& what) const { return path_ + ": " + what; }

void StoreFile::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

std::string StoreFile::open(const std::string& path, const std::function<std::string(const Change&)>& take) {
  path_ = path;
  descriptor_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  if (descriptor_ < 0 && errno == ENOENT) return begin();
  if (descriptor_ < 0) return problem(system_problem());
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) return problem("another taskrouter-emulator uses it");
  return read(take);
}

std::string StoreFile::read(const std::function<std::string(const Change&)>& take) {
  std::ifstream in{path_, std::ios::binary};
  std::string line;
  off_t size = 0;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (in.eof()) break;  // Its end is missing.
    const auto wrong = [&](const std::string& what) { return problem("line " + std::to_string(number) + ": " + what); };
    const auto change = read_line(line);
    if (!change) return wrong(change.error().message);
    if ((number == 1) != (change->kind == "start")) return wrong("is not where it belongs");
    if (const std::string what = take(*change); !what.empty()) return wrong(what);
    size += static_cast<off_t>(line.size()) + 1;
  }
  if (in.bad()) return problem("can't be read");
  if (size == 0 && lseek(descriptor_, 0, SEEK_END) == 0) return begin();
  if (size == 0) return problem("is none of the emulator's stores");
  if (ftruncate(descriptor_, size) != 0) return problem(system_problem());
  return "";
}

std::string StoreFile::begin() {
  const std::string beside = path_ + ".new";
  const int opened = ::open(beside.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (opened < 0) return beside + ": " + system_problem();
  if (flock(opened, LOCK_EX | LOCK_NB) != 0 || ftruncate(opened, 0) != 0) {
    ::close(opened);
    return beside + ": another taskrouter-emulator uses it";
  }
  close();
  descriptor_ = opened;
  is_new_ = true;
  return "";
}

std::string StoreFile::commit() {
  if (!std::exchange(is_new_, false)) return "";
  if (std::rename((path_ + ".new").c_str(), path_.c_str()) != 0) return problem(system_problem());
  return "";
}

std::string StoreFile::append(const Change& change) {
  write_line(line_, change);
  for (std::string_view rest = line_; !rest.empty();) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno != EINTR) return problem(system_problem());
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return "";
}

}  // namespace taskrouter::server
