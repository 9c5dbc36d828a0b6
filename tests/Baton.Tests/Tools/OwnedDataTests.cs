using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Tools;

public sealed class OwnedDataTests
{
    private static readonly JsonElement Order = JsonSerializer.Deserialize<JsonElement>("""
        {"order":{"id":"NW-1","status":"returned","total":640,"items":["tent"],"customer_email":"robin@example.com",
        "refund":{"status":"issued","amount":640},"address":{"street":"Main Street 1"}},"internal":{"note":"good customer"}}
        """);

    private static Tool Tool(string? owner = "order.customer_email", params string[] places) => new()
    {
        Name = "get_order", Description = "", Method = "GET", Url = "https://shop.example/x", Scope = "orders:read",
        Risk = ToolRisk.Read, InputSchema = [], Owner = owner is null ? null : new ToolOwner(owner, places),
    };

    private static readonly Tool Orders =
        Tool("order.customer_email", "id", "status", "refund.status", "address", "items");

    public static TheoryData<Identity, string> Views => new()
    {
        { Identity.Unknown, "status" },
        { new Identity.Claimed("C-1", null), "status" },
        { new Identity.Claimed("robin@example.com", null), "status" },
        { new Identity.Claimed(null, "someone@example.com"), "status" },
        { new Identity.Claimed(null, "robin@example.com.evil.example"), "status" },
        { new Identity.Claimed(null, " Robin@Example.com "), "all" },
        { new Identity.Verified(null, "robin@example.com"), "all" },
        { new Identity.Verified("C-9", "someone@example.com"), "nothing" },
        { new Identity.Verified("C-9", null), "nothing" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public void Shows_what_the_number_alone_allows_and_the_rest_to_the_owner(Identity identity, string expected)
    {
        var shown = OwnedData.For(identity, Orders, Order)?.GetRawText();

        Assert.Equal(expected, shown switch
        {
            null => "nothing",
            // Objects and lists named in without_owner stay hidden: only their plain values can be shown, each by name.
            """{"order":{"id":"NW-1","status":"returned","refund":{"status":"issued"}}}""" => "status",
            _ when shown.Contains("640") && shown.Contains("Main Street") && shown.Contains("good customer") => "all",
            _ => shown,
        });
        Assert.DoesNotContain("robin@example.com", shown ?? "");
    }

    [Fact]
    public void Takes_an_order_without_an_owner_for_nobodys()
    {
        var orphan = JsonSerializer.Deserialize<JsonElement>("""{"order":{"status":"shipped","total":9}}""");

        var shown = OwnedData.For(new Identity.Verified("C-1", "robin@example.com"), Orders, orphan);

        Assert.Equal("""{"order":{"status":"shipped"}}""", shown?.GetRawText());
    }

    [Fact]
    public void Compares_with_a_customer_id_only_when_it_is_verified()
    {
        var tool = Tool("owner_id", "status");
        var data = JsonSerializer.Deserialize<JsonElement>("""{"owner_id":"C-1","status":"open","total":9}""");

        Assert.Equal("""{"status":"open"}""",
            OwnedData.For(new Identity.Claimed("C-1", "C-1@x"), tool, data)?.GetRawText());
        Assert.Equal("""{"status":"open","total":9}""",
            OwnedData.For(new Identity.Verified("C-1", null), tool, data)?.GetRawText());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("""{"order":[{"customer_email":"robin@example.com","total":3}]}""")]
    [InlineData("""{"order":{"customer_email":{"address":"robin@example.com"},"total":3}}""")]
    public void Shows_nothing_of_an_answer_in_another_shape(string answer) =>
        Assert.Equal("{}", OwnedData.For(
            new Identity.Claimed(null, "robin@example.com"), Orders,
            JsonSerializer.Deserialize<JsonElement>(answer))?.GetRawText());

    [Fact]
    public void Shows_everything_of_what_is_nobodys() =>
        Assert.Contains("640", OwnedData.For(Identity.Unknown, Tool(owner: null), Order)?.GetRawText());

    /// <summary>
    /// Whatever an order holds and whoever asks: who is not its owner learns no value but the allowed ones.
    /// </summary>
    [Fact]
    public void Nobody_learns_more_of_anothers_order_than_the_tool_allows()
    {
        var names = Gen.Elements("status", "total", "carrier", "items", "address", "note");
        var people = Gen.Elements("a@example.com", "b@example.com", "c@example.com", "");
        var cases =
            from owner in people
            from asks in people
            from verified in Gen.Elements(true, false)
            from held in names.ListOf()
            from allowed in names.ListOf()
            select (owner, asks, verified, held.Distinct().ToList(), allowed.Distinct().ToList());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var (owner, asks, verified, held, allowed) = c;
            var order = new JsonObject { ["customer_email"] = owner };
            foreach (var name in held) order[name] = $"secret-{name}";
            var data = JsonSerializer.SerializeToElement(new JsonObject { ["order"] = order });
            Identity identity = verified ? new Identity.Verified("C", asks) : new Identity.Claimed("C", asks);

            var shown = OwnedData.For(identity, Tool("order.customer_email", [.. allowed]), data)?.GetRawText() ?? "";

            var theirs = owner.Length > 0 && owner == asks;
            return held.All(name => !shown.Contains($"secret-{name}") || theirs || allowed.Contains(name))
                && (!theirs || held.All(name => shown.Contains($"secret-{name}")))
                && (!verified || theirs || owner.Length == 0 || shown.Length == 0);
        }));
    }
}
