using Baton.Playbooks;
using Baton.Triage;

namespace Baton.Tests.Triage.Fields;

public sealed class FieldFinderTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("where is my order NW-10003")]
    [InlineData("where is my order nW-10003")]
    [InlineData("where is my order nw-10003?")]
    [InlineData("where is my order NW‑10003")]
    [InlineData("where is my order NW–10003")]
    [InlineData("where is my order NW—10003")]
    [InlineData("where is my order NW−10003")]
    [InlineData("where is my order NW\u00ad-\u200b10003")]
    [InlineData("where is my order ＮＷ－１００03")]
    [InlineData("where is my order NW-١٠٠٠٣")]
    [InlineData("where is my order NW-१०००३")]
    [InlineData("where is my order ΝW-10003")]
    [InlineData("where is my order 𝐍𝐖-𝟏𝟎𝟎𝟎𝟑")]
    public void Finds_a_number_however_it_is_written(string text) =>
        Assert.Equal("NW-10003", Finder(@"\bNW-?\d{5}\b").Find(text, [], None)["order_id"]);

    [Theory]
    [InlineData(@"\bord_\d{3}\b", "ORD_123", "ord_123")]
    [InlineData(@"\bNw-\d{3}\b", "Nw-123", "Nw-123")]
    [InlineData(@"\bNW-\d{3}\b", "nw-123", "NW-123")]
    public void Gives_the_value_in_the_patterns_own_case(string pattern, string text, string expected) =>
        Assert.Equal(expected, Finder(pattern).Find(text, [], None)["order_id"]);

    [Fact]
    public void A_given_value_and_an_earlier_message_are_read_the_same_way()
    {
        var finder = Finder(@"\bNW-?\d{5}\b");
        Assert.Equal("NW-10003",
            finder.Find("hm", [], new Dictionary<string, string> { ["order_id"] = "nw–١٠٠٠٣" })["order_id"]);
        Assert.Equal("NW-10003", finder.Find("hm", ["it is nw‑10003"], None)["order_id"]);
    }

    [Theory]
    [InlineData("whats up with order 10051, still waiting", "NW-10051")]
    [InlineData("Order #10051 please", "NW-10051")]
    [InlineData("order 10051 and NW-10052", "NW-10052")]
    [InlineData("ordered 10051 tents", null)]
    [InlineData("border 10051", null)]
    [InlineData("order 100512", null)]
    [InlineData("my postcode is 10051", null)]
    public void Takes_a_bare_number_from_the_words_before_it_only(string text, string? expected)
    {
        var finder = new FieldFinder(Some.Playbook() with
        {
            Fields = new Dictionary<string, TicketField>
            {
                ["order_id"] = new("order_id", @"\bNW-?\d{5}\b", "Which?",
                    new BareField(@"\border\s*#?\s*(?<value>\d{5})\b", "NW-{value}")),
            },
        });

        Assert.Equal(expected, finder.Find(text, [], None).GetValueOrDefault("order_id"));
    }

    private static FieldFinder Finder(string pattern) => new(Some.Playbook() with
    {
        Fields = new Dictionary<string, TicketField> { ["order_id"] = new("order_id", pattern, "Which?") },
    });
}
