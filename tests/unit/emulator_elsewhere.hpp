#pragma once

#include "taskrouter/emulator.hpp"

extern template class taskrouter::BasicEmulator<>;  // emulator_once.cpp compiles it for all the tests.
