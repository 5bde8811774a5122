#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"
#include "taskrouter/emulator/template.hpp"

// What requests about workspaces do.

namespace taskrouter::emulator {

/// Why a text can't be an EventsFilter, or nothing.
inline std::optional<Error> check_events_filter(const std::optional<std::string>& filter) {
  std::string_view rest = filter ? std::string_view{*filter} : std::string_view{};
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    const auto is_one = [&](std::string_view type) { return passes_filter(one, type); };
    if (one.find_first_not_of(' ') == std::string_view::npos ||
        std::none_of(event_type_names.begin(), event_type_names.end(), is_one)) {
      return invalid("EventsFilter", "should be types of events such as task.created, separated by commas");
    }
  }
  return std::nullopt;
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::Create& create) {
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (auto error = check_url("EventCallbackUrl", create.event_callback_url)) return *std::move(error);
  if (auto error = check_events_filter(create.events_filter)) return *std::move(error);
  const std::string_view kind = create.template_ ? std::string_view{*create.template_} : "NONE";
  if (kind != "NONE" && kind != "FIFO") return invalid("Template", "should be NONE or FIFO");

  Engine& engine = exchange.engine;
  WorkspaceRecord& workspace = engine.add(engine.store().workspaces);
  workspace.friendly_name = create.friendly_name;
  workspace.event_callback_url = create.event_callback_url.value_or("");
  workspace.events_filter = create.events_filter.value_or("");
  workspace.multi_task_enabled = create.multi_task_enabled.value_or(true);
  if (create.prioritize_queue_order) workspace.prioritize_queue_order = *create.prioritize_queue_order->known();
  engine.log().workspace(EventType::workspace_created, workspace);
  fill_workspace(engine, workspace);
  if (kind == "FIFO") add_first_queue(engine, workspace);
  return show(exchange, workspace);
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.sid);
  if (workspace == nullptr) return exchange.not_found();
  return show(exchange, *workspace);
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::List& list) {
  const auto belongs = [&](const WorkspaceRecord& workspace) {
    return !list.friendly_name || *list.friendly_name == workspace.friendly_name;
  };
  return list_table(
      exchange.incoming, Workspace::plural, list, exchange.engine.store().workspaces, Order{}, belongs,
      [view = exchange.view()](std::string& out, const WorkspaceRecord& workspace) { write(out, workspace, view); });
}

/// Twilio lets a workspace go back to single tasks only if there is another one that has them.
inline std::optional<Error> check_multi_tasking(const Exchange& exchange, const WorkspaceRecord& workspace,
                                                const std::optional<bool>& wanted) {
  if (!wanted || *wanted || !workspace.multi_task_enabled) return std::nullopt;
  const auto is_single = [](const WorkspaceRecord& other) { return !other.multi_task_enabled; };
  if (exchange.engine.store().workspaces.find_if(is_single) != nullptr) return std::nullopt;
  return invalid("MultiTaskEnabled", "can't be switched off where no other workspace has single tasks");
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  if (auto error = check_url("EventCallbackUrl", update.event_callback_url)) return *std::move(error);
  if (auto error = check_events_filter(update.events_filter)) return *std::move(error);
  if (auto error = check_multi_tasking(exchange, *workspace, update.multi_task_enabled)) return *std::move(error);
  ActivityRecord* default_activity = workspace->default_activity;
  if (update.default_activity_sid) default_activity = workspace->activities.find(update.default_activity_sid->text());
  if (default_activity == nullptr) return names_nothing("DefaultActivitySid");
  ActivityRecord* timeout_activity = workspace->timeout_activity;
  if (update.timeout_activity_sid) timeout_activity = workspace->activities.find(update.timeout_activity_sid->text());
  if (timeout_activity == nullptr) return names_nothing("TimeoutActivitySid");

  workspace->default_activity = default_activity;
  workspace->timeout_activity = timeout_activity;
  if (update.friendly_name) workspace->friendly_name = *update.friendly_name;
  if (update.event_callback_url) workspace->event_callback_url = *update.event_callback_url;
  if (update.events_filter) workspace->events_filter = *update.events_filter;
  if (update.prioritize_queue_order) workspace->prioritize_queue_order = *update.prioritize_queue_order->known();
  if (update.multi_task_enabled && *update.multi_task_enabled != workspace->multi_task_enabled) {
    workspace->multi_task_enabled = *update.multi_task_enabled;
    Lines lines{*workspace};
    workspace->workers.for_each([&](WorkerRecord& worker) { lines.refresh(worker); });
  }
  exchange.engine.touch(*workspace);
  exchange.engine.log().workspace(EventType::workspace_updated, *workspace);
  return show(exchange, *workspace);
}

inline Result<Answer> handle(const Exchange& exchange, const workspaces::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.sid);
  if (workspace == nullptr) return exchange.not_found();
  exchange.engine.remove(*workspace);
  return Answer{};
}

}  // namespace taskrouter::emulator
