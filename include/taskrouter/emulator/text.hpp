#pragma once

#include <cstddef>
#include <new>
#include <string_view>
#include <utility>

namespace taskrouter::emulator {

/// Text that never changes and that several can hold, or none: a task's attributes, and those in its events.
/// It takes one allocation, and whoever holds it a pointer. Not safe to share between threads.
class Text {
 public:
  /// None.
  Text() = default;
  explicit Text(std::string_view text) : kept_{new (::operator new(sizeof(Kept) + text.size())) Kept{1, text.size()}} {
    text.copy(characters(), text.size());
  }
  /// The same text, shared.
  Text(const Text& other) : kept_{other.kept_} {
    if (kept_ != nullptr) ++kept_->owners;
  }
  Text(Text&& other) noexcept : kept_{std::exchange(other.kept_, nullptr)} {}
  Text& operator=(Text other) noexcept {
    std::swap(kept_, other.kept_);
    return *this;
  }
  ~Text() {
    if (kept_ != nullptr && --kept_->owners == 0) ::operator delete(kept_);
  }

  /// Whether there is one. An empty one is one.
  explicit operator bool() const { return kept_ != nullptr; }
  /// @pre there is one
  std::string_view operator*() const { return {characters(), kept_->size}; }

 private:
  struct Kept {  // The characters follow it.
    std::size_t owners;
    std::size_t size;
  };

  char* characters() const { return reinterpret_cast<char*>(kept_ + 1); }

  Kept* kept_{};
};

}  // namespace taskrouter::emulator
