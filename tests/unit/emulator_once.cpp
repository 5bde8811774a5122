#include "taskrouter/emulator.hpp"

// Compiled here for every file that is compiled with TASKROUTER_EMULATOR_ELSEWHERE.
template class taskrouter::BasicEmulator<>;
