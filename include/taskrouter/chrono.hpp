#pragma once

// The durations, clocks and time points of <chrono>. libstdc++ keeps them in a header of their own:
// the rest of its <chrono>, calendar, streams and all, would be a fifth of what including the client costs.
// Include <chrono> beside this for that rest.

#if __has_include(<bits/chrono.h>)
#include <bits/chrono.h>
#else
#include <chrono>  // Other libraries have it in one piece.
#endif
