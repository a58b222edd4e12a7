// A guest in C++ with the standard library: reads a catalogue from /data, answers questions about
// it on standard output, writes an index back. Built without exceptions.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace {

struct book {
  std::string title;
  std::string author;
  int year = 0;
  double price = 0;
};

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(line);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

std::optional<book> parse(const std::string& line) {
  const auto parts = split(line, ';');
  if (parts.size() != 4) return std::nullopt;
  book out{parts[0], parts[1], 0, 0};
  const auto& year = parts[2];
  if (std::from_chars(year.data(), year.data() + year.size(), out.year).ec != std::errc())
    return std::nullopt;
  out.price = std::strtod(parts[3].c_str(), nullptr);
  return out;
}

std::vector<book> read(const std::string& path) {
  std::vector<book> books;
  std::ifstream in(path);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (auto found = parse(line)) {
      books.push_back(std::move(*found));
    } else {
      std::cerr << path << ":" << number << ": not a book\n";
    }
  }
  return books;
}

void by_author(const std::vector<book>& books) {
  std::map<std::string, std::vector<const book*>> authors;
  for (const auto& b : books) authors[b.author].push_back(&b);
  for (auto& [author, works] : authors) {
    std::sort(works.begin(), works.end(),
              [](const book* a, const book* b) { return a->year < b->year; });
    std::cout << std::left << std::setw(12) << author << std::right;
    for (const auto* work : works) std::cout << ' ' << work->year;
    const double sum =
        std::accumulate(works.begin(), works.end(), 0.0,
                        [](double total, const book* b) { return total + b->price; });
    std::cout << " = " << std::fixed << std::setprecision(2) << sum << '\n';
  }
}

void write_index(const std::vector<book>& books, const std::string& path) {
  std::unordered_map<std::string, std::set<std::string>> index;
  for (const auto& b : books) {
    std::istringstream words(b.title);
    for (std::string word; words >> word;) {
      std::transform(word.begin(), word.end(), word.begin(),
                     [](unsigned char c) { return std::tolower(c); });
      index[word].insert(b.author);
    }
  }
  std::vector<std::string> words;
  for (const auto& entry : index) words.push_back(entry.first);
  std::sort(words.begin(), words.end());
  std::ofstream out(path);
  for (const auto& word : words) {
    out << word << ':';
    std::copy(index[word].begin(), index[word].end(), std::ostream_iterator<std::string>(out, " "));
    out << '\n';
  }
}

// A tree of unique pointers, a virtual function, a visitor.
struct shape {
  virtual ~shape() = default;
  virtual double area() const = 0;
};
struct square final : shape {
  explicit square(double s) : side(s) {}
  double area() const override { return side * side; }
  double side;
};
struct pair final : shape {
  pair(std::unique_ptr<shape> l, std::unique_ptr<shape> r)
      : left(std::move(l)), right(std::move(r)) {}
  double area() const override { return left->area() + right->area(); }
  std::unique_ptr<shape> left, right;
};

std::unique_ptr<shape> grow(int depth) {
  if (depth == 0) return std::make_unique<square>(0.5);
  return std::make_unique<pair>(grow(depth - 1), grow(depth - 1));
}

void language() {
  std::cout << grow(14)->area() << '\n';
  std::vector<std::variant<int, double, std::string>> values = {1, 2.5, "three"};
  for (const auto& value : values) {
    std::visit([](const auto& v) { std::cout << v << ' '; }, value);
  }
  std::function<std::uint64_t(int)> fibonacci = [&](int n) {
    return n < 2 ? std::uint64_t(n) : fibonacci(n - 1) + fibonacci(n - 2);
  };
  std::cout << fibonacci(20) << '\n';
  std::array<int, 1000> numbers;
  std::iota(numbers.begin(), numbers.end(), 0);
  std::shuffle(numbers.begin(), numbers.end(), [state = 1u]() mutable {
    struct generator {
      using result_type = std::uint32_t;
      static constexpr result_type min() { return 0; }
      static constexpr result_type max() { return ~0u; }
      std::uint32_t state;
      result_type operator()() { return state = state * 1664525u + 1013904223u; }
    };
    return generator{state};
  }());
  std::nth_element(numbers.begin(), numbers.begin() + 500, numbers.end());
  std::cout << numbers[500] << ' ' << *std::max_element(numbers.begin(), numbers.begin() + 500)
            << '\n';
  std::stable_sort(numbers.begin(), numbers.end(), std::greater<>());
  std::cout << std::is_sorted(numbers.rbegin(), numbers.rend()) << ' ' << std::hex << 255
            << std::dec << ' ' << std::quoted("a\"b") << ' ' << std::stod("6.02214076e23") << '\n';
  char line[64];
  std::snprintf(line, sizeof line, "%08.3f|%-6s|%+d|%lld|%e|%Lf", 3.14159, "ab", 7,
                -1234567890123LL, 12345.678, 1.5L);
  std::cout << line << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: catalogue FOLDER\n";
    return 2;
  }
  const std::string folder = argv[1];
  const auto books = read(folder + "/books.txt");
  std::cout << books.size() << " books\n";
  by_author(books);
  write_index(books, folder + "/index.txt");
  language();
  std::ifstream back(folder + "/index.txt", std::ios::binary | std::ios::ate);
  std::cout << back.tellg() << " bytes of index\n";
  std::ifstream absent(folder + "/../books.txt");
  std::cout << (absent ? "escaped" : "kept in") << '\n';
  return books.size() == 7 ? 42 : 1;
}
