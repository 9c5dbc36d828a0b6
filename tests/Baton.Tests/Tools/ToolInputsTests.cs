using System.Text.Json.Nodes;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools;

namespace Baton.Tests.Tools;

public sealed class ToolInputsTests
{
    private static readonly Identity Robin = new Identity.Verified("C-1", "robin@example.com");

    private static Tool Tool(string properties, string required = "") => new()
    {
        Name = "get", Description = "", Method = "POST", Url = "https://shop.example/x", Scope = "orders:read",
        Risk = ToolRisk.Read,
        InputSchema = JsonNode.Parse(
            $$$"""{"type":"object","required":[{{{required}}}],"properties":{ {{{properties}}} }}""")!.AsObject(),
    };

    [Theory]
    [InlineData("""{"type":"string","pattern":"^NW-[0-9]{5}$"}""", "NW-10003", true)]
    [InlineData("""{"type":"string","pattern":"^NW-[0-9]{5}$"}""", "NW-10003/../x", false)]
    [InlineData("""{"type":"string","enum":["size","colour"]}""", "size", true)]
    [InlineData("""{"type":"string","enum":["size","colour"]}""", "price", false)]
    [InlineData("""{"type":"integer","minimum":1,"maximum":9}""", "3", true)]
    [InlineData("""{"type":"integer","minimum":1,"maximum":9}""", "10", false)]
    [InlineData("""{"type":"integer"}""", "three", false)]
    [InlineData("""{"type":"integer"}""", "3.5", false)]
    [InlineData("""{"type":"number"}""", "3.5", true)]
    [InlineData("""{"type":"boolean"}""", "true", true)]
    [InlineData("""{"type":"boolean"}""", "yes", false)]
    [InlineData("""{"type":"string","format":"date"}""", "2026-11-29", true)]
    [InlineData("""{"type":"string","format":"date"}""", "29/11/2026", false)]
    [InlineData("""{"type":"string","format":"email"}""", "robin", false)]
    [InlineData("""{"type":"string","maxLength":3}""", "four", false)]
    [InlineData("""{"type":"string","from":"customer.email","format":"email"}""", "robin@example.com", true)]
    [InlineData("""{"type":"string","from":"customer.email","format":"email"}""", "robin", false)]
    public void Holds_an_input_against_its_schema(string schema, string value, bool fits)
    {
        var problem = ToolInputs.Problem(Tool($"\"it\":{schema}"), new Dictionary<string, string> { ["it"] = value });

        Assert.Equal(fits, problem is null);
        if (!fits) Assert.Equal("it", problem!.Value.Input);
    }

    [Fact]
    public void Names_the_input_that_is_missing()
    {
        var problem = ToolInputs.Problem(Tool("""
            "order_id":{"type":"string"},"email":{"type":"string"}
            """, "\"order_id\",\"email\""), new Dictionary<string, string> { ["order_id"] = "1" });

        Assert.Equal("email", problem?.Input);
    }

    [Fact]
    public void Refuses_an_input_over_the_limit() =>
        Assert.Contains("513 characters", ToolInputs.Problem(
            Tool("""
                "it":{"type":"string"}
                """), new Dictionary<string, string> { ["it"] = new('x', 513) })?.Why);

    [Theory]
    [InlineData(2_000, 2_000, null)]
    [InlineData(2_000, 2_001, "the limit is 2000")]
    [InlineData(9_000, 4_097, "the limit is 4096")]
    public void Lets_a_schema_allow_a_longer_text(int most, int length, string? why) =>
        Assert.EndsWith(why ?? "", ToolInputs.Problem(
            Tool($$"""
                "it":{"type":"string","maxLength":{{most}}}
                """), new Dictionary<string, string> { ["it"] = new('x', length) })?.Why ?? "", StringComparison.Ordinal);

    [Fact]
    public void Types_the_inputs_as_the_schema_says()
    {
        var json = ToolInputs.ToJson(
            Tool("""
                "n":{"type":"integer"},"x":{"type":"number"},"b":{"type":"boolean"},"s":{"type":"string"}
                """),
            new Dictionary<string, string> { ["n"] = "3", ["x"] = "2.5", ["b"] = "true", ["s"] = "3" });

        Assert.Equal("""{"n":3,"x":2.5,"b":true,"s":"3"}""", json.ToJsonString());
    }

    public static TheoryData<Identity, string?> WhoAsks => new()
    {
        { Robin, "robin@example.com" },
        { new Identity.Claimed("C-1", "robin@example.com"), null },
        { new Identity.Matched("C-1", "robin@example.com"), null },
        { Identity.Unknown, null },
    };

    [Theory]
    [MemberData(nameof(WhoAsks))]
    public void Fills_in_who_asks_only_when_it_is_verified(Identity identity, string? expected)
    {
        var tool = Tool("""
            "order_id":{"type":"string"},"email":{"type":"string","from":"customer.email"}
            """);
        // The sender wrote somebody else's address under the input's name.
        var fields = new Dictionary<string, string> { ["order_id"] = "1", ["email"] = "victim@example.com" };

        var inputs = ToolInputs.Of(tool, ["order_id", "email"], fields, identity);

        Assert.Equal("1", inputs["order_id"]);
        Assert.Equal(expected, inputs.GetValueOrDefault("email"));
    }
}
