#include "taskrouter/webhooks/instruction.hpp"

// A call has to have its TwiML.

taskrouter::webhooks::Instruction answer() {
#ifdef BAD
  return taskrouter::webhooks::Call{.from = "+15550100"};
#else
  return taskrouter::webhooks::Call{.from = "+15550100", .url = "https://example.com/twiml"};
#endif
}
