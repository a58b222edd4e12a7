// meshoptimizer: its five modules without SIMD, and the decoder with it, on geometry whose answers
// follow from its shape.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include "real.hpp"

namespace {

using real::bytes;
using real::little_endian;
using indices = std::vector<std::uint32_t>;
using triangle = std::array<std::uint32_t, 3>;

constexpr std::uint32_t side = 64;  // squares along one side of the grid
constexpr std::uint32_t vertices = (side + 1) * (side + 1);
constexpr std::uint32_t corners = side * side * 6;
constexpr std::uint32_t stride = 3 * sizeof(float);

// A flat square: vertex (x, y, 0) at y * (side + 1) + x, two triangles a square, counterclockwise.
std::vector<float> grid_positions() {
  std::vector<float> out;
  for (std::uint32_t i = 0; i < vertices; ++i) {
    out.insert(out.end(),
               {static_cast<float>(i % (side + 1)), static_cast<float>(i / (side + 1)), 0.0f});
  }
  return out;
}

indices grid_indices() {
  indices out;
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) {
      const std::uint32_t a = y * (side + 1) + x, c = a + side + 1;
      out.insert(out.end(), {a, a + 1, c, c, a + 1, c + 1});
    }
  }
  return out;
}

// The triangles as a set: each begins with its smallest corner and keeps its orientation.
std::vector<triangle> triangles(const indices& list) {
  std::vector<triangle> out;
  for (std::size_t i = 0; i + 2 < list.size(); i += 3) {
    triangle t{list[i], list[i + 1], list[i + 2]};
    std::rotate(t.begin(), std::ranges::min_element(t), t.end());
    out.push_back(t);
  }
  std::ranges::sort(out);
  return out;
}

double area(const indices& list) {
  const auto positions = grid_positions();
  const auto x = [&](std::size_t i) { return static_cast<double>(positions[list[i] * 3]); };
  const auto y = [&](std::size_t i) { return static_cast<double>(positions[list[i] * 3 + 1]); };
  double sum = 0;
  for (std::size_t i = 0; i + 2 < list.size(); i += 3) {
    sum += ((x(i + 1) - x(i)) * (y(i + 2) - y(i)) - (y(i + 1) - y(i)) * (x(i + 2) - x(i))) / 2;
  }
  return sum;
}

class mesh_module {
 public:
  [[nodiscard]] bool load(std::string_view name) {
    if (!program_.load("meshoptimizer/" + std::string(name))) return false;
    program_.call<void>("__wasm_call_ctors");
    return true;
  }

  std::uint32_t room(std::size_t size) {
    return program_.call<std::uint32_t>("sbrk", static_cast<std::uint32_t>(size));
  }
  std::uint32_t put(const bytes& data) {
    const std::uint32_t place = room(data.size());
    program_.write(place, data);
    return place;
  }
  template <class T>
  std::uint32_t put(const std::vector<T>& values) {
    return put(little_endian(std::span<const T>(values)));
  }
  template <class T>
  std::vector<T> get(std::uint32_t place, std::size_t count) {
    const auto memory = program_.memory();
    std::vector<T> out;
    for (std::size_t i = 0; i < count; ++i)
      out.push_back(memory.read<T>(place + i * sizeof(T)).value());
    return out;
  }

  template <class R, class... A>
  R call(std::string_view name, A... arguments) {
    return program_.call<R>("meshopt_" + std::string(name), arguments...);
  }
  real::program& program() { return program_; }

 private:
  real::program program_;
};

// Encodes with a function of the shape (target, bound, source, count[, size]).
template <class... Size>
bytes encode(mesh_module& encoder, const std::string& name, std::uint32_t source,
             std::uint32_t count, std::uint32_t bound_argument, Size... size) {
  const auto bound = encoder.call<std::uint32_t>(name + "Bound", count, bound_argument);
  const std::uint32_t target = encoder.room(bound);
  const auto length = encoder.call<std::uint32_t>(name, target, bound, source, count, size...);
  REQUIRE(length > 0);
  REQUIRE(length <= bound);
  return encoder.program().read(target, length);
}

}  // namespace

TEST_CASE("meshoptimizer: the index codec, between two instances", "[real]") {
  for (const std::string& build : real::builds("decoder", "decoder-simd")) {
    INFO(build);
    mesh_module encoder, decoder;
    if (!encoder.load("encoder") || !decoder.load(build)) return;
    const indices few = {0, 1, 2, 2, 1, 3, 4, 6, 5, 7, 8, 9};
    CHECK(real::hex(encode(encoder, "encodeIndexBuffer", encoder.put(few), 12, 10)) ==
          "e1f010fefff00cff020202007687566778a9866589689801690000");

    const indices grid = grid_indices();
    const std::uint32_t source = encoder.put(grid);
    const bytes buffer = encode(encoder, "encodeIndexBuffer", source, corners, vertices);
    CHECK(buffer.size() < grid.size());  // of four bytes an index at most one remains
    const std::uint32_t target = decoder.room(corners * 4);
    const std::uint32_t from = decoder.put(buffer);
    const auto size = static_cast<std::uint32_t>(buffer.size());
    REQUIRE(decoder.call<int>("decodeIndexBuffer", target, corners, 4u, from, size) == 0);
    CHECK(triangles(decoder.get<std::uint32_t>(target, corners)) == triangles(grid));
    CHECK(decoder.call<int>("decodeIndexBuffer", target, corners, 4u, from, size - 5) == -2);

    const bytes sequence = encode(encoder, "encodeIndexSequence", source, corners, vertices);
    const auto length = static_cast<std::uint32_t>(sequence.size());
    REQUIRE(decoder.call<int>("decodeIndexSequence", target, corners, 4u, decoder.put(sequence),
                              length) == 0);
    CHECK(decoder.get<std::uint32_t>(target, corners) == grid);
  }
}

TEST_CASE("meshoptimizer: the vertex codec, between two instances", "[real]") {
  for (const std::string& build : real::builds("decoder", "decoder-simd")) {
    INFO(build);
    mesh_module encoder, decoder;
    if (!encoder.load("encoder") || !decoder.load(build)) return;
    const auto positions = grid_positions();
    const bytes buffer =
        encode(encoder, "encodeVertexBuffer", encoder.put(positions), vertices, stride, stride);
    CHECK(buffer.size() < positions.size());
    const std::uint32_t target = decoder.room(positions.size() * 4);
    REQUIRE(decoder.call<int>("decodeVertexBuffer", target, vertices, stride, decoder.put(buffer),
                              static_cast<std::uint32_t>(buffer.size())) == 0);
    CHECK(decoder.get<float>(target, positions.size()) == positions);
  }
}

TEST_CASE("meshoptimizer: filters give exact values back", "[real]") {
  for (const std::string& build : real::builds("decoder", "decoder-simd")) {
    INFO(build);
    mesh_module encoder, decoder;
    if (!encoder.load("encoder") || !decoder.load(build)) return;
    // Exponents and 24 bits of mantissa hold these exactly.
    const std::vector<float> numbers = {1.0f, -2.0f, 0.5f, 1024.0f, 3.25f, -0.75f, 0.0f, 7.0f};
    std::uint32_t target = encoder.room(32);
    encoder.call<void>("encodeFilterExp", target, 2u, 16u, 24u, encoder.put(numbers), 0u);
    std::uint32_t place = decoder.put(encoder.program().read(target, 32));
    decoder.call<void>("decodeFilterExp", place, 2u, 16u);
    CHECK(decoder.get<float>(place, 8) == numbers);
    // Unit vectors along the axes.
    const std::vector<float> axes = {0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, -1, 0, 0, 1};
    target = encoder.room(16);
    encoder.call<void>("encodeFilterOct", target, 4u, 4u, 8u, encoder.put(axes));
    place = decoder.put(encoder.program().read(target, 16));
    decoder.call<void>("decodeFilterOct", place, 4u, 4u);
    CHECK(real::hex(decoder.program().read(place, 16)) == "00007f7f007f007f7f00007f8100007f");
    // Quarter turns about x: filters take four at a time.
    const float half = std::sqrt(0.5f);
    std::vector<float> turns;
    for (int i = 0; i < 4; ++i) turns.insert(turns.end(), {half, 0, 0, half});
    target = encoder.room(32);
    encoder.call<void>("encodeFilterQuat", target, 4u, 8u, 16u, encoder.put(turns));
    place = decoder.put(encoder.program().read(target, 32));
    decoder.call<void>("decodeFilterQuat", place, 4u, 8u);
    const auto turn = decoder.get<std::int16_t>(place, 16);
    CHECK(std::abs(turn[0] - 23170) <= 1);
    CHECK(std::abs(turn[3] - 23170) <= 1);
    CHECK(turn[1] == 0);
    CHECK(turn[2] == 0);
    for (std::size_t i = 4; i < 16; ++i) CHECK(turn[i] == turn[i - 4]);
  }
}

TEST_CASE("meshoptimizer: reordering keeps the mesh", "[real]") {
  mesh_module encoder;
  if (!encoder.load("encoder")) return;
  const indices grid = grid_indices();
  const std::uint32_t source = encoder.put(grid), target = encoder.room(corners * 4);
  encoder.call<void>("optimizeVertexCache", target, source, corners, vertices);
  const auto ordered = encoder.get<std::uint32_t>(target, corners);
  CHECK(ordered != grid);
  CHECK(triangles(ordered) == triangles(grid));

  const std::uint32_t remap = encoder.room(vertices * 4);
  CHECK(encoder.call<std::uint32_t>("optimizeVertexFetchRemap", remap, target, corners, vertices) ==
        vertices);
  const auto order = encoder.get<std::uint32_t>(remap, vertices);
  std::uint32_t next = 0;  // vertices are numbered as they are met
  for (const std::uint32_t index : ordered) {
    REQUIRE(order[index] <= next);
    if (order[index] == next) ++next;
  }
  CHECK(next == vertices);

  const std::uint32_t positions = encoder.put(grid_positions());
  encoder.call<void>("spatialSortRemap", remap, positions, vertices, stride);
  auto sorted = encoder.get<std::uint32_t>(remap, vertices);
  std::ranges::sort(sorted);
  indices all(vertices);
  std::iota(all.begin(), all.end(), 0u);
  CHECK(sorted == all);
}

TEST_CASE("meshoptimizer: a flat square needs two triangles", "[real]") {
  mesh_module simplifier;
  if (!simplifier.load("simplifier")) return;
  const std::uint32_t source = simplifier.put(grid_indices()),
                      positions = simplifier.put(grid_positions());
  const std::uint32_t target = simplifier.room(corners * 4), error = simplifier.room(4);
  const auto simplify = [&](std::uint32_t options) {
    const auto count =
        simplifier.call<std::uint32_t>("simplify", target, source, corners, positions, vertices,
                                       stride, 6u, 0.01f, options, error);
    return simplifier.get<std::uint32_t>(target, count);
  };
  const indices two = simplify(0);
  CHECK(two.size() == 6);
  CHECK(area(two) == side * side);
  CHECK(std::set(two.begin(), two.end()) ==
        std::set<std::uint32_t>{0, side, side * (side + 1), vertices - 1});
  CHECK(simplifier.get<float>(error, 1)[0] < 0.001f);

  constexpr std::uint32_t lock_border = 1;
  const indices locked = simplify(lock_border);
  CHECK(area(locked) == side * side);
  CHECK(locked.size() == 4 * side * 3);  // the border's 256 edges want a triangle each
  CHECK(simplifier.call<float>("simplifyScale", positions, vertices, stride) == side);
  CHECK(simplifier.call<std::uint32_t>("simplifyPoints", target, positions, vertices, stride, 0u,
                                       0u, 1.0f, 16u) == 16);
}

TEST_CASE("meshoptimizer: meshlets cover the mesh", "[real]") {
  mesh_module clusterizer;
  if (!clusterizer.load("clusterizer")) return;
  constexpr std::uint32_t most_vertices = 64, most_triangles = 96, meshlet_words = 4;
  const auto bound =
      clusterizer.call<std::uint32_t>("buildMeshletsBound", corners, most_vertices, most_triangles);
  const std::uint32_t meshlets = clusterizer.room(bound * meshlet_words * 4);
  const std::uint32_t own_vertices = clusterizer.room(corners * 4),
                      own_triangles = clusterizer.room(corners);
  const std::uint32_t source = clusterizer.put(grid_indices()),
                      positions = clusterizer.put(grid_positions());
  const auto count = clusterizer.call<std::uint32_t>(
      "buildMeshletsFlex", meshlets, own_vertices, own_triangles, source, corners, positions,
      vertices, stride, most_vertices, most_triangles, most_triangles, 0.0f, 0.0f);
  REQUIRE(count <= bound);
  indices covered;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto m = clusterizer.get<std::uint32_t>(meshlets + i * meshlet_words * 4, meshlet_words);
    const std::uint32_t first_vertex = own_vertices + m[0] * 4,
                        first_triangle = own_triangles + m[1];
    REQUIRE(m[2] <= most_vertices);
    REQUIRE(m[3] <= most_triangles);
    clusterizer.call<void>("optimizeMeshlet", first_vertex, first_triangle, m[3], m[2]);
    const auto vertex = clusterizer.get<std::uint32_t>(first_vertex, m[2]);
    for (const std::uint8_t corner : clusterizer.program().read(first_triangle, m[3] * 3)) {
      REQUIRE(corner < m[2]);
      covered.push_back(vertex[corner]);
    }
  }
  CHECK(triangles(covered) == triangles(grid_indices()));

  // Two spheres of radius 2, ten apart, lie in one of radius 7; four rows of the grid face up.
  const std::uint32_t result = clusterizer.room(48);
  const std::uint32_t spheres = clusterizer.put(std::vector<float>{0, 0, 0, 2, 10, 0, 0, 2});
  clusterizer.call<void>("computeSphereBounds", result, spheres, 2u, 16u, spheres + 12, 16u);
  CHECK(clusterizer.get<float>(result, 4) == std::vector<float>{5, 0, 0, 7});
  clusterizer.call<void>("computeClusterBounds", result, source, 4 * side * 6, positions, vertices,
                         stride);
  const auto bounds = clusterizer.get<float>(result, 11);
  CHECK(std::vector(bounds.begin(), bounds.begin() + 3) == std::vector<float>{32, 2, 0});
  CHECK(bounds[3] == Approx(std::sqrt(32.0 * 32.0 + 2.0 * 2.0)));
  CHECK(std::vector(bounds.begin() + 7, bounds.begin() + 10) == std::vector<float>{0, 0, 1});
}

TEST_CASE("meshoptimizer: tangents and normals of a square", "[real]") {
  mesh_module tangents;
  if (!tangents.load("tangents")) return;
  const std::uint32_t corner = tangents.put(indices{0, 1, 2, 0, 2, 3});
  const std::uint32_t positions =
      tangents.put(std::vector<float>{0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0});
  const std::uint32_t up = tangents.put(std::vector<float>{0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1});
  const std::uint32_t result = tangents.room(6 * 16);
  // The tangent points where u grows; its fourth part says that v grows to its left.
  const auto of = [&](const std::vector<float>& coordinates) {
    tangents.call<void>("generateTangents", result, corner, 6u, positions, 4u, stride, up, stride,
                        tangents.put(coordinates), 8u, 0u);
    return tangents.get<float>(result, 6 * 4);
  };
  const auto six_times = [](std::vector<float> one) {
    std::vector<float> out;
    for (int i = 0; i < 6; ++i) out.insert(out.end(), one.begin(), one.end());
    return out;
  };
  CHECK(of({0, 0, 1, 0, 1, 1, 0, 1}) == six_times({1, 0, 0, 1}));     // u = x, v = y
  CHECK(of({0, 0, 0, 1, -1, 1, -1, 0}) == six_times({0, -1, 0, 1}));  // u = -y, v = x
  tangents.call<void>("generateNormals", result, corner, 6u, positions, 4u, stride, 1.0f, 0.0f);
  CHECK(tangents.get<float>(result, 6 * 3) == six_times({0, 0, 1}));
}
