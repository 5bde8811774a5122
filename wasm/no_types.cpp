// The standard library's shared_ptr names the types of its counters for dynamic_cast, which nobody calls: nothing here
// is compiled with run-time types. Without these stand-ins 3 KB would come along.

extern "C" {
extern const void* const class_type_info[3] asm("_ZTVN10__cxxabiv117__class_type_infoE");
extern const void* const si_class_type_info[3] asm("_ZTVN10__cxxabiv120__si_class_type_infoE");
extern const void* const vmi_class_type_info[3] asm("_ZTVN10__cxxabiv121__vmi_class_type_infoE");
const void* const class_type_info[3] = {};
const void* const si_class_type_info[3] = {};
const void* const vmi_class_type_info[3] = {};
}
