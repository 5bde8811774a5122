#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "taskrouter/field_names.hpp"
#include "taskrouter/for_each.hpp"
#include "taskrouter/open_enum.hpp"
#include "taskrouter/sid.hpp"
#include "taskrouter/timestamp.hpp"

/// Names a struct's fields, once. Everything that reads or writes the struct goes by this list. An answer's stand in
/// the order in which Twilio writes them: the reader then finds each at once.
#define TASKROUTER_FIELDS(...)                                                                                 \
  template <class Self>                                                                                        \
  static constexpr auto described() {                                                                          \
    return ::std::to_array<::taskrouter::detail::Field>({TASKROUTER_FOR_EACH(TASKROUTER_FIELD, __VA_ARGS__)}); \
  }
#define TASKROUTER_FIELD(name)                                        \
  ::taskrouter::detail::Field{::taskrouter::detail::json_name(#name), \
                              &::taskrouter::detail::TypeOf<decltype(Self::name)>::value, offsetof(Self, name)},

namespace taskrouter {

/// JSON that travels inside a string: `attributes` and `configuration`. In a request it must be
/// valid JSON.
struct JsonText {
  std::string text{};  ///< As it stands, not parsed.
  friend bool operator==(const JsonText&, const JsonText&) = default;
};

/// A JSON value whose shape Twilio leaves open, as the text that arrived: `links`. Where it is known,
/// read_json() reads one: `read_json<WorkspaceRealTimeStatistics>(statistics.realtime.text)`.
struct JsonValue {
  std::string text{};  ///< As it stands, not parsed.
  friend bool operator==(const JsonValue&, const JsonValue&) = default;
};

/// A whole number that a request can only carry between `lowest` and `highest`.
template <std::int64_t lowest, std::int64_t highest = std::numeric_limits<std::int64_t>::max()>
class Integer {
 public:
  /// Any number: build() refuses one that is out of the range.
  constexpr Integer(std::int64_t value = 0) : value_{value} {}
  constexpr operator std::int64_t() const { return value_; }

 private:
  std::int64_t value_;
};

/// A struct whose fields are named by TASKROUTER_FIELDS.
template <class T>
concept Described = requires {
  T::template described<T>();
};

namespace detail {

struct FieldType;

/// Where an operation's field goes: into the path if the route names it, into a header or all of the body if it is
/// called so, else into the form of a POST or the query of a GET.
enum class Place : unsigned char { pair, path, if_match, body };

/// A field as the plain functions see it: a name, a type, and where it lies in its struct.
struct Field {
  std::string_view name;  ///< In C++ and in JSON: `worker_activity_sid`.
  const FieldType* type;
  std::uint16_t offset;
  Place place{};  ///< Set in the tables of operations.

  /// In a path, query or form: `WorkerActivitySid`.
  std::string wire_name() const { return detail::wire_name(name); }

  const void* in(const void* object) const { return static_cast<const char*>(object) + offset; }
  void* in(void* object) const { return static_cast<char*>(object) + offset; }
};

enum class FieldKind : unsigned char {
  text,        // std::string
  json_text,   // JsonText
  json_value,  // JsonValue
  sid,         // SidText, the base of every Sid
  open_enum,   // EnumText, the inside of every OpenEnum
  boolean,     // bool
  integer,     // std::int64_t, the inside of every Integer
  timestamp,   // std::optional<Timestamp>: Twilio leaves any time out
  structure,   // a Described struct
  optional,    // std::optional of one of the above: holds 0 or 1
  list,        // std::vector of one of the above
};

/// What the plain functions must know of a field's C++ type.
struct FieldType {
  FieldKind kind{};
  std::string_view prefix{};                  ///< sid: the two letters.
  std::span<const std::string_view> names{};  ///< open_enum: the enumerators.
  std::int64_t lowest{};                      ///< integer: what can be sent.
  std::int64_t highest{};                     ///< integer.
  std::span<const Field> fields{};            ///< structure.
  /// How many values there are.
  std::size_t (*count)(const void*) = [](const void*) -> std::size_t { return 1; };
  const FieldType* element{};  ///< optional and list: what they hold, and how to reach it.
  const void* (*at)(const void*, std::size_t){};
  void* (*add)(void*){};
  void (*clear)(void*){};
  void (*make)(void*){};  // An empty one in bare memory.
  void (*end)(void*){};
};

/// How text is read into fields. What TaskRouter wrote is read leniently: there may be names of no
/// field, SIDs and enumerators of a later day, and times in another form. What a caller wrote is read
/// strictly: there all of these are mistakes.
enum class Reading : unsigned char { lenient, strict };

template <class T>
struct IsSid : std::false_type {};
template <SidKind kind>
struct IsSid<Sid<kind>> : std::true_type {
  static constexpr std::string_view letters = prefix(kind);
};

template <class T>
struct IsOpenEnum : std::false_type {};
template <class E>
struct IsOpenEnum<OpenEnum<E>> : std::true_type {
  static_assert(sizeof(OpenEnum<E>) == sizeof(EnumText) && std::is_standard_layout_v<OpenEnum<E>>);
  using Enum = E;
};

template <class T>
struct IsInteger : std::false_type {};
template <std::int64_t low, std::int64_t high>
struct IsInteger<Integer<low, high>> : std::true_type {
  static_assert(sizeof(Integer<low, high>) == sizeof(std::int64_t) && std::is_standard_layout_v<Integer<low, high>>);
  static constexpr std::int64_t lowest = low, highest = high;
};
template <>
struct IsInteger<std::int64_t> : std::true_type {
  static constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  static constexpr auto highest = std::numeric_limits<std::int64_t>::max();
};

template <class T>
struct Holder {};  // Neither optional nor list.

template <class T>
struct Holder<std::optional<T>> {
  using Element = T;
  static constexpr FieldKind kind = FieldKind::optional;
  static std::size_t count(const void* p) { return static_cast<const std::optional<T>*>(p)->has_value(); }
  static const void* at(const void* p, std::size_t) { return &**static_cast<const std::optional<T>*>(p); }
  static void* add(void* p) { return &static_cast<std::optional<T>*>(p)->emplace(); }
  static void clear(void* p) { static_cast<std::optional<T>*>(p)->reset(); }
  static void make(void* p) { new (p) std::optional<T>{}; }
  static void end(void* p) { static_cast<std::optional<T>*>(p)->~optional(); }
};

template <class T>
struct Holder<std::vector<T>> {
  using Element = T;
  static constexpr FieldKind kind = FieldKind::list;
  static std::size_t count(const void* p) { return static_cast<const std::vector<T>*>(p)->size(); }
  static const void* at(const void* p, std::size_t i) { return &(*static_cast<const std::vector<T>*>(p))[i]; }
  static void* add(void* p) { return &static_cast<std::vector<T>*>(p)->emplace_back(); }
  static void clear(void* p) { static_cast<std::vector<T>*>(p)->clear(); }
  static void make(void* p) { new (p) std::vector<T>{}; }
  static void end(void* p) { static_cast<std::vector<T>*>(p)->~vector(); }
};

template <class T>
struct TypeOf;
template <class T>
struct FieldsOf;

template <class T>
consteval FieldType make_type() {
  if constexpr (std::is_same_v<T, std::optional<Timestamp>>) {
    return {.kind = FieldKind::timestamp, .count = Holder<T>::count};
  } else if constexpr (requires { typename Holder<T>::Element; }) {
    using H = Holder<T>;
    return {.kind = H::kind,
            .count = H::count,
            .element = &TypeOf<typename H::Element>::value,
            .at = H::at,
            .add = H::add,
            .clear = H::clear,
            .make = H::make,
            .end = H::end};
  } else if constexpr (IsSid<T>::value) {
    return {.kind = FieldKind::sid, .prefix = IsSid<T>::letters};
  } else if constexpr (IsOpenEnum<T>::value) {
    return {.kind = FieldKind::open_enum, .names = names_of<typename IsOpenEnum<T>::Enum>};
  } else if constexpr (Described<T>) {
    return {.kind = FieldKind::structure, .fields = FieldsOf<T>::table};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {.kind = FieldKind::text};
  } else if constexpr (std::is_same_v<T, JsonText>) {
    return {.kind = FieldKind::json_text};
  } else if constexpr (std::is_same_v<T, JsonValue>) {
    return {.kind = FieldKind::json_value};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {.kind = FieldKind::boolean};
  } else {
    static_assert(IsInteger<T>::value, "a described field has a type that is not known");
    return {.kind = FieldKind::integer, .lowest = IsInteger<T>::lowest, .highest = IsInteger<T>::highest};
  }
}

template <class T>
struct TypeOf {
  static constexpr FieldType value = make_type<T>();
};

/// A struct inside an operation stands for its fields: they are the operation's own on the wire.
template <class T>
constexpr bool splices(const Field& field) {
  return field.type->kind == FieldKind::structure && requires { T::route; };
}

/// Marks where the fields of an operation go. A name of its path that is not found, in the fields' order, marks none.
consteval void set_places(std::string_view path, std::span<Field> fields) {
  for (Field& field : fields) {
    const std::size_t open = path.find('{'), close = path.find('}');
    if (open != std::string_view::npos && is_wire_name(path.substr(open + 1, close - open - 1), field.name)) {
      field.place = Place::path;
      path.remove_prefix(close + 1);
    } else if (field.name == "if_match") {
      field.place = Place::if_match;
    } else if (field.name == "body") {
      field.place = Place::body;
    }
  }
}

template <class T>
consteval auto flat_fields() {
  constexpr auto own = T::template described<T>();
  constexpr std::size_t size = [&] {
    std::size_t total = 0;
    for (const Field& field : own) total += splices<T>(field) ? field.type->fields.size() : 1;
    return total;
  }();
  std::array<Field, size> flat{};
  std::size_t next = 0;
  for (const Field& field : own) {
    if (!splices<T>(field)) {
      flat[next++] = field;
      continue;
    }
    for (Field inner : field.type->fields) {
      inner.offset = static_cast<std::uint16_t>(inner.offset + field.offset);
      flat[next++] = inner;
    }
  }
  if constexpr (requires { T::route; }) set_places(T::route.path, flat);
  return flat;
}

template <class T>
struct FieldsOf {
  static constexpr auto table = flat_fields<T>();
};

/// The table of a Described struct's fields.
template <Described T>
inline constexpr std::span<const Field> fields_of = FieldsOf<T>::table;

}  // namespace detail
}  // namespace taskrouter
