#include "taskrouter/webhooks/instruction.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "samples.hpp"
#include "taskrouter/operation.hpp"

using namespace taskrouter;
using namespace taskrouter::webhooks;

namespace {

/// One of each, with every key.
std::vector<Instruction> filled() {
  return {Accept{},
          samples::filled<Reject>(),
          samples::filled<Dequeue>(),
          samples::filled<Call>(),
          samples::filled<Redirect>(),
          samples::filled<Conference>()};
}

/// One of each, with no more than it must have.
std::vector<Instruction> bare() {
  return {Accept{},
          Reject{},
          Dequeue{},
          Call{.from = "+15550100", .url = "https://example.com/twiml"},
          Redirect{.call_sid = CallSid{samples::sid("CA")}, .url = "https://example.com/twiml"},
          Conference{}};
}

std::string json(const Instruction& instruction) { return write_instruction(instruction).value(); }

std::string form(const Instruction& instruction) {
  const auto update = reservations::update(samples::workspace, samples::task, samples::reservation, instruction);
  return build(update, samples::endpoint()).value().body;
}

/// The field an Error blames.
std::string blamed(const Instruction& instruction) {
  const auto written = write_instruction(instruction);
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == Error::Kind::argument);
  return written.error().field;
}

}  // namespace

TEST_CASE("an instruction is written as JSON with the keys that are set") {
  CHECK(json(Accept{}) == R"({"instruction":"accept"})");
  CHECK(json(Reject{}) == R"({"instruction":"reject"})");
  CHECK(json(Reject{.activity_sid = samples::activity}) ==
        R"({"instruction":"reject","activity_sid":"WA00000000000000000000000000000001"})");
  CHECK(json(Dequeue{.to = "client:joey",
                     .record = CallRecord::record_from_answer,
                     .timeout = 20,
                     .status_callback_events = {CallStatus::initiated, CallStatus::completed}}) ==
        R"({"instruction":"dequeue","to":"client:joey","record":"record-from-answer","timeout":20,)"
        R"("status_callback_events":"initiated,completed"})");
  CHECK(json(Call{.from = "+15550100", .url = "https://example.com/?a=\"b\"", .accept = true}) ==
        R"({"instruction":"call","from":"+15550100","url":"https://example.com/?a=\"b\"","accept":true})");
  CHECK(json(Redirect{.call_sid = CallSid{samples::sid("CA")}, .url = "https://example.com", .accept = false}) ==
        R"({"instruction":"redirect","call_sid":"CA00000000000000000000000000000001","url":"https://example.com",)"
        R"("accept":false})");
  CHECK(json(Conference{.beep = Beep::false_,
                        .wait_method = CallbackMethod::GET,
                        .max_participants = 2,
                        .conference_status_callback_event = {ConferenceEvent::start, ConferenceEvent::speaker},
                        .conference_record = ConferenceRecord::record_from_start}) ==
        R"({"instruction":"conference","beep":"false","wait_method":"GET","max_participants":2,)"
        R"("conference_status_callback_event":"start,speaker","conference_record":"record-from-start"})");
}

TEST_CASE("every key of every instruction is written, as JSON that others read") {
  for (const Instruction& instruction : filled()) {
    const auto read = nlohmann::json::parse(json(instruction));
    const auto any = detail::any_instruction(instruction);
    CHECK(read["instruction"] == std::string{name(instruction)});
    CHECK(read.size() == 1 + any.fields.size());
    for (const detail::Field& field : any.fields) CHECK(read.contains(field.name));
  }
  for (const Instruction& instruction : bare()) {
    const auto read = nlohmann::json::parse(json(instruction));
    CHECK(read.size() == (name(instruction) == "call" || name(instruction) == "redirect" ? 3 : 1));
  }
}

TEST_CASE("hostile text in an instruction stays text") {
  for (const std::string& text : samples::hostile_texts()) {
    const auto read = nlohmann::json::parse(json(Call{.from = text, .url = text}));
    CHECK(read == nlohmann::json{{"instruction", "call"}, {"from", text}, {"url", text}});
  }
}

TEST_CASE("what is missing or wrong in an instruction is named, and nothing is written") {
  CHECK(blamed(Call{.from = "", .url = "https://example.com"}) == "from");
  CHECK(blamed(Call{.from = "+15550100", .url = ""}) == "url");
  CHECK(blamed(Redirect{.call_sid = {}, .url = "https://example.com"}) == "call_sid");
  CHECK(blamed(Redirect{.call_sid = CallSid{"CA1"}, .url = "https://example.com"}) == "call_sid");
  CHECK(blamed(Redirect{.call_sid = CallSid{samples::sid("CA")}, .url = ""}) == "url");
  CHECK(blamed(Reject{.activity_sid = ActivitySid{"WT1"}}) == "activity_sid");
  CHECK(blamed(Dequeue{.to = "\xff"}) == "to");
  CHECK(blamed(Dequeue{.timeout = 1000}) == "timeout");
  CHECK(blamed(Dequeue{.timeout = -1}) == "timeout");
  CHECK(blamed(Dequeue{.record = OpenEnum<CallRecord>::from_text("always")}) == "record");
  CHECK(blamed(Dequeue{.status_callback_events = {OpenEnum<CallStatus>{}}}) == "status_callback_events");
  CHECK(blamed(Conference{.max_participants = 1}) == "max_participants");
  CHECK(blamed(Conference{.max_participants = 251}) == "max_participants");
  CHECK(write_instruction(Call{.from = "", .url = ""}).error().message == "call: from is missing");
}

TEST_CASE("by SIP the phone rings for 600 seconds at most") {
  CHECK(blamed(Dequeue{.to = "sip:alice@example.com", .timeout = 601}) == "timeout");
  CHECK(blamed(Call{.from = "a", .url = "b", .to = "sip:a", .timeout = 999}) == "timeout");
  CHECK(write_instruction(Dequeue{.to = "sip:alice@example.com", .timeout = 600}));
  CHECK(write_instruction(Dequeue{.to = "+15550100", .timeout = 999}));
  CHECK(write_instruction(Dequeue{.timeout = 999}));
}

TEST_CASE("an instruction by request is the update that says the same") {
  CHECK(form(Accept{}) == "ReservationStatus=accepted");
  CHECK(form(Reject{}) == "ReservationStatus=rejected");
  CHECK(form(Reject{.activity_sid = samples::activity}) ==
        "ReservationStatus=rejected&WorkerActivitySid=WA00000000000000000000000000000001");
  CHECK(form(Dequeue{.to = "client:joey", .status_callback_events = {CallStatus::ringing, CallStatus::answered}}) ==
        "Instruction=dequeue&DequeueTo=client%3Ajoey&DequeueStatusCallbackEvent=ringing"
        "&DequeueStatusCallbackEvent=answered");
  CHECK(form(Call{.from = "+15550100", .url = "https://example.com", .accept = true}) ==
        "Instruction=call&CallFrom=%2B15550100&CallUrl=https%3A%2F%2Fexample.com&CallAccept=true");
  CHECK(form(Redirect{.call_sid = CallSid{samples::sid("CA")}, .url = "https://example.com"}) ==
        "Instruction=redirect&RedirectCallSid=CA00000000000000000000000000000001"
        "&RedirectUrl=https%3A%2F%2Fexample.com");
  CHECK(form(Conference{.conference_trim = ConferenceTrim::do_not_trim, .sip_auth_password = "secret"}) ==
        "Instruction=conference&ConferenceTrim=do-not-trim&SipAuthPassword=secret");
}

TEST_CASE("every key of every instruction has its place in a request") {
  for (const Instruction& instruction : filled()) {
    const auto pairs = read_form(form(instruction)).value();
    const auto any = detail::any_instruction(instruction);
    std::size_t values = 1;
    for (const detail::Field& field : any.fields) {
      detail::for_each_value(field, any.object, [&](const detail::FieldType& type, const void* value) {
        ++values;
        const std::string text = detail::text_of(type, value);
        CHECK(std::any_of(pairs.begin(), pairs.end(), [&](const FormField& pair) { return pair.value == text; }));
      });
    }
    CHECK(pairs.size() == values);
  }
}

TEST_CASE("an update keeps what is wrong with an instruction, so that it is not sent") {
  const auto problem = [](const Instruction& instruction) {
    const auto update = reservations::update(samples::workspace, samples::task, samples::reservation, instruction);
    const auto request = build(update, samples::endpoint());
    REQUIRE_FALSE(request);
    return request.error().field;
  };
  CHECK(problem(Dequeue{.timeout = 1000}) == "dequeue_timeout");
  CHECK(problem(Redirect{.call_sid = CallSid{"CA1"}, .url = "https://example.com"}) == "redirect_call_sid");
  CHECK(problem(Conference{.wait_method = OpenEnum<CallbackMethod>::from_text("PUT")}) == "wait_method");
  CHECK(problem(Conference{.max_participants = 1}) == "max_participants");
}

TEST_CASE("an update is about the callback's reservation") {
  AssignmentCallback callback;
  callback.workspace_sid = samples::workspace;
  callback.task_sid = samples::task;
  callback.reservation_sid = samples::reservation;
  const auto update = reservations::update(callback, Accept{});
  CHECK(update.workspace_sid == samples::workspace);
  CHECK(update.task_sid == samples::task);
  CHECK(update.sid == samples::reservation);
}
