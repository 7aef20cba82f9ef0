#include "core/io/spec_json.h"

#include "core/io/result_file.h"

namespace initlens::io {

namespace {

/// Writes the fields of a spec, each under its key.
struct SpecWriter {
    JsonText& json;

    void operator()(const FieldInfo& info, std::int64_t value) { json.key(info.key).whole(value); }
    void operator()(const FieldInfo& info, double value) { json.key(info.key).number(value); }

    template <TableRow Row>
    void operator()(const FieldInfo& info, const Choice<Row>& choice)
    {
        json.key(info.key);
        const RowHead& head = choice.row->head;
        if (head.params.empty()) {
            json.text(head.id);
            return;
        }
        json.openObject();
        json.key("id").text(head.id);
        for (std::size_t i = 0; i < head.params.size(); ++i) {
            const auto& param = head.params[i];
            json.key(param.key);
            if (param.isOption()) {
                json.text(param.options[static_cast<std::size_t>(choice.values[i])]);
            } else {
                json.number(choice.values[i]);
            }
        }
        json.closeObject();
    }
};

} // namespace

void writeSpec(JsonText& json, const experiment::RunSpec& spec)
{
    json.openObject();
    experiment::fields(spec, SpecWriter{json});
    json.closeObject();
}

std::string specToJson(const experiment::RunSpec& spec)
{
    JsonText json;
    writeSpec(json, spec);
    return json.take();
}

} // namespace initlens::io
