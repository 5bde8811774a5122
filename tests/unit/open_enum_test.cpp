#include "taskrouter/open_enum.hpp"

#include <doctest/doctest.h>

#include <string>

#include "taskrouter/operations.hpp"

using namespace taskrouter;

TEST_CASE("an open enum knows its enumerators by their text on the wire") {
  const auto status = OpenEnum<ReservationStatus>::from_text("accepted");
  CHECK(status == ReservationStatus::accepted);
  CHECK_FALSE(status == ReservationStatus::rejected);
  CHECK(status.known() == ReservationStatus::accepted);
  CHECK(status.text() == "accepted");
  CHECK(OpenEnum{ReservationStatus::timeout}.text() == "timeout");
}

TEST_CASE("an open enum keeps text that it does not know") {
  for (const std::string text : {"reassigned", "Accepted", " accepted", "accepted ", "accept", "0"}) {
    const auto status = OpenEnum<ReservationStatus>::from_text(text);
    CHECK(status.text() == text);
    CHECK_FALSE(status.known());
    CHECK_FALSE(status == ReservationStatus::accepted);
    CHECK(status == OpenEnum<ReservationStatus>::from_text(text));
  }
}

TEST_CASE("an open enum without a value is empty text and no enumerator") {
  const OpenEnum<ReservationStatus> none;
  CHECK(none.text().empty());
  CHECK_FALSE(none.known());
  CHECK_FALSE(none == ReservationStatus::pending);
  CHECK(none == OpenEnum<ReservationStatus>::from_text(""));
}

TEST_CASE("every enumerator of every enum goes to text and back") {
  const auto check = []<class E>(E) {
    int index = 0;
    for (const std::string_view name : detail::names_of<E>) {
      const auto value = OpenEnum<E>::from_text(name);
      REQUIRE(value.known());
      CHECK(static_cast<int>(*value.known()) == index++);
      CHECK(value.text() == name);
    }
  };
  check(ReservationStatus{}), check(CallStatus{}), check(ConferenceEvent{}), check(SupervisorMode{});
  check(CallbackMethod{}), check(TaskStatus{}), check(QueueOrder{});
}
