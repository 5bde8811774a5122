#pragma once

#include <string>
#include <string_view>
#include <utility>

// TaskRouter's answers as a program keeps them that has no library for it: structs of text. What is no text in
// JSON, a number or an object, is kept as the JSON that it was.

namespace records {

/// The name of a record's text in JSON.
template <class Record>
using Name = std::pair<std::string_view, std::string Record::*>;

struct Reservation {
  std::string account_sid, date_created, date_updated, links, reservation_status, sid, task_sid, url, worker_name,
      worker_sid, workspace_sid;

  static constexpr Name<Reservation> names[]{{"account_sid", &Reservation::account_sid},
                                             {"date_created", &Reservation::date_created},
                                             {"date_updated", &Reservation::date_updated},
                                             {"links", &Reservation::links},
                                             {"reservation_status", &Reservation::reservation_status},
                                             {"sid", &Reservation::sid},
                                             {"task_sid", &Reservation::task_sid},
                                             {"url", &Reservation::url},
                                             {"worker_name", &Reservation::worker_name},
                                             {"worker_sid", &Reservation::worker_sid},
                                             {"workspace_sid", &Reservation::workspace_sid}};
};

struct Task {
  std::string account_sid, addons, age, assignment_status, attributes, date_created, date_updated, ignore_capacity,
      links, priority, reason, routing_target, sid, task_channel_sid, task_channel_unique_name, task_queue_entered_date,
      task_queue_friendly_name, task_queue_sid, timeout, url, virtual_start_time, workflow_friendly_name, workflow_sid,
      workspace_sid;

  static constexpr Name<Task> names[]{{"account_sid", &Task::account_sid},
                                      {"addons", &Task::addons},
                                      {"age", &Task::age},
                                      {"assignment_status", &Task::assignment_status},
                                      {"attributes", &Task::attributes},
                                      {"date_created", &Task::date_created},
                                      {"date_updated", &Task::date_updated},
                                      {"ignore_capacity", &Task::ignore_capacity},
                                      {"links", &Task::links},
                                      {"priority", &Task::priority},
                                      {"reason", &Task::reason},
                                      {"routing_target", &Task::routing_target},
                                      {"sid", &Task::sid},
                                      {"task_channel_sid", &Task::task_channel_sid},
                                      {"task_channel_unique_name", &Task::task_channel_unique_name},
                                      {"task_queue_entered_date", &Task::task_queue_entered_date},
                                      {"task_queue_friendly_name", &Task::task_queue_friendly_name},
                                      {"task_queue_sid", &Task::task_queue_sid},
                                      {"timeout", &Task::timeout},
                                      {"url", &Task::url},
                                      {"virtual_start_time", &Task::virtual_start_time},
                                      {"workflow_friendly_name", &Task::workflow_friendly_name},
                                      {"workflow_sid", &Task::workflow_sid},
                                      {"workspace_sid", &Task::workspace_sid}};
};

struct Worker {
  std::string account_sid, activity_name, activity_sid, attributes, available, date_created, date_status_changed,
      date_updated, friendly_name, links, sid, url, workspace_sid;

  static constexpr Name<Worker> names[]{{"account_sid", &Worker::account_sid},
                                        {"activity_name", &Worker::activity_name},
                                        {"activity_sid", &Worker::activity_sid},
                                        {"attributes", &Worker::attributes},
                                        {"available", &Worker::available},
                                        {"date_created", &Worker::date_created},
                                        {"date_status_changed", &Worker::date_status_changed},
                                        {"date_updated", &Worker::date_updated},
                                        {"friendly_name", &Worker::friendly_name},
                                        {"links", &Worker::links},
                                        {"sid", &Worker::sid},
                                        {"url", &Worker::url},
                                        {"workspace_sid", &Worker::workspace_sid}};
};

/// Where the text of that name is kept, or null.
template <class Record>
std::string* text_of(Record& record, std::string_view key) {
  for (const auto& [name, text] : Record::names) {
    if (name == key) return &(record.*text);
  }
  return nullptr;
}

}  // namespace records
