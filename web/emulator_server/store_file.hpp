#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "change.hpp"

namespace taskrouter::server {

/// A file of changes that is only appended to: what was acknowledged survives the end of the process, however
/// that comes. (Not that of the machine: nothing is waited for but the system's own memory of the file.)
///
/// A line is a change: the CRC-32 of its JSON in eight hexadecimal digits, a blank, the JSON. A last line without
/// its end was being written when the process ended; it was not acknowledged and is cut off. Whatever else does
/// not fit is an error, for to go on would lose what stands behind it.
///
/// All functions answer an empty text, or what went wrong.
class StoreFile {
 public:
  StoreFile() = default;
  ~StoreFile() { close(); }
  StoreFile(const StoreFile&) = delete;
  StoreFile& operator=(const StoreFile&) = delete;

  /// Opens a file that is there and hands out its changes, or begins a new one.
  /// @param take answers what is wrong with a change, or an empty text
  std::string open(const std::string& path, const std::function<std::string(const Change&)>& take);

  /// Begins anew, in a file beside that one. It takes its place by commit().
  std::string begin();
  std::string commit();

  /// Appends a change. When this returns, the system has it.
  std::string append(const Change& change);

  bool is_open() const { return descriptor_ >= 0; }
  /// Whether it has been begun and not committed.
  bool is_new() const { return is_new_; }

 private:
  std::string read(const std::function<std::string(const Change&)>& take);
  std::string problem(const std::string& what) const;
  void close();

  std::string path_{};
  int descriptor_{-1};
  bool is_new_{};
  std::string line_{};
};

}  // namespace taskrouter::server
