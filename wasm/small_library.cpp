// Stand-ins for parts of the standard library that are large and do little here.

#include <bit>
#include <cstddef>
#include <unordered_map>

// shared_ptr names the types of its counters for dynamic_cast, which nobody calls: nothing here is compiled with
// run-time types. The types would bring 3 KB along.
extern "C" {
extern const void* const class_type_info[3] asm("_ZTVN10__cxxabiv117__class_type_infoE");
extern const void* const si_class_type_info[3] asm("_ZTVN10__cxxabiv120__si_class_type_infoE");
extern const void* const vmi_class_type_info[3] asm("_ZTVN10__cxxabiv121__vmi_class_type_infoE");
const void* const class_type_info[3] = {};
const void* const si_class_type_info[3] = {};
const void* const vmi_class_type_info[3] = {};
}

/// How many buckets a hash table gets. libc++ takes a prime number from a table of 1 KB, but a power of two will do.
std::size_t std::__next_prime(std::size_t least) { return std::bit_ceil(least); }
