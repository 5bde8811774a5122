#pragma once

// Tokens that a server hands to browsers, so that they need no secret.

#include "taskrouter/tokens/access_token.hpp"
#include "taskrouter/tokens/capability_token.hpp"
