#pragma once

// The parts that need nlohmann/json (3.11 or later), and what stands on them.

#include "taskrouter/complete.hpp"
#include "taskrouter/emulator.hpp"
#include "taskrouter/emulator/scenario.hpp"
#include "taskrouter/json.hpp"
#include "taskrouter/workflow.hpp"
