#pragma once

// The client and what an application has around it: webhooks, tokens, retries, logging, OAuth and asynchronous
// clients. Needs C++20 and its standard library, nothing else.

#include "taskrouter/async_client.hpp"
#include "taskrouter/async_logging.hpp"
#include "taskrouter/async_oauth.hpp"
#include "taskrouter/async_retry.hpp"
#include "taskrouter/awaitable_client.hpp"
#include "taskrouter/logging.hpp"
#include "taskrouter/oauth.hpp"
#include "taskrouter/retry.hpp"
#include "taskrouter/taskrouter.hpp"
#include "taskrouter/tokens.hpp"
#include "taskrouter/webhooks.hpp"
