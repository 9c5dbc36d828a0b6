using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Baton.Testing.Agents;

/// <summary>An order system that gives money back, knows keys, and misbehaves when told to.</summary>
internal sealed class RefundShop
{
    private readonly ConcurrentDictionary<string, JsonObject> _byKey = new();
    private int _made;

    public string Order { get; set; } =
        """
        {"id":"T-1001","status":"delivered","total":80,"delivered_on":"2026-11-20","customer_email":"robin@example.com"}
        """;

    /// <summary>
    /// What happens to the next refunds, in order: ok, lost (done, no answer), refused, down, wrong (amount).
    /// </summary>
    public Queue<string> Moods { get; } = new();

    /// <summary>Whether the same key twice is one refund.</summary>
    public bool KnowsKeys { get; set; } = true;

    /// <summary>Whether nobody answers at all.</summary>
    public bool IsDown { get; set; }

    /// <summary>A note on the order, as somebody else may have written it.</summary>
    public AsyncLocal<string?> Note { get; } = new();

    /// <summary>What notes tell, as somebody else wrote it.</summary>
    public AsyncLocal<string?> Page { get; } = new();

    /// <summary>Where orders were really sent.</summary>
    public ConcurrentBag<string> Addresses { get; } = [];

    /// <summary>Refunds that were really made.</summary>
    public ConcurrentBag<decimal> Refunds { get; } = [];

    public int Asked { get; private set; }

    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        if (IsDown) throw new HttpRequestException(HttpRequestError.ConnectionError);
        if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith("refunds/last", StringComparison.Ordinal))
            return _byKey.Values.LastOrDefault() is { } last
                ? Json($$"""{"refund":{{last.ToJsonString()}}}""") : new HttpResponseMessage(HttpStatusCode.NotFound);
        if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/notes/", StringComparison.Ordinal))
            return Json(new JsonObject { ["notes"] = Page.Value ?? "none" }.ToJsonString());
        if (request.Method == HttpMethod.Get) return Json($$"""{"order":{{Noted()}}}""");
        Asked++;
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync())!;
        if (request.RequestUri!.AbsolutePath.EndsWith("/address", StringComparison.Ordinal))
        {
            Addresses.Add($"{body["address"]}");
            return Json("""{"change":{"id":"A-1"}}""");
        }
        var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : $"{Guid.CreateVersion7()}";
        var mood = Moods.TryDequeue(out var next) ? next : "ok";
        if (mood == "down") throw new HttpRequestException(HttpRequestError.ConnectionError);
        if (mood == "refused") return new HttpResponseMessage(HttpStatusCode.Conflict);
        var refund = KnowsKeys && _byKey.TryGetValue(key, out var made) ? made : Make(key, body["amount"]!.GetValue<decimal>());
        if (mood == "lost") return new HttpResponseMessage(HttpStatusCode.BadGateway);
        var told = (JsonObject)refund.DeepClone();
        if (mood == "wrong") told["amount"] = 1;
        return Json($$"""{"refund":{{told.ToJsonString()}}}""");
    }

    private string Noted()
    {
        if (Note.Value is not { } note) return Order;
        var order = JsonNode.Parse(Order)!.AsObject();
        order["note"] = note;
        return order.ToJsonString();
    }

    private static HttpResponseMessage Json(string json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private JsonObject Make(string key, decimal amount)
    {
        Refunds.Add(amount);
        return _byKey[key] = new JsonObject
        {
            ["id"] = $"R-{Interlocked.Increment(ref _made)}", ["amount"] = amount, ["currency"] = "EUR",
        };
    }
}
