#pragma once

#include <cstddef>
#include <deque>
#include <memory>

namespace taskrouter::emulator {

/// A queue that leaves its elements where they are, and allocates for many at once.
template <class T>
class BlockQueue {
 public:
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  T& operator[](std::size_t i) { return blocks_[(first_ + i) / block_size][(first_ + i) % block_size]; }
  const T& operator[](std::size_t i) const { return blocks_[(first_ + i) / block_size][(first_ + i) % block_size]; }
  const T& front() const { return (*this)[0]; }

  /// Adds an element at the end.
  T& add() {
    if (first_ + size_ == blocks_.size() * block_size) blocks_.push_back(std::make_unique<T[]>(block_size));
    return (*this)[size_++];
  }

  /// Removes the first element.
  /// @pre !empty()
  void pop_front() {
    (*this)[0] = T{};
    --size_;
    if (++first_ < block_size) return;
    blocks_.pop_front();
    first_ = 0;
  }

 private:
  static constexpr std::size_t block_size = 32;

  std::deque<std::unique_ptr<T[]>> blocks_{};
  std::size_t first_{};  // In the first block.
  std::size_t size_{};
};

}  // namespace taskrouter::emulator
