#pragma once

/// TASKROUTER_FOR_EACH(m, a, b, c) is `m(a) m(b) m(c)`, for up to 112 arguments.
///
/// A macro can't name itself, so eight that name each other in a row do eight steps, the last one
/// leaves the name of the first behind, and each rescan goes round once more. Rescans cost compile
/// time, all the text so far each time: hence eight steps a round and not one.
#define TASKROUTER_FOR_EACH(macro, ...) __VA_OPT__(TASKROUTER_RESCANS(TASKROUTER_STEP_1(macro, __VA_ARGS__)))
#define TASKROUTER_STEP_1(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_2(macro, __VA_ARGS__))
#define TASKROUTER_STEP_2(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_3(macro, __VA_ARGS__))
#define TASKROUTER_STEP_3(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_4(macro, __VA_ARGS__))
#define TASKROUTER_STEP_4(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_5(macro, __VA_ARGS__))
#define TASKROUTER_STEP_5(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_6(macro, __VA_ARGS__))
#define TASKROUTER_STEP_6(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_7(macro, __VA_ARGS__))
#define TASKROUTER_STEP_7(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_8(macro, __VA_ARGS__))
#define TASKROUTER_STEP_8(macro, first, ...) \
  macro(first) __VA_OPT__(TASKROUTER_FIRST_STEP TASKROUTER_PARENTHESES(macro, __VA_ARGS__))
#define TASKROUTER_FIRST_STEP() TASKROUTER_STEP_1
#define TASKROUTER_PARENTHESES ()
#define TASKROUTER_RESCANS(...) TASKROUTER_RESCAN_3(TASKROUTER_RESCAN_3(TASKROUTER_RESCAN_3(__VA_ARGS__)))
#define TASKROUTER_RESCAN_3(...) TASKROUTER_RESCAN(TASKROUTER_RESCAN(TASKROUTER_RESCAN(__VA_ARGS__)))
#define TASKROUTER_RESCAN(...) __VA_ARGS__
