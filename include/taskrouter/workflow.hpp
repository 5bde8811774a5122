#pragma once

// Workflow configurations and the expressions in them: read, written, checked, evaluated and explained.

#include "taskrouter/workflow/evaluate.hpp"
#include "taskrouter/workflow/expression.hpp"
#include "taskrouter/workflow/parse_expression.hpp"
