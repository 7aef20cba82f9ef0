#include "core/io/json_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

namespace initlens::io {

namespace {

std::string clipped(std::string_view text)
{
    constexpr std::size_t longest = 40;
    return text.size() <= longest ? std::string(text)
                                  : std::string(text.substr(0, longest)) + "...";
}

/// Receives the events of the parser and builds the document, watching the limits.
class DocumentBuilder : public nlohmann::json_sax<Json> {
public:
    explicit DocumentBuilder(std::string_view text) : m_text(text) {}

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(std::int64_t value) override { return add(value); }
    bool number_unsigned(std::uint64_t value) override { return add(value); }
    bool number_float(double value, const std::string& /*text*/) override { return add(value); }
    bool string(std::string& value) override { return add(std::move(value)); }
    bool binary(Json::binary_t& /*value*/) override { return refuse("binary data"); }
    bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
    bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(std::string& name) override
    {
        Json& object = *m_open.back();
        m_keys.back() = clipped(name);
        if (object.contains(name)) {
            return refuse("this key is given twice");
        }
        m_member = &object[name];
        return true;
    }

    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::detail::exception& error) override
    {
        constexpr int outOfRange = 406;
        if (error.id == outOfRange) {
            return refuse("a number beyond the range of double precision");
        }
        const std::size_t offset = std::min(position, m_text.size());
        const auto line = 1 + std::count(m_text.begin(), m_text.begin() + offset, '\n');
        const bool utf8 = std::string_view(error.what()).find("UTF-8") != std::string_view::npos;
        const std::string_view what = position > m_text.size() ? "the text ends too early"
                                      : utf8                   ? "invalid UTF-8"
                                                               : "not valid JSON";
        return refuse(fmt::format("{} (line {}, byte {})", what, line, offset));
    }

    [[nodiscard]] const std::string& problem() const { return m_problem; }
    Json take() { return std::move(m_root); }

private:
    Json* place(Json value)
    {
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        if (m_open.back()->is_object()) {
            *m_member = std::move(value);
            return m_member;
        }
        m_open.back()->push_back(std::move(value));
        return &m_open.back()->back();
    }

    bool add(Json value)
    {
        if (++m_values > mostValues) {
            return refuse(fmt::format("more than {} values", mostValues));
        }
        place(std::move(value));
        return true;
    }

    bool open(Json container)
    {
        if (m_open.size() == deepestNesting) {
            return refuse(fmt::format("nested more than {} deep", deepestNesting));
        }
        if (++m_containers > mostContainers) {
            return refuse(fmt::format("more than {} lists and objects", mostContainers));
        }
        m_open.push_back(place(std::move(container)));
        m_keys.emplace_back();
        return true;
    }

    bool close()
    {
        m_open.pop_back();
        m_keys.pop_back();
        return true;
    }

    bool refuse(std::string_view why)
    {
        std::string path;
        for (std::size_t i = 0; i < std::min<std::size_t>(m_keys.size(), 6); ++i) {
            if (!m_keys[i].empty()) {
                path += (path.empty() ? "" : ".") + m_keys[i];
            }
        }
        m_problem = path.empty() ? std::string(why) : fmt::format("{}: {}", path, why);
        return false;
    }

    std::string_view m_text;
    std::string m_problem;
    Json m_root;
    std::vector<Json*> m_open;       ///< from the outermost container to the innermost
    std::vector<std::string> m_keys; ///< the last key of each open container
    Json* m_member = nullptr;        ///< where the value of the last key goes
    std::size_t m_containers = 0;
    std::size_t m_values = 0;
};

} // namespace

Result<Json> parseDocument(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    if (text.find_first_not_of(blanks) == std::string_view::npos) {
        return Error("it is empty");
    }
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
        // The parser would take it for the end.
        return Error(fmt::format("not valid JSON (a zero at byte {})", zero));
    }
    DocumentBuilder builder(text);
    try {
        if (!Json::sax_parse(text, &builder)) {
            return Error(builder.problem());
        }
    } catch (const std::bad_alloc&) {
        return Error("there is not enough memory to read it");
    }
    return builder.take();
}

} // namespace initlens::io
