// Snapshots on every backend and memory: what they hold, what refuses them, and long random runs
// beside plain copies.
#include "snapshots.hpp"

#include <cstring>
#include <functional>
#include <optional>
#include <random>

#include "support/catch.hpp"

namespace {

using namespace snapshots;
using dovetail::status;
using dovetail::trap_code;

/// One instance whose import calls `hook`.
template <class Config>
struct one : world<Config> {
  using rt = dovetail::runtime<Config>;
  explicit one(typename rt::engine& in) : world<Config>(in), code(*in.compile(bytes())) {
    dovetail::imports env = {
        dovetail::bind("env", "hook", [this](i32 v) { return hook ? hook(v) : v; })};
    instance.emplace(*this->store.instantiate(code, env));
    f.emplace(*instance);
  }
  typename rt::module code;
  std::function<i32(i32)> hook;
  std::optional<typename rt::instance> instance;
  std::optional<typename world<Config>::functions> f;
};

}  // namespace

TEMPLATE_TEST_CASE("snapshots: everything of an instance comes back", "", BOUNDARY_ALL) {
  typename dovetail::runtime<TestType>::engine engine;
  one<TestType> w(engine);
  auto& f = *w.f;
  REQUIRE(f.put(70'000, 5).has_value());
  REQUIRE(f.install(0, 1).has_value());
  REQUIRE(f.choose(0).has_value());
  int object = 0;
  REQUIRE(f.keep(1, dovetail::externref{&object}).has_value());
  const auto s = take_snapshot(*w.instance);
  REQUIRE(s.has_value());

  for (int round = 0; round < 3; ++round) {
    INFO("round " << round);
    REQUIRE(f.put(70'000, 6).has_value());
    REQUIRE(f.put(100, 6).has_value());
    REQUIRE(!f.memory.write(8'192, 17));
    REQUIRE(f.set(99).has_value());
    REQUIRE(f.install(0, 0).has_value());
    REQUIRE(f.install(1, 1).has_value());
    REQUIRE(f.remove(0).has_value());
    REQUIRE(f.choose(0).has_value());
    REQUIRE(f.chosen().value_or(7) == 1);
    REQUIRE(f.keep(1, {}).has_value());
    REQUIRE(f.grow(2).value_or(-1) == 3);
    REQUIRE(f.put(5 * 65'536 - 4, 9).has_value());
    REQUIRE(f.grow_table(3).value_or(-1) == 4);
    REQUIRE(f.drop().has_value());
    CHECK(f.text(0).error().code == trap_code::memory_out_of_bounds);

    REQUIRE(code_of(restore(*w.instance, *s)) == status::ok);
    CHECK(f.get(70'000).value_or(0) == 5);
    CHECK(f.get(100).value_or(1) == 0);
    CHECK(f.get(8'192).value_or(1) == 0);
    CHECK(f.secret().value_or(0) == (7 ^ 0));
    CHECK(f.indirect(0).value_or(0) == 8);
    CHECK(f.indirect(1).error().code == trap_code::uninitialized_element);
    CHECK(f.chosen().value_or(7) == 0);
    CHECK(f.kept(1).value_or({}).pointer == &object);
    CHECK(f.memory.size() == 3 * 65'536);
    CHECK(f.get(3 * 65'536).error().code == trap_code::memory_out_of_bounds);
    CHECK(f.put(3 * 65'536 + 70'000, 1).error().code == trap_code::memory_out_of_bounds);
    CHECK(f.table.size() == 4);
    CHECK(f.text(40'000).has_value());
    // What grows again is zero, as it was the first time.
    CHECK(f.grow(2).value_or(-1) == 3);
    CHECK(f.get(5 * 65'536 - 4).value_or(1) == 0);
    REQUIRE(code_of(restore(*w.instance, *s)) == status::ok);
  }
}

TEMPLATE_TEST_CASE("snapshots: only between calls", "", BOUNDARY_ALL) {
  typename dovetail::runtime<TestType>::engine engine;
  one<TestType> w(engine);
  auto& f = *w.f;
  const auto before = take_snapshot(*w.instance);
  REQUIRE(before.has_value());
  status taken = status::ok, restored = status::ok;
  w.hook = [&](i32 v) {
    taken = code_of(take_snapshot(w.store));
    restored = code_of(restore(*w.instance, *before));
    return v + 1;
  };
  CHECK(f.hook(4).value_or(0) == 5);
  CHECK(taken == status::call_in_progress);
  CHECK(restored == status::call_in_progress);
  // Traps and nested calls leave nothing behind that would look like a call.
  w.hook = [&](i32 v) { return f.get(static_cast<u32>(v)).has_value() ? 1 : 2; };
  CHECK(f.hook(-1).value_or(0) == 2);
  CHECK(!f.get(~0u).has_value());
  CHECK(take_snapshot(w.store).has_value());
  CHECK(code_of(restore(*w.instance, *before)) == status::ok);
}

TEMPLATE_TEST_CASE("snapshots: of another module or store", "", BOUNDARY_ALL) {
  using rt = dovetail::runtime<TestType>;
  typename rt::engine engine;
  one<TestType> a(engine), b(engine);
  auto taken = take_snapshot(*a.instance);
  REQUIRE(taken.has_value());
  // The same bytes compiled twice are two modules.
  CHECK(code_of(restore(*b.instance, *taken)) == status::snapshot_mismatch);
  CHECK(code_of(restore(b.store, *taken)) == status::snapshot_mismatch);
  CHECK(b.f->secret().value_or(0) == 7);
}

TEMPLATE_TEST_CASE("snapshots: outlive their store", "", BOUNDARY_ALL) {
  typename dovetail::runtime<TestType>::engine engine;
  std::optional<dovetail::snapshot> kept;
  {
    one<TestType> w(engine);
    REQUIRE(w.f->put(0, 1).has_value());
    auto taken = take_snapshot(*w.instance);
    REQUIRE(taken.has_value());
    kept.emplace(std::move(*taken));
  }
  // A store whose memory is taken from what the first one left.
  one<TestType> next(engine);
  REQUIRE(next.f->put(4, 2).has_value());
  CHECK(next.f->get(4).value_or(0) == 2);
  CHECK(next.f->get(0).value_or(1) == 0);
  CHECK(code_of(restore(*next.instance, *kept)) == status::snapshot_mismatch);
}

TEMPLATE_TEST_CASE("snapshots: two thousand of them share what is the same", "", BOUNDARY_ALL) {
  typename dovetail::runtime<TestType>::engine engine;
  one<TestType> w(engine);
  auto& f = *w.f;
  std::vector<dovetail::snapshot> all;
  for (u32 k = 0; k < 2'000; ++k) {
    REQUIRE(f.put(k * 64, k + 1).has_value());
    auto taken = take_snapshot(*w.instance);
    REQUIRE(taken.has_value());
    all.push_back(std::move(*taken));
  }
  const auto& last = all[1'999].state();
  const auto& before = all[1'998].state();
  REQUIRE(last.groups.size() == 1);
  CHECK(last.groups[0] != before.groups[0]);
  CHECK(last.groups[0]->pages[0] == before.groups[0]->pages[0]);
  for (const u32 k : {1'500u, 3u, 1'999u, 0u}) {
    REQUIRE(code_of(restore(*w.instance, all[k])) == status::ok);
    CHECK(f.get(k * 64).value_or(0) == k + 1);
    if (k < 1'999) CHECK(f.get(k * 64 + 64).value_or(1) == 0);
  }
}

// (module
//   (import "guest" "memory" (memory 1))
//   (import "guest" "functions" (table 1 funcref))
//   (import "env" "shared" (global $shared (mut i32)))
//   (global $own (mut i32) (i32.const 1))
//   (elem $five_alone func $five)
//   (func $five (result i32) (i32.add (i32.const 5) (global.get $own)))
//   (func (export "install")
//     (table.init $five_alone (i32.const 2) (i32.const 0) (i32.const 1)))
//   (func (export "write") (param i32)
//     (i32.store (i32.const 16) (local.get 0))
//     (global.set $own (local.get 0))
//     (global.set $shared (local.get 0)))
//   (func (export "sum") (result i32)
//     (i32.add (i32.load (i32.const 16)) (i32.add (global.get $own) (global.get $shared)))))
constexpr unsigned char neighbour[] = {
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x0c, 0x03, 0x60, 0x00, 0x01, 0x7f,
    0x60, 0x00, 0x00, 0x60, 0x01, 0x7f, 0x00, 0x02, 0x33, 0x03, 0x05, 0x67, 0x75, 0x65, 0x73,
    0x74, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00, 0x01, 0x05, 0x67, 0x75, 0x65,
    0x73, 0x74, 0x09, 0x66, 0x75, 0x6e, 0x63, 0x74, 0x69, 0x6f, 0x6e, 0x73, 0x01, 0x70, 0x00,
    0x01, 0x03, 0x65, 0x6e, 0x76, 0x06, 0x73, 0x68, 0x61, 0x72, 0x65, 0x64, 0x03, 0x7f, 0x01,
    0x03, 0x05, 0x04, 0x00, 0x01, 0x02, 0x00, 0x06, 0x06, 0x01, 0x7f, 0x01, 0x41, 0x01, 0x0b,
    0x07, 0x19, 0x03, 0x07, 0x69, 0x6e, 0x73, 0x74, 0x61, 0x6c, 0x6c, 0x00, 0x01, 0x05, 0x77,
    0x72, 0x69, 0x74, 0x65, 0x00, 0x02, 0x03, 0x73, 0x75, 0x6d, 0x00, 0x03, 0x09, 0x05, 0x01,
    0x01, 0x00, 0x01, 0x00, 0x0a, 0x36, 0x04, 0x07, 0x00, 0x41, 0x05, 0x23, 0x01, 0x6a, 0x0b,
    0x0c, 0x00, 0x41, 0x02, 0x41, 0x00, 0x41, 0x01, 0xfc, 0x0c, 0x00, 0x00, 0x0b, 0x11, 0x00,
    0x41, 0x10, 0x20, 0x00, 0x36, 0x02, 0x00, 0x20, 0x00, 0x24, 0x01, 0x20, 0x00, 0x24, 0x00,
    0x0b, 0x0d, 0x00, 0x41, 0x10, 0x28, 0x02, 0x00, 0x23, 0x01, 0x23, 0x00, 0x6a, 0x6a, 0x0b,
};

TEMPLATE_TEST_CASE("snapshots: of a store with linked instances", "", BOUNDARY_ALL) {
  using rt = dovetail::runtime<TestType>;
  typename rt::engine engine;
  one<TestType> w(engine);
  const auto code = *engine.compile(std::as_bytes(std::span(neighbour)));
  auto shared = *w.store.template make_global<i32>(3);
  typename rt::linker linker(engine);
  REQUIRE(linker.define_instance("guest", *w.instance) == status::ok);
  REQUIRE(linker.define("env", "shared", shared) == status::ok);
  auto other = w.store.instantiate(code, linker);
  REQUIRE(other.has_value());
  auto write = *other->template get<void(i32)>("write");
  auto sum = *other->template get<i32()>("sum");
  auto install = *other->template get<void()>("install");
  REQUIRE(w.f->put(16, 100).has_value());

  const auto all = take_snapshot(w.store);
  REQUIRE(all.has_value());
  CHECK(all->state().instances.size() == 2);
  CHECK(all->state().memories.size() == 1);
  REQUIRE(install().has_value());
  REQUIRE(write(50).has_value());
  REQUIRE(sum().value_or(0) == 150);
  // A function of an instance that a snapshot is not of: as it is in the same store, and refused
  // elsewhere.
  const auto half = take_snapshot(*w.instance);
  REQUIRE(half.has_value());
  CHECK(code_of(to_bytes(*half, bytes())) == status::reference_of_host);
  const auto later = take_snapshot(w.store);
  REQUIRE(later.has_value());

  REQUIRE(code_of(restore(w.store, *all)) == status::ok);
  CHECK(sum().value_or(0) == 104);
  CHECK(w.f->indirect(2).error().code == trap_code::uninitialized_element);
  REQUIRE(code_of(restore(*w.instance, *half)) == status::ok);
  CHECK(w.f->indirect(2).value_or(0) == 6);
  REQUIRE(code_of(restore(w.store, *later)) == status::ok);
  CHECK(sum().value_or(0) == 150);
  CHECK(w.f->indirect(2).value_or(0) == 55);

  // The same pair made elsewhere.
  const auto saved = to_bytes(*later, bytes(), std::as_bytes(std::span(neighbour)));
  REQUIRE(saved.has_value());
  typename rt::engine engine2;
  one<TestType> w2(engine2);
  const auto code2 = *engine2.compile(std::as_bytes(std::span(neighbour)));
  auto shared2 = *w2.store.template make_global<i32>(0);
  typename rt::linker linker2(engine2);
  REQUIRE(linker2.define_instance("guest", *w2.instance) == status::ok);
  REQUIRE(linker2.define("env", "shared", shared2) == status::ok);
  auto other2 = w2.store.instantiate(code2, linker2);
  REQUIRE(other2.has_value());
  const std::span<const std::byte> file(saved->data(), saved->size());
  CHECK(code_of(from_bytes(engine2, file, bytes())) == status::snapshot_mismatch);
  const auto read = from_bytes(engine2, file, bytes(), std::as_bytes(std::span(neighbour)));
  REQUIRE(read.has_value());
  CHECK(code_of(restore(*w2.instance, *read)) == status::snapshot_mismatch);
  REQUIRE(code_of(restore(w2.store, *read)) == status::ok);
  CHECK((*other2->template get<i32()>("sum"))().value_or(0) == 150);
  CHECK(w2.f->indirect(2).value_or(0) == 55);
  CHECK(shared2.get() == 50);

  // A fork has its own of everything.
  auto third = fork(*other);
  REQUIRE(third.has_value());
  auto sum3 = *third->template get<i32()>("sum");
  CHECK(sum3().value_or(0) == 150);
  REQUIRE(write(1).has_value());
  CHECK(sum3().value_or(0) == 150);
  REQUIRE((*third->template get<void(i32)>("write"))(7).has_value());
  CHECK(sum3().value_or(0) == 21);
  CHECK(sum().value_or(0) == 3);
}

TEMPLATE_TEST_CASE("snapshots: bytes that are none", "", BOUNDARY_ALL) {
  using rt = dovetail::runtime<TestType>;
  typename rt::engine engine;
  one<TestType> w(engine);
  REQUIRE(w.f->install(0, 2).has_value());
  int object = 0;
  REQUIRE(w.f->keep(0, dovetail::externref{&object}).has_value());
  const auto taken = take_snapshot(*w.instance);
  REQUIRE(taken.has_value());
  const auto saved = to_bytes(*taken, bytes());
  REQUIRE(saved.has_value());
  std::vector<std::byte> file(saved->begin(), saved->end());
  const auto read = [&](std::span<const std::byte> from) {
    return from_bytes(engine, from, bytes());
  };
  REQUIRE(read(file).has_value());
  const std::byte other_module[] = {std::byte{1}};
  CHECK(code_of(from_bytes(engine, file, std::span<const std::byte>(other_module))) ==
        status::snapshot_mismatch);
  // References of the host are nothing elsewhere, unless it maps them.
  const auto good = read(file);
  CHECK(code_of(restore(*w.instance, *good)) == status::reference_of_host);
  CHECK(w.f->indirect(0).error().code == trap_code::indirect_call_type_mismatch);
  int here = 0;
  const auto map = [&](dovetail::externref there) {
    return there.pointer == &object ? std::optional(dovetail::externref{&here}) : std::nullopt;
  };
  REQUIRE(code_of(restore(*w.instance, *good, map)) == status::ok);
  CHECK(w.f->kept(0).value_or({}).pointer == &here);
  const auto refuse = [](dovetail::externref) { return std::optional<dovetail::externref>(); };
  CHECK(code_of(restore(*w.instance, *good, refuse)) == status::reference_of_host);

  // Every shorter piece, and every word changed with its hash made right again.
  for (std::size_t k = 0; k < file.size(); k += k < 700 ? 1 : 97)
    CHECK(!read(std::span(file).first(k)).has_value());
  std::mt19937_64 random(17);
  int taken_in = 0;
  for (std::size_t k = 16; k + 8 < file.size() && k < 1'600; k += 8) {
    for (const std::uint64_t by : {std::uint64_t{1}, std::uint64_t{1} << 32, ~std::uint64_t{0},
                                   std::uint64_t{random()}, std::uint64_t{1} << 62}) {
      auto changed = file;
      for (unsigned n = 0; n < 8; ++n) changed[k + n] ^= static_cast<std::byte>(by >> 8 * n & 0xff);
      const auto body = std::span<const std::byte>(changed).first(changed.size() - 8);
      const std::uint64_t hash = dovetail::detail::hash_bytes(body);
      for (unsigned n = 0; n < 8; ++n)
        changed[body.size() + n] = static_cast<std::byte>(hash >> 8 * n & 0xff);
      const auto found = read(changed);
      if (!found) continue;
      ++taken_in;
      static_cast<void>(restore(*w.instance, *found, map));
      // Whatever came of it, the guest is one that can run.
      for (u32 n = 0; n < w.f->table.size() && n < 12; ++n)
        static_cast<void>(w.f->indirect(n).has_value());
      REQUIRE(w.f->put(0, 3).has_value());
    }
  }
  CHECK(taken_in > 0);
}

namespace {

/// What an instance should hold.
struct model {
  std::vector<std::uint8_t> memory = std::vector<std::uint8_t>(3 * 65'536);
  u32 secret = 7, lane = 0;
  std::vector<u32> functions = {3, 3, 3, 3};  // 0 to 2, or none
  u32 chosen = 3;
  std::uintptr_t kept[2] = {};
  bool is_dropped = false;
};

template <class Config>
class random_run {
  using rt = dovetail::runtime<Config>;
  using functions = typename world<Config>::functions;

 public:
  explicit random_run(unsigned seed) : random_(seed), code_(*engine_.compile(bytes())) {
    for (unsigned k = 0; k < 2; ++k) new_store(k);
    for (subject& s : subjects_) start(s, pick(2));
  }

  void step() {
    subject& s = subjects_[pick(most_subjects)];
    switch (pick(12)) {
      case 0: take(s); break;
      case 1:
      case 2: back(s); break;
      case 3: pick(3) == 0 ? fork_one(s) : mutate(s); break;
      case 4: pick(4) == 0 ? elsewhere(s) : mutate(s); break;
      case 5: pick(4) == 0 ? through_bytes() : mutate(s); break;
      default: mutate(s); break;
    }
    if (pick(8) == 0) check(s);
  }
  void check_all() {
    for (subject& s : subjects_) check(s);
  }
  [[nodiscard]] int restored() const { return restored_; }
  [[nodiscard]] int forked() const { return forked_; }

 private:
  static constexpr u32 most_subjects = 5, most_kept = 12, most_instances = 30;

  struct subject {
    std::optional<typename rt::instance> instance;
    std::optional<functions> f;
    model m;
    unsigned store = 0;
  };
  struct kept {
    dovetail::snapshot s;
    model m;
  };

  u32 pick(u32 below) { return static_cast<u32>(random_() % below); }
  static auto env() {
    return dovetail::imports{dovetail::bind<[](i32 v) { return v * 3; }>("env", "hook")};
  }
  static auto same() {
    return [](dovetail::externref r) { return std::optional(r); };
  }

  void new_store(unsigned number) {
    stores_[number].emplace(engine_);
    made_[number] = 0;
  }
  void start(subject& s, unsigned store) {
    auto imports = env();
    s.store = store;
    s.m = {};
    s.instance.emplace(*stores_[store]->instantiate(code_, imports));
    s.f.emplace(*s.instance);
    ++made_[store];
  }
  void become(subject& s, typename rt::instance made, const model& m, unsigned store) {
    s.instance.emplace(made);
    s.f.emplace(made);
    s.m = m;
    s.store = store;
    ++forked_;
    if (++made_[store] > most_instances) renew(store);
  }
  // Instances live as long as their store: it ends, and its instances go on in a new one.
  void renew(unsigned store) {
    std::vector<std::pair<subject*, kept>> moving;
    for (subject& s : subjects_) {
      if (s.store != store) continue;
      auto taken = take_snapshot(*s.instance);
      REQUIRE(taken.has_value());
      moving.emplace_back(&s, kept{std::move(*taken), s.m});
    }
    new_store(store);
    for (auto& [s, state] : moving) {
      auto imports = env();
      auto made = fork(*stores_[store], code_, state.s, same(), imports);
      REQUIRE(made.has_value());
      become(*s, *made, state.m, store);
    }
  }

  void take(subject& s) {
    auto taken = take_snapshot(*s.instance);
    REQUIRE(taken.has_value());
    kept made{std::move(*taken), s.m};
    if (kept_.size() < most_kept) return kept_.push_back(std::move(made));
    kept_[pick(most_kept)] = std::move(made);
  }
  void back(subject& s) {
    if (kept_.empty()) return;
    const kept& to = kept_[pick(static_cast<u32>(kept_.size()))];
    REQUIRE(code_of(restore(*s.instance, to.s, same())) == status::ok);
    s.m = to.m;
    ++restored_;
  }
  void fork_one(const subject& s) {
    auto made = fork(*s.instance, same());
    REQUIRE(made.has_value());
    const model m = s.m;
    become(subjects_[pick(most_subjects)], *made, m, s.store);
  }
  void elsewhere(subject& s) {
    if (kept_.empty()) return;
    const kept& from = kept_[pick(static_cast<u32>(kept_.size()))];
    auto imports = env();
    const unsigned store = pick(2);
    auto made = fork(*stores_[store], code_, from.s, same(), imports);
    REQUIRE(made.has_value());
    become(s, *made, from.m, store);
  }
  void through_bytes() {
    if (kept_.empty()) return;
    kept& k = kept_[pick(static_cast<u32>(kept_.size()))];
    const auto saved = to_bytes(k.s, bytes());
    REQUIRE(saved.has_value());
    auto read =
        from_bytes(engine_, std::span<const std::byte>(saved->data(), saved->size()), bytes());
    REQUIRE(read.has_value());
    k.s = std::move(*read);
  }

  void mutate(subject& s) {
    model& m = s.m;
    const auto size = static_cast<u32>(m.memory.size());
    switch (pick(12)) {
      case 0:
      case 1: {
        const u32 at = pick(size - 3), v = pick(~0u);
        REQUIRE(s.f->put(at, v).has_value());
        for (unsigned k = 0; k < 4; ++k)
          m.memory[at + k] = static_cast<std::uint8_t>(v >> 8 * k & 0xff);
        break;
      }
      case 2: {
        const u32 at = pick(size), n = pick(4) == 0 ? pick(size - at + 1) : pick(2) * 7 % 5;
        const u32 v = pick(4) == 0 ? 0 : pick(256);
        if (n > size - at) break;
        REQUIRE(s.f->fill(at, v, n).has_value());
        std::memset(m.memory.data() + at, static_cast<int>(v), n);
        break;
      }
      case 3: {
        const u32 at = pick(size);
        REQUIRE(!s.f->memory.write(at, static_cast<std::uint8_t>(at)));
        m.memory[at] = static_cast<std::uint8_t>(at);
        break;
      }
      case 4: {
        if (pick(3) != 0 || size > 9 * 65'536) break;
        const u32 by = pick(3);
        REQUIRE(s.f->grow(by).value_or(-1) == static_cast<i32>(size / 65'536));
        m.memory.resize(size + by * 65'536);
        break;
      }
      case 5:
        m.lane = m.secret = pick(1'000);
        REQUIRE(s.f->set(m.secret).has_value());
        break;
      case 6: {
        const u32 at = pick(static_cast<u32>(m.functions.size())), which = pick(3);
        CHECK(s.f->install(at, which).has_value() == !m.is_dropped);
        if (!m.is_dropped) m.functions[at] = which;
        break;
      }
      case 7: {
        const u32 at = pick(static_cast<u32>(m.functions.size()));
        REQUIRE(s.f->remove(at).has_value());
        m.functions[at] = 3;
        break;
      }
      case 8:
        if (m.functions.size() < 11) {
          REQUIRE(s.f->grow_table(1).value_or(-1) == static_cast<i32>(m.functions.size()));
          m.functions.push_back(3);
        }
        break;
      case 9: {
        const u32 at = pick(static_cast<u32>(m.functions.size()));
        REQUIRE(s.f->choose(at).has_value());
        m.chosen = m.functions[at];
        break;
      }
      case 10: {
        const u32 at = pick(2);
        m.kept[at] = pick(100);
        REQUIRE(s.f->keep(at, dovetail::externref{reinterpret_cast<void*>(m.kept[at])}));
        break;
      }
      case 11:
        if (pick(10) != 0) break;
        REQUIRE(s.f->drop().has_value());
        m.is_dropped = true;
        break;
    }
  }

  void check(subject& s) {
    const model& m = s.m;
    REQUIRE(s.f->memory.size() == m.memory.size());
    REQUIRE(std::memcmp(s.f->memory.bytes().data(), m.memory.data(), m.memory.size()) == 0);
    REQUIRE(s.f->secret().value_or(0) == (m.secret ^ m.lane));
    REQUIRE(s.f->table.size() == m.functions.size());
    for (u32 k = 0; k < m.functions.size(); ++k) {
      const auto out = s.f->indirect(k);
      switch (m.functions[k]) {
        case 0: REQUIRE(out.value_or(0) == 1); break;
        case 1: REQUIRE(out.value_or(0) == static_cast<i32>(m.secret + 1)); break;
        case 2: REQUIRE(out.error().code == trap_code::indirect_call_type_mismatch); break;
        default: REQUIRE(out.error().code == trap_code::uninitialized_element); break;
      }
    }
    REQUIRE(s.f->chosen().value_or(7) == (m.chosen == 3 ? 1 : 0));
    for (u32 k = 0; k < 2; ++k)
      REQUIRE(reinterpret_cast<std::uintptr_t>(s.f->kept(k).value().pointer) == m.kept[k]);
  }

  std::mt19937_64 random_;
  typename rt::engine engine_;
  typename rt::module code_;
  std::optional<typename rt::store> stores_[2];
  u32 made_[2] = {};
  subject subjects_[most_subjects];
  std::vector<kept> kept_;
  int restored_ = 0, forked_ = 0;
};

}  // namespace

TEMPLATE_TEST_CASE("snapshots: ten thousand random steps beside plain copies", "", BOUNDARY_ALL) {
  random_run<TestType> run(2'024);
  const int steps = testing::is_slow() ? 500 : 10'000;
  for (int k = 0; k < steps; ++k) {
    INFO("step " << k);
    run.step();
  }
  run.check_all();
  CHECK(run.restored() > steps / 10);
  CHECK(run.forked() > steps / 100);
}
