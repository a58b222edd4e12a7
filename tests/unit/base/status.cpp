// Statuses, their stages and wordings.
#include <dovetail/base/status.hpp>

#include <set>
#include <string>

#include "support/catch.hpp"

namespace unit_base_status {

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

TEST_CASE("status: what a feature is missing for says which, and has the numbered error's words") {
  using dovetail::feature, dovetail::not_accepted, dovetail::not_executable;
  for (const feature f : {feature::multi_memory, feature::tail_call, feature::exception_handling}) {
    CHECK(is_not_accepted(not_accepted(f)));
    CHECK_FALSE(is_not_accepted(not_executable(f)));
    CHECK(is_not_executable(not_executable(f)));
    CHECK_FALSE(is_not_executable(not_accepted(f)));
    CHECK(feature_of(not_accepted(f)) == f);
    CHECK(feature_of(not_executable(f)) == f);
    CHECK(without_feature(not_accepted(f)) == status::feature_not_accepted);
    CHECK(without_feature(not_executable(f)) == status::feature_not_executable);
    CHECK(message(not_accepted(f)) == message(status::feature_not_accepted));
    CHECK(stage_of(not_executable(f)) == stage::compile);
  }
  CHECK(not_executable(feature::simd) == status::simd_not_executable);
  for (const status s : all) {
    CHECK(without_feature(s) == s);
    CHECK_FALSE(is_not_accepted(s));
    CHECK_FALSE(is_not_executable(s));
  }
}

}  // namespace unit_base_status
