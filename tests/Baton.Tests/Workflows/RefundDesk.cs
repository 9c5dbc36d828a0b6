using System.Net;
using System.Text;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Testing;
using Baton.Testing.Commerce;
using Baton.Tests.Decisions.Desks;
using Baton.Tools.Running;

namespace Baton.Tests.Workflows;

/// <summary>A desk whose playbook has the sample company's agents, tools and refund flow, and a shop.</summary>
internal sealed class RefundDesk : IAsyncDisposable
{
    /// <summary>An order of 91.00 that was delivered.</summary>
    public const string Small = "NW-10023";

    /// <summary>One of 356.00, over what is paid back without a person.</summary>
    public const string Large = "NW-10018";

    /// <summary>One of 276.00, of a customer who collects refunds.</summary>
    public const string Suspicious = "NW-10028";

    public const string FinalSale = "NW-10033";

    public const string NotShipped = "NW-10010";

    /// <param name="time">Null: the desk's own clock.</param>
    /// <param name="files">Null: <see cref="Files"/>.</param>
    public RefundDesk(TimeProvider? time = null, PlaybookFiles? files = null)
    {
        Desk = new Desk(files ?? Files(), time: time);
        Shop = new SampleShop(Desk.Clock);
        Desk.Shop.Handle = AnswerAsync;
    }

    public Desk Desk { get; }

    /// <summary>Takes requests now; a test gives each ticket its own.</summary>
    public SampleShop Shop { get; set; }

    /// <summary>What goes wrong with the n-th request that has an effect.</summary>
    public Func<int, ShopFault> Faults { get; set; } = _ => ShopFault.None;

    /// <summary>Before and after each request reaches the shop.</summary>
    public Action Meanwhile { get; set; } = () => { };

    public int Effects { get; set; }

    public static PlaybookFiles Files()
    {
        var files = DeskPlaybook.Files().Replace("playbook.yaml", @"\bT-\d{4}\b", @"\bNW-\d{5}\b")
            .Replace("playbook.yaml", "customer_tiers: [free, enterprise]", "customer_tiers: [free, plus, enterprise]")
            .With("agents.yaml", Text("agents.yaml"));
        foreach (var path in Directory.EnumerateFiles(Path.Combine(NorthwindFiles.Folder, "tools")))
            files.With($"tools/{Path.GetFileName(path)}", File.ReadAllText(path));
        return files.With("workflows/refund.yaml", Text("workflows/refund.yaml")
            .Replace("[refund_request]", "[change_order]", StringComparison.Ordinal));
    }

    public static string Text(string path) => File.ReadAllText(Path.Combine(NorthwindFiles.Folder, path));

    /// <summary>Asks for a refund of an order, as its owner unless said otherwise.</summary>
    public static InboundTicket Ticket(string order, string id = "T-1", bool verified = true, string words = "") =>
        Desk.Ticket($"please change {order} {words}", id) with
        {
            CustomerId = $"c-{id}", CustomerVerified = verified,
            CustomerEmail = SampleOrders.OwnerOf(int.Parse(order.AsSpan(3))),
        };

    public Task<Decision> DecideAsync(string order, string id = "T-1") => Desk.DecideAsync(Ticket(order, id));

    /// <summary>What Baton has on record as paid back for a ticket, what was undone left out.</summary>
    public decimal Recorded(string id = "T-1")
    {
        var done = Desk.Database.Read(c => ToolEffects.Of(c, id)).Where(e => e.Status == EffectStatus.Done).ToList();
        return done.Where(e => e.Tool == "issue_refund" && !done.Any(u => u.Tool == "undo_effect"
            && u.Reference == e.Reference)).Sum(e => e.Amount ?? 0);
    }

    /// <summary>What the shop has paid back.</summary>
    public decimal PaidBack => Shop.Ledger.Where(e => e is { Kind: "refund", Undone: false } && Mine(e))
        .Sum(e => e.Cents) / 100m;

    private static bool Mine(ShopEffect effect) => !effect.Key.StartsWith("aside", StringComparison.Ordinal);

    /// <summary>The amounts that the customer was told of.</summary>
    public decimal Told(string id = "T-1") => Desk.Said(id)
        .Select(text => System.Text.RegularExpressions.Regex.Match(text, @"We have paid back (\d+\.\d\d) USD"))
        .Where(m => m.Success).Sum(m => decimal.Parse(m.Groups[1].Value));

    public ValueTask DisposeAsync() => Desk.DisposeAsync();

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        Meanwhile();
        var fault = request.Method == HttpMethod.Get ? ShopFault.None : Faults(++Effects);
        using var http = new HttpClient(new FaultyShop(Shop, fault));
        using var copy = new HttpRequestMessage(
            request.Method, new Uri(ShopHandler.Base, request.RequestUri!.AbsolutePath));
        if (request.Headers.TryGetValues("Idempotency-Key", out var keys))
            copy.Headers.Add("Idempotency-Key", keys);
        if (request.Content is { } body)
            copy.Content = new StringContent(await body.ReadAsStringAsync(), Encoding.UTF8, "application/json");
        var answer = await http.SendAsync(copy);
        Meanwhile();
        return answer;
    }

    /// <summary>The stand-in's faults without its socket.</summary>
    private sealed class FaultyShop(SampleShop shop, ShopFault fault) : DelegatingHandler(new ShopHandler(shop))
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (fault == ShopFault.Error) return new HttpResponseMessage(HttpStatusCode.InternalServerError);
            if (fault == ShopFault.AlreadyRefunded) shop.RefundAside(request.RequestUri!.Segments[3].Trim('/'));
            var before = shop.Ledger.Count;
            var answer = await base.SendAsync(request, cancellationToken);
            var made = shop.Ledger.Count > before;
            return fault switch
            {
                ShopFault.Duplicate => await base.SendAsync(request, cancellationToken),
                ShopFault.ErrorAfterEffect => new HttpResponseMessage(HttpStatusCode.InternalServerError),
                ShopFault.CutAfterEffect => throw new HttpRequestException(HttpRequestError.ResponseEnded),
                ShopFault.Slow => throw new HttpRequestException(HttpRequestError.ResponseEnded),
                ShopFault.Partial when made => Json(shop.Spoil(e => e with { Cents = e.Cents / 2 })),
                ShopFault.WrongCurrency when made => Json(shop.Spoil(e => e with { Currency = "EUR" })),
                _ => answer,
            };
        }

        private static HttpResponseMessage Json(ShopAnswer answer) => new(HttpStatusCode.Created)
        {
            Content = new StringContent(answer.Body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
    }
}
