#pragma once

namespace taskrouter::emulator {

template <class Signature>
class Borrowed;

/// A function that is called while it stands at its owner's: neither copied nor kept. What takes one
/// is compiled once, whatever functions it is given.
template <class Result, class... Arguments>
class Borrowed<Result(Arguments...)> {
 public:
  template <class Function>
  Borrowed(const Function& function)
      : function_{&function}, call_{[](const void* at, Arguments... arguments) -> Result {
          return (*static_cast<const Function*>(at))(arguments...);
        }} {}

  Result operator()(Arguments... arguments) const { return call_(function_, arguments...); }

 private:
  const void* function_;
  Result (*call_)(const void*, Arguments...);
};

}  // namespace taskrouter::emulator
