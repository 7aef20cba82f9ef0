#include "core/io/json_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <iterator>

namespace initlens::io {

void JsonText::openObject()
{
    m_text += '{';
    ++m_depth;
    m_first = true;
}

void JsonText::openList()
{
    m_text += '[';
    ++m_depth;
    m_first = true;
}

void JsonText::close(char bracket)
{
    --m_depth;
    if (!m_first) {
        m_text += '\n';
        m_text.append(static_cast<std::size_t>(2 * m_depth), ' ');
    }
    m_text += bracket;
    m_first = false;
}

void JsonText::nextLine()
{
    if (!m_first) {
        m_text += ',';
    }
    m_first = false;
    m_text += '\n';
    m_text.append(static_cast<std::size_t>(2 * m_depth), ' ');
}

JsonText& JsonText::element()
{
    nextLine();
    return *this;
}

JsonText& JsonText::key(std::string_view name)
{
    nextLine();
    text(name);
    m_text += ": ";
    return *this;
}

void JsonText::text(std::string_view value)
{
    using nlohmann::json;
    m_text += json(value).dump(-1, ' ', false, json::error_handler_t::replace);
}

void JsonText::number(double value)
{
    if (!std::isfinite(value)) {
        m_text += "null";
    } else if (value == 0 && std::signbit(value)) {
        m_text += "-0.0"; // "-0" would be read as a whole number, which has no sign at zero
    } else {
        fmt::format_to(std::back_inserter(m_text), "{}", value);
    }
}

void JsonText::boolean(bool value)
{
    m_text += value ? "true" : "false";
}

void JsonText::whole(std::int64_t value)
{
    fmt::format_to(std::back_inserter(m_text), "{}", value);
}

std::string JsonText::take()
{
    m_text += '\n';
    return std::move(m_text);
}

} // namespace initlens::io
