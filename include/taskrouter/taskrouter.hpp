#pragma once

// A client for Twilio TaskRouter. Needs C++20 and its standard library, nothing else.
// https://www.twilio.com/docs/taskrouter

#include "taskrouter/by_name.hpp"
#include "taskrouter/client.hpp"
#include "taskrouter/describe.hpp"
#include "taskrouter/endpoint.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/operations.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"
