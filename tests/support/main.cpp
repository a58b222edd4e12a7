// The main program of every Catch2 test. Its last line is what tools/test adds up:
// "N passed, N failed, N skipped", in test cases; skipped cases are named before it.
// Catch2's own fault handlers are off: they would take the faults of guarded memory.
#define CATCH_CONFIG_RUNNER
#define CATCH_CONFIG_NO_POSIX_SIGNALS
#define CATCH_CONFIG_NO_WINDOWS_SEH
#include "catch.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

struct counts {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;
};

counts total;
std::string skipped_because;  // of the running case; empty: not skipped
const char* skipped_word = "skipped";

#if CATCH_VERSION_MAJOR >= 3
using listener_base = Catch::EventListenerBase;
#else
using listener_base = Catch::TestEventListenerBase;
#endif

struct counting_listener : listener_base {
  using listener_base::listener_base;

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    if (stats.totals.assertions.failed != 0 || stats.totals.testCases.failed != 0) {
      ++total.failed;
    } else if (!skipped_because.empty()) {
      ++total.skipped;
#if CATCH_VERSION_MAJOR >= 3
      const std::string& name = stats.testInfo->name;
#else
      const std::string& name = stats.testInfo.name;
#endif
      std::printf("%s: %s: %s\n", skipped_word, name.c_str(), skipped_because.c_str());
    } else {
      ++total.passed;
    }
    skipped_because.clear();
  }
};

}  // namespace

CATCH_REGISTER_LISTENER(counting_listener)

void testing::skip(std::string_view reason) {
  skipped_because = reason;
  skipped_word = "skipped";
}

void testing::absent(std::string_view what) {
  if (std::getenv("DOVETAIL_REQUIRE_DATA") != nullptr) {
    UNSCOPED_INFO("absent: " << std::string(what));
    CHECK(false);
    return;
  }
  skipped_because = what;
  skipped_word = "absent";
}

bool testing::is_slow() {
#ifdef __SANITIZE_ADDRESS__
  return true;
#elif defined(__has_feature)
  if (__has_feature(address_sanitizer)) return true;
#endif
  const char* wrapper = std::getenv("DOVETAIL_EXE_WRAPPER");
  return wrapper != nullptr && *wrapper != '\0';
}

int main(int argument_count, char** arguments) {
  Catch::Session session;
  const int code = session.run(argument_count, arguments);
  std::fflush(stdout);
  std::printf("%zu passed, %zu failed, %zu skipped\n", total.passed, total.failed, total.skipped);
  return code != 0 || total.failed != 0 ? 1 : 0;
}
