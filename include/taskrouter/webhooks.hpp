#pragma once

// What TaskRouter calls a program with, and how it is answered. Standard library only.

#include "taskrouter/webhooks/assignment.hpp"
#include "taskrouter/webhooks/event.hpp"
#include "taskrouter/webhooks/handle.hpp"
#include "taskrouter/webhooks/instruction.hpp"
#include "taskrouter/webhooks/signature.hpp"
