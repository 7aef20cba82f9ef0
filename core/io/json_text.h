#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace initlens::io {

/// Appends JSON to a text: one key a line, lists of numbers on one line. Numbers are the shortest
/// text that reads back as the same double; NaN and infinities are null.
///
///     JsonText json;
///     json.openObject();
///     json.key("depth").whole(50);
///     json.closeObject();
class JsonText {
public:
    void openObject();
    void closeObject() { close('}'); }
    /// A list whose elements, lists themselves, stand on lines of their own.
    void openList();
    void closeList() { close(']'); }
    /// Begins an element of an open list.
    JsonText& element();

    JsonText& key(std::string_view name);
    void text(std::string_view value);
    void number(double value);
    void whole(std::int64_t value);
    void boolean(bool value);

    void numbers(std::span<const double> values)
    {
        list(values, [this](double value) { number(value); });
    }
    template <std::integral Whole>
    void wholes(std::span<const Whole> values)
    {
        list(values, [this](Whole value) { whole(value); });
    }
    void texts(std::span<const std::string> values)
    {
        list(values, [this](const std::string& value) { text(value); });
    }

    [[nodiscard]] std::string take();

private:
    template <class Value, class Write>
    void list(std::span<const Value> values, Write write)
    {
        m_text += '[';
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) {
                m_text += ", ";
            }
            write(values[i]);
        }
        m_text += ']';
    }
    void nextLine();
    void close(char bracket);

    std::string m_text;
    int m_depth = 0;
    bool m_first = true; ///< nothing yet in the innermost object or list
};

} // namespace initlens::io
