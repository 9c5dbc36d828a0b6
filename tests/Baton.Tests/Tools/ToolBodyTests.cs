using System.Text.Json.Nodes;
using Baton.Tools;

namespace Baton.Tests.Tools;

public sealed class ToolBodyTests
{
    [Theory]
    [InlineData("""{"a":"{amount}"}""", """{"a":12.5}""")]
    [InlineData("""{"refund":{"sum":"{amount}","lines":["{order}",1]}}""", """{"refund":{"sum":12.5,"lines":["T-1",1]}}""")]
    [InlineData("""{"note":"{amount} for {order}"}""", """{"note":"12.5 for T-1"}""")]
    [InlineData("""{"a":"{missing}","b":true}""", """{"b":true}""")]
    public void Fills_holes_and_keeps_types(string template, string filled)
    {
        var inputs = new JsonObject { ["amount"] = 12.5, ["order"] = "T-1" };

        var body = ToolBody.Fill((JsonObject)JsonNode.Parse(template)!, inputs);

        Assert.Equal(filled, body.ToJsonString());
    }
}
