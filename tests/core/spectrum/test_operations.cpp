#include "core/spectrum/method.h"

#include <gtest/gtest.h>

namespace initlens::spectrum {

namespace {

double operations(std::string_view method, const ProblemSize& size)
{
    return findRow(Method::table(), method)->operations(size);
}

ProblemSize square(Index width, Index depth, Index measured)
{
    return {.scope = Scope::Kind::FromInput,
            .depth = depth,
            .inputs = width,
            .outputs = width,
            .active = width,
            .measured = measured};
}

} // namespace

TEST(Operations, GrowWithEverythingThatIsMultiplied)
{
    using enum Scope::Kind;
    for (const Method* method : Method::table()) {
        for (const auto scope : {FromInput, ToOutput, PerLayer}) {
            ProblemSize size = square(300, 50, 10);
            size.scope = scope;
            const double before = method->operations(size);
            EXPECT_GT(before, 2 * 300.0 * 300.0) << method->head.id;
            auto more = size;
            more.measured = 20;
            EXPECT_GT(method->operations(more), before) << method->head.id;
            more = size;
            more.depth = 100;
            EXPECT_GE(method->operations(more), before) << method->head.id;
            EXPECT_EQ(method->operations(more) == before, scope == PerLayer) << method->head.id;
            more = size;
            more.outputs = 600;
            EXPECT_GT(method->operations(more), before) << method->head.id;
            more = size;
            more.measured = 0;
            more.depth = 0;
            EXPECT_EQ(method->operations(more), 0) << method->head.id;
        }
    }
}

TEST(Operations, AreOrderedAsTheMethodsAre)
{
    for (const Index width : {100, 1000, 4000}) {
        const ProblemSize size = square(width, 100, 100);
        EXPECT_LT(operations("quick", size), operations("exact", size));
        EXPECT_LT(operations("naive_float32", size), operations("naive_float64", size));
    }
    // The sketch is for widths beyond those of the others.
    EXPECT_GT(operations("sketch", square(500, 50, 5)), operations("exact", square(500, 50, 5)));
    EXPECT_LT(operations("sketch", square(16'384, 50, 5)),
              operations("exact", square(16'384, 50, 5)));
}

} // namespace initlens::spectrum
