#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <istream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// The comments of the library's headers, for those who read its types in another language.

namespace taskrouter {

/// What the headers say of structs and of their fields. It understands the house's own style, as clang-format
/// leaves it: a struct begins and ends at the margin, `///` stands before it and `///<` behind a field.
class Comments {
 public:
  /// Reads headers, one after the other.
  explicit Comments(std::istream& headers) {
    for (std::string line; std::getline(headers, line);) read(line);
  }

  /// What is said of a struct, named from within `taskrouter`: `tasks::Create`. Empty if nothing is.
  std::string_view of(const std::string& name) const {
    const auto found = structs_.find(name);
    return found == structs_.end() ? std::string_view{} : std::string_view{found->second.comment};
  }

  /// What is said of a struct's field, or of that of a struct inside it.
  std::string_view of(const std::string& name, std::string_view field) const {
    const auto found = structs_.find(name);
    if (found == structs_.end()) return {};
    for (const Member& member : found->second.members) {
      if (member.name == field || member.name == std::string{field} + '_') return member.comment;
    }
    for (const Member& member : found->second.members) {
      if (const std::string_view comment = of(member.type, field); !comment.empty()) return comment;
    }
    return {};
  }

 private:
  struct Member {
    std::string type{};
    std::string name{};
    std::string comment{};
  };
  struct Struct {
    std::string comment{};
    std::vector<Member> members{};
  };

  static bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

  /// Adds a line of a comment, with `joint` before it if it is not the first.
  static void append(std::string& comment, std::string_view line, char joint) {
    line.remove_prefix(line.starts_with(' ') ? 1 : 0);
    if (!comment.empty()) comment += joint;
    comment += line;
  }

  /// The namespaces around, but for `taskrouter`: `tasks::`.
  std::string scope() const {
    std::string all;
    for (const std::string& name : namespaces_) all += name + "::";
    return all.starts_with("taskrouter::") ? all.substr(12) : all;
  }

  void read(std::string_view line) {
    const std::string_view text = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    if (text.starts_with("///<")) {
      if (member_ != nullptr) append(member_->comment, text.substr(4), ' ');
      return;
    }
    member_ = nullptr;
    if (text.starts_with("///")) return append(comment_, text.substr(3), '\n');
    if (line.starts_with("namespace ")) {
      namespaces_.emplace_back(line.substr(10, line.find(" {") - 10));
    } else if (line.starts_with("}  // namespace")) {
      namespaces_.pop_back();
    } else if (line.starts_with("struct ") && line.find(" {") != line.npos) {
      struct_ = &structs_[scope() + std::string{line.substr(7, line.find(" {") - 7)}];
      struct_->comment = comment_;
    } else if (line.starts_with("};")) {
      struct_ = nullptr;
    } else if (struct_ != nullptr) {
      read_member(text);
    }
    comment_.clear();
  }

  /// `Type name{};  ///< Comment.` The type may stand on the line before, where there is no room.
  void read_member(std::string_view text) {
    std::string_view code = text.substr(0, text.find("  //"));
    code = code.substr(0, code.find_last_not_of(' ') + 1);
    if (!code.ends_with(';') || code.find('(') != code.npos) return;
    std::size_t end = std::min({code.find('{'), code.find(" = "), code.size() - 1});
    while (end > 0 && !is_name(code[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && is_name(code[begin - 1])) --begin;
    member_ = &struct_->members.emplace_back();
    member_->type = code.substr(0, code.find(' '));
    member_->name = code.substr(begin, end - begin);
    member_->comment = comment_;
    if (const std::size_t at = text.find("///<"); at != text.npos) append(member_->comment, text.substr(at + 4), ' ');
  }

  std::map<std::string, Struct> structs_{};
  std::vector<std::string> namespaces_{};
  std::string comment_{};  // The lines so far.
  Struct* struct_{};
  Member* member_{};
};

}  // namespace taskrouter
