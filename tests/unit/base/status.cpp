// Statuses, their stages and wordings.
#include <dovetail/base/status.hpp>

#include <set>
#include <string>

#include "support/catch.hpp"

using dovetail::message;
using dovetail::stage;
using dovetail::status;

namespace {

constexpr status all[] = {
#define DOVETAIL_ERROR(NAME, STAGE, TEXT) status::NAME,
#include <dovetail/base/errors.def>
#undef DOVETAIL_ERROR
};

// What DOVETAIL_TRY does with a status, and whether it goes on.
status try_one(status s, bool& went_on) {
  DOVETAIL_TRY(s);
  went_on = true;
  return status::ok;
}

}  // namespace

TEST_CASE("status: success has neither stage nor complaint") {
  CHECK(static_cast<int>(status::ok) == 0);
  CHECK(message(status::ok) == "ok");
  CHECK(stage_of(status::ok) == stage::none);
}

TEST_CASE("status: every error has a stage, and within it a wording of its own") {
  std::set<std::pair<stage, std::string>> seen;
  for (const status s : all) {
    INFO(std::string(message(s)));
    CHECK(s != status::ok);
    CHECK(stage_of(s) != stage::none);
    CHECK(message(s) != "ok");
    CHECK(seen.insert({stage_of(s), std::string(message(s))}).second);
  }
}

TEST_CASE("status: stages in the words of an error line") {
  CHECK(name(stage::none) == "ok");
  CHECK(name(stage_of(status::unexpected_end)) == "malformed");
  CHECK(name(stage_of(status::type_mismatch)) == "invalid");
  CHECK(name(stage_of(status::simd_not_executable)) == "not compilable");
  CHECK(name(stage_of(status::unknown_import)) == "link");
  CHECK(name(stage_of(status::trapped)) == "instantiate");
  CHECK(name(stage_of(status::unknown_export)) == "misuse");
}

TEST_CASE("status: a failed one is handed on, a good one goes on") {
  for (const status s : all) {
    bool went_on = false;
    CHECK(try_one(s, went_on) == s);
    CHECK_FALSE(went_on);
  }
  bool went_on = false;
  CHECK(try_one(status::ok, went_on) == status::ok);
  CHECK(went_on);
}
