// The memory of the modules that keep nothing from one call for the next. Allocations stand in a row that
// is wiped and taken back as a whole: nothing is freed one by one, and no auth token outlives its call.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include "text_abi.hpp"

extern "C" std::max_align_t __heap_base;  // Where the linker says that free memory begins.

namespace {

std::byte* const first = reinterpret_cast<std::byte*>(&__heap_base);
std::byte* next = first;

std::uintptr_t address(const std::byte* at) { return reinterpret_cast<std::uintptr_t>(at); }

}  // namespace

/// Ends a call. Nothing of it is left in memory.
TASKROUTER_EXPORT(clear) void clear() {
  taskrouter::text_abi::end_call();
  std::memset(first, 0, static_cast<std::size_t>(next - first));
  next = first;
}

void* operator new(std::size_t size) {
  constexpr std::size_t page = 65536, alignment = alignof(std::max_align_t);
  const std::size_t room = __builtin_wasm_memory_size(0) * page - address(next);
  if (size > room) {
    const std::size_t pages = (size - room + page - 1) / page;
    if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX) __builtin_trap();
  }
  std::byte* const memory = next;
  next += (size + alignment - 1) / alignment * alignment;
  return memory;
}

void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete[](void*) noexcept {}
void operator delete[](void*, std::size_t) noexcept {}
