#include "taskrouter/emulator.hpp"

// Compiled here for all the tests.
template class taskrouter::BasicEmulator<>;
