using System.Text.Json.Nodes;
using Baton.Playbooks.Acting;

namespace Baton.Tests.Tools.Authority;

public sealed class FactFormulaTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly JsonObject Data = (JsonObject)JsonNode.Parse(
        """
        {"order":{"paid":80.5,"day":"2026-11-20","at":"2026-11-30T09:30:00+01:00","next":"2026-12-02","text":"many",
          "items":[{"price":30.1},{"price":50.4}],"none":[],"huge":1e300},"input":{"amount":"8.05"}}
        """)!;

    [Theory]
    [InlineData("days since order.day", 10)]
    [InlineData("hours since order.at", 3)]
    [InlineData("days since order.next", -2)]
    [InlineData("input.amount / order.paid", 0.1)]
    [InlineData("order.paid - input.amount", 72.45)]
    [InlineData("order.paid * 2", 161)]
    [InlineData("earlier + 1", 8)]
    [InlineData("order.paid", 80.5)]
    [InlineData("count order.items", 2)]
    [InlineData("count order.none", 0)]
    [InlineData("sum order.items.price", 80.5)]
    public void Computes(string formula, double number) =>
        Assert.Equal(number, Number(formula));

    [Theory]
    [InlineData("days since order.text")]
    [InlineData("days since order.missing")]
    [InlineData("input.amount / order.missing")]
    [InlineData("order.paid / 0")]
    [InlineData("order.text")]
    [InlineData("order.huge")]
    [InlineData("order.huge * order.huge")]
    [InlineData("order.items.price")]
    [InlineData("sum order.none")]
    [InlineData("count order.paid")]
    public void Knows_nothing_where_there_is_nothing(string formula) =>
        Assert.Equal(double.NaN, Number(formula));

    [Theory]
    [InlineData("")]
    [InlineData("order.paid /")]
    [InlineData("order.paid / order.paid / 2")]
    [InlineData("minutes since order.day")]
    [InlineData("order..paid")]
    [InlineData("sum")]
    public void Refuses_what_is_no_formula(string formula) =>
        Assert.Null(FactFormula.Parse(formula));

    private static double Number(string formula) => FactFormula.Parse(formula)!.Number(
        Data, name => name == "earlier" ? 7 : double.NaN, Now);
}
