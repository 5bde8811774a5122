#pragma once

namespace taskrouter {

/// Wipes and takes back all memory that was allocated. Nothing may still point there.
void forget_memory();

}  // namespace taskrouter
