// Memory that holds nothing once it is freed, so that an auth token does not outlive its call. Every
// allocation of the module comes through here.

#include <malloc.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

void* operator new(std::size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}

void operator delete(void* memory) noexcept {
  if (memory == nullptr) return;
  std::memset(memory, 0, malloc_usable_size(memory));
  __asm__ volatile("" : : "r"(memory) : "memory");  // Else the compiler may leave the wiping out.
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete[](void* memory) noexcept { operator delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { operator delete(memory); }
