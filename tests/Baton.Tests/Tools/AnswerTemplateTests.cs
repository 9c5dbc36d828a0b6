using System.Text.Json;
using Baton.Tools;

namespace Baton.Tests.Tools;

public sealed class AnswerTemplateTests
{
    private const string Template =
        "Order {id} is {status}.\n{!delivered_on}It travels with {carrier}.\nDelivered on {delivered_on}.";

    [Theory]
    [InlineData("""{"id":"1","status":"shipped","carrier":"UPS"}""", "Order 1 is shipped.\nIt travels with UPS.")]
    [InlineData("""{"id":"1","status":"delivered","carrier":"UPS","delivered_on":"2026-06-01"}""",
        "Order 1 is delivered.\nDelivered on 2026-06-01.")]
    [InlineData("""{"id":"1","status":"shipped","carrier":"UPS","delivered_on":null}""",
        "Order 1 is shipped.\nIt travels with UPS.")]
    [InlineData("""{"id":"1","status":"processing"}""", "Order 1 is processing.")]
    public void Says_only_what_is_so(string data, string expected) =>
        Assert.Equal(expected, AnswerTemplate.Fill(Template, JsonDocument.Parse(data).RootElement));

    [Theory]
    [InlineData("{!delivered_on}On its way.", "{}")]
    [InlineData("Order {id}.", """{"id":null}""")]
    public void Says_nothing_where_the_tool_has_said_nothing(string template, string data) =>
        Assert.Null(AnswerTemplate.Fill(template, JsonDocument.Parse(data).RootElement));
}
