using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Testing;
using Baton.Testing.Commerce;

namespace Baton.Tests.Commerce;

public sealed class SampleShopTests : IDisposable
{
    private readonly string _journal = Path.Combine(
        Directory.CreateTempSubdirectory("baton-shop-").FullName, "shop.jsonl");

    private readonly ManualClock _clock = new();

    private SampleShop Shop => field ??= new SampleShop(_clock, _journal);

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_journal)!, recursive: true);

    private static ShopRequest Refund(string order, string amount, string? key = "k-1", string currency = "USD") => new(
        "POST", $"/orders/{order}/refunds", key, $$"""{"amount":{{amount}},"currency":"{{currency}}"}""");

    private ShopAnswer Order(string id) => Shop.Answer(new ShopRequest("GET", $"/orders/{id}"));

    private static string? Code(ShopAnswer answer) => answer.Body["error"]?["code"]?.ToString();

    [Fact]
    public void Pays_back_to_the_cent_and_shows_it_in_the_order()
    {
        var total = Order("NW-10008").Body["order"]!["refundable"]!.GetValue<decimal>();
        var answer = Shop.Answer(Refund("NW-10008", "12.34"));
        Assert.Equal(201, answer.Status);
        Assert.Equal(12.34m, answer.Body["effect"]!["amount"]!.GetValue<decimal>());
        var order = Order("NW-10008").Body["order"]!;
        Assert.Equal(total - 12.34m, order["refundable"]!.GetValue<decimal>());
        Assert.Equal(12.34m, order["refunded"]!.GetValue<decimal>());
    }

    [Fact]
    public void Does_the_same_key_once()
    {
        var first = Shop.Answer(Refund("NW-10008", "10"));
        var again = Shop.Answer(Refund("NW-10008", "10"));
        Assert.Equal((201, 200), (first.Status, again.Status));
        Assert.Equal(first.Body.ToJsonString(), again.Body.ToJsonString());
        Assert.Equal("key_used", Code(Shop.Answer(Refund("NW-10008", "11"))));
        Assert.Single(Shop.Ledger);
        Assert.Equal(200, Shop.Answer(new ShopRequest("GET", "/effects/k-1")).Status);
        Assert.Equal("no_such_key", Code(Shop.Answer(new ShopRequest("GET", "/effects/k-2"))));
    }

    [Theory]
    [InlineData("NW-10008", "10", null, "USD", "no_key")]
    [InlineData("NW-10008", "10", "k", "EUR", "wrong_currency")]
    [InlineData("NW-10008", "0", "k", "USD", "bad_amount")]
    [InlineData("NW-10008", "-5", "k", "USD", "bad_amount")]
    [InlineData("NW-10008", "1.001", "k", "USD", "bad_amount")]
    [InlineData("NW-10008", "99999", "k", "USD", "too_much")]
    [InlineData("NW-10024", "10", "k", "USD", "already_refunded")]
    [InlineData("NW-10005", "10", "k", "USD", "not_paid")]
    [InlineData("NW-99999", "10", "k", "USD", "no_such_order")]
    public void Refuses_a_refund_that_cannot_be(string order, string amount, string? key, string currency, string code)
    {
        Assert.Equal(code, Code(Shop.Answer(Refund(order, amount, key, currency))));
        Assert.Empty(Shop.Ledger);
    }

    [Theory]
    [InlineData("NW-10005", "cancellation", "{}", "cancellation")]
    [InlineData("NW-10008", "cancellation", "{}", "shipped")]
    [InlineData("NW-10008", "exchanges", """{"to":"L"}""", "exchange")]
    [InlineData("NW-10005", "exchanges", """{"to":"L"}""", "not_delivered")]
    [InlineData("NW-10005", "address", """{"address":"1 Main St"}""", "address")]
    [InlineData("NW-10008", "address", """{"address":"1 Main St"}""", "shipped")]
    [InlineData("NW-10008", "invoice", "{}", "invoice")]
    [InlineData("NW-10005", "invoice", "{}", "no_invoice")]
    public void Does_the_other_things_where_the_order_allows(string order, string what, string body, string expected)
    {
        var answer = Shop.Answer(new ShopRequest("POST", $"/orders/{order}/{what}", "k", body));
        Assert.Equal(expected, Code(answer) ?? answer.Body["effect"]!["kind"]!.ToString());
    }

    [Fact]
    public void Undoes_within_a_day_and_keeps_its_ledger_over_a_restart()
    {
        var reference = Shop.Answer(Refund("NW-10008", "10")).Body["effect"]!["reference"]!.ToString();
        Shop.Answer(Refund("NW-10013", "20", "k-2"));
        Assert.Equal(200, Shop.Answer(new ShopRequest("POST", $"/effects/{reference}/undo")).Status);
        File.AppendAllText(_journal, "\n{\"cut");
        var after = new SampleShop(_clock, _journal);
        Assert.Equal(Shop.Ledger, after.Ledger);
        Assert.Equal([true, false], after.Ledger.Select(e => e.Undone));
        _clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal("too_late", Code(after.Answer(
            new ShopRequest("POST", $"/effects/{after.Ledger[1].Reference}/undo"))));
    }

    [Theory]
    [InlineData(ShopFault.None, 201, 30.00)]
    [InlineData(ShopFault.Error, 500, 0)]
    [InlineData(ShopFault.ErrorAfterEffect, 500, 30.00)]
    [InlineData(ShopFault.CutAfterEffect, 0, 30.00)]
    [InlineData(ShopFault.Slow, 0, 30.00)]
    [InlineData(ShopFault.Duplicate, 200, 30.00)]
    [InlineData(ShopFault.Partial, 201, 15.00)]
    [InlineData(ShopFault.AlreadyRefunded, 409, 0)]
    [InlineData(ShopFault.WrongCurrency, 201, 30.00)]
    public async Task Misbehaves_on_request(ShopFault fault, int status, decimal booked)
    {
        await using var shop = await StandInShop.StartAsync(_clock, TestContext.Current.CancellationToken);
        shop.Faults = _ => fault;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(fault == ShopFault.Slow ? 1 : 30) };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shop.Address, "demo/orders/NW-10008/refunds"))
        {
            Content = JsonContent.Create(new { amount = 30, currency = "USD" }),
            Headers = { { "Idempotency-Key", "mine" } },
        };
        var seen = 0;
        try
        {
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            seen = (int)answer.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException) { }
        Assert.Equal(status, seen);
        Assert.Equal(booked, shop.Shop.Ledger.Where(e => e.Key == "mine").Sum(e => e.Cents) / 100m);
        Assert.Equal(1, shop.Effects);
    }

    [Fact]
    public async Task Answers_without_a_socket_as_with_one()
    {
        using var http = new HttpClient(new ShopHandler(Shop));
        var order = await http.GetFromJsonAsync<JsonObject>(
            new Uri(ShopHandler.Base, "demo/orders/nw10024"), TestContext.Current.CancellationToken);
        Assert.Equal("returned", order!["order"]!["status"]!.ToString());
        using var none = await http.GetAsync(
            new Uri(ShopHandler.Base, "demo/orders/NW-1"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var history = await http.GetFromJsonAsync<JsonElement>(
            new Uri(ShopHandler.Base, "demo/customers/sam.whitlock%40example.com/history"),
            TestContext.Current.CancellationToken);
        Assert.Equal(4, history.GetProperty("history").GetProperty("refunds_90_days").GetInt32());
    }
}
