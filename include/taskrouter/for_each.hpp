#pragma once

/// TASKROUTER_FOR_EACH(m, a, b, c) is `m(a) m(b) m(c)`, for up to 84 arguments.
///
/// A macro can't name itself, so every step leaves the name of the next one behind, and each
/// rescan by TASKROUTER_RESCAN takes one step more.
#define TASKROUTER_FOR_EACH(macro, ...) __VA_OPT__(TASKROUTER_RESCAN(TASKROUTER_STEP(macro, __VA_ARGS__)))
#define TASKROUTER_STEP(macro, first, ...) \
  macro(first) __VA_OPT__(TASKROUTER_NEXT TASKROUTER_PARENTHESES(macro, __VA_ARGS__))
#define TASKROUTER_NEXT() TASKROUTER_STEP
#define TASKROUTER_PARENTHESES ()
#define TASKROUTER_RESCAN(...) \
  TASKROUTER_RESCAN_16(TASKROUTER_RESCAN_16(TASKROUTER_RESCAN_16(TASKROUTER_RESCAN_16(__VA_ARGS__))))
#define TASKROUTER_RESCAN_16(...) \
  TASKROUTER_RESCAN_4(TASKROUTER_RESCAN_4(TASKROUTER_RESCAN_4(TASKROUTER_RESCAN_4(__VA_ARGS__))))
#define TASKROUTER_RESCAN_4(...) \
  TASKROUTER_RESCAN_1(TASKROUTER_RESCAN_1(TASKROUTER_RESCAN_1(TASKROUTER_RESCAN_1(__VA_ARGS__))))
#define TASKROUTER_RESCAN_1(...) __VA_ARGS__
