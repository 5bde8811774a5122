#pragma once

// Workflow configurations and the expressions in them: read, written, checked, evaluated and explained.

#include "taskrouter/workflow/builder.hpp"
#include "taskrouter/workflow/check.hpp"
#include "taskrouter/workflow/check_expression.hpp"
#include "taskrouter/workflow/configuration.hpp"
#include "taskrouter/workflow/evaluate.hpp"
#include "taskrouter/workflow/explain.hpp"
#include "taskrouter/workflow/explain_routing.hpp"
#include "taskrouter/workflow/expression.hpp"
#include "taskrouter/workflow/order_by.hpp"
#include "taskrouter/workflow/parse_expression.hpp"
#include "taskrouter/workflow/print_expression.hpp"
#include "taskrouter/workflow/read_configuration.hpp"
#include "taskrouter/workflow/write_configuration.hpp"
