#pragma once

#include "taskrouter/open_enum.hpp"

namespace taskrouter::webhooks {

/// What can happen in a workspace.
/// https://www.twilio.com/docs/taskrouter/api/event/reference
TASKROUTER_ENUM_AS(EventType, (activity_created, "activity.created"), (activity_updated, "activity.updated"),
                   (activity_deleted, "activity.deleted"), (reservation_created, "reservation.created"),
                   (reservation_accepted, "reservation.accepted"), (reservation_rejected, "reservation.rejected"),
                   (reservation_timeout, "reservation.timeout"), (reservation_canceled, "reservation.canceled"),
                   (reservation_rescinded, "reservation.rescinded"), (reservation_completed, "reservation.completed"),
                   (reservation_wrapup, "reservation.wrapup"), (reservation_failed, "reservation.failed"),
                   (task_created, "task.created"), (task_updated, "task.updated"), (task_canceled, "task.canceled"),
                   (task_wrapup, "task.wrapup"), (task_completed, "task.completed"), (task_deleted, "task.deleted"),
                   (task_system_deleted, "task.system-deleted"), (task_transfer_initiated, "task.transfer-initiated"),
                   (task_transfer_attempt_failed, "task.transfer-attempt-failed"),
                   (task_transfer_failed, "task.transfer-failed"), (task_transfer_canceled, "task.transfer-canceled"),
                   (task_transfer_completed, "task.transfer-completed"), (task_channel_created, "task-channel.created"),
                   (task_channel_updated, "task-channel.updated"), (task_channel_deleted, "task-channel.deleted"),
                   (task_queue_created, "task-queue.created"), (task_queue_deleted, "task-queue.deleted"),
                   (task_queue_entered, "task-queue.entered"), (task_queue_timeout, "task-queue.timeout"),
                   (task_queue_moved, "task-queue.moved"),
                   (task_queue_expression_updated, "task-queue.expression.updated"), (worker_created, "worker.created"),
                   (worker_activity_update, "worker.activity.update"),
                   (worker_attributes_update, "worker.attributes.update"),
                   (worker_capacity_update, "worker.capacity.update"),
                   (worker_channel_availability_update, "worker.channel.availability.update"),
                   (worker_deleted, "worker.deleted"), (workflow_created, "workflow.created"),
                   (workflow_updated, "workflow.updated"), (workflow_deleted, "workflow.deleted"),
                   (workflow_target_matched, "workflow.target-matched"), (workflow_entered, "workflow.entered"),
                   (workflow_timeout, "workflow.timeout"), (workflow_skipped, "workflow.skipped"),
                   (workspace_created, "workspace.created"), (workspace_updated, "workspace.updated"),
                   (workspace_deleted, "workspace.deleted"))

}  // namespace taskrouter::webhooks
