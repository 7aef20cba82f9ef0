#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace initlens {

/// Everything that is wrong with one request, a clause each, in the order in which it was found.
/// `message()` joins the clauses into the one line that a person reads.
struct Error {
    std::vector<std::string> problems;

    Error() = default;
    explicit Error(std::string problem);

    [[nodiscard]] bool empty() const { return problems.empty(); }
    void add(std::string problem);
    void append(Error other)
    {
        for (auto& problem : other.problems) {
            problems.push_back(std::move(problem));
        }
    }
    [[nodiscard]] std::string message() const;

    friend bool operator==(const Error&, const Error&) = default;
};

/// A value, or the reasons why there is none. What may fail returns one; nothing throws across a
/// module's border.
///
///     Result<RunSpec> spec = io::readSpec(text);
///     if (!spec) { return spec.error(); }
///     use(*spec);
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T& operator*() & { return std::get<0>(m_state); }
    [[nodiscard]] const T& operator*() const& { return std::get<0>(m_state); }
    [[nodiscard]] T&& operator*() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] T* operator->() { return &std::get<0>(m_state); }
    [[nodiscard]] const T* operator->() const { return &std::get<0>(m_state); }
    [[nodiscard]] const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// The value of a success that has nothing to say.
struct Done {};
using Status = Result<Done>;

} // namespace initlens
