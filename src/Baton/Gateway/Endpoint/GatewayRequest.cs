using System.Text.Json;
using Baton.Gateway.Calls;
using Baton.Gateway.Chain;
using Baton.Gateway.Keys;
using Baton.Gateway.Money;
using Baton.Playbooks;
using Microsoft.AspNetCore.Http;

namespace Baton.Gateway.Endpoint;

/// <summary>One authenticated request from outside, and what its headers say.</summary>
internal sealed class GatewayRequest(GatewayEndpointParts parts, HttpContext http, VirtualKey key)
{
    private const int MaxHeaderChars = 200;

    public GatewayEndpointParts Parts => parts;

    public HttpContext Http => http;

    public CancellationToken Aborted => http.RequestAborted;

    public VirtualKey Key => key;

    /// <summary>
    /// The call's attribution: headers <c>X-Baton-Stage</c>, <c>-Customer</c>, <c>-Ticket</c>, <c>-Tag-…</c>,
    /// <c>-Regulated</c>, and what the key brings along. A tag of the key cannot be changed by a header.
    /// </summary>
    public CallContext Context(string defaultStage) => new()
    {
        Stage = Header("X-Baton-Stage") is { } stage ? Attribution.Plain(stage) : defaultStage,
        Customer = Header("X-Baton-Customer") is { } customer ? Attribution.Account(customer) : null,
        Ticket = Header("X-Baton-Ticket") is { } ticket ? Attribution.Account(ticket) : null,
        Regulated = Header("X-Baton-Regulated") is { } regulated && Regulated(regulated),
        Key = key.Id,
        KeyBudget = key.Budget,
        AllowedModels = key.Models,
        Passthrough = key.Passthrough,
        Tags = Tags(),
    };

    /// <summary>The body as JSON, limited in size.</summary>
    public async Task<JsonDocument> BodyAsync()
    {
        var limit = parts.Options.MaxRequestBytes;
        if (http.Request.ContentLength > limit) throw TooLarge(limit);
        using var buffer = new MemoryStream((int)(http.Request.ContentLength ?? 4096));
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, Aborted).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length + read > limit) throw TooLarge(limit);
            buffer.Write(chunk, 0, read);
        }
        return RequestJson.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    /// <summary>Names the receipt, the served model and the cost in headers.</summary>
    public void Describe(IReadOnlyList<Receipt> receipts)
    {
        if (receipts.Count == 0) return;
        var headers = http.Response.Headers;
        headers["X-Baton-Receipt"] = receipts[^1].Id;
        headers["X-Baton-Model"] = receipts[^1].ServedModel ?? receipts[^1].Model;
        headers["X-Baton-Cost-Usd"] = new Usd(receipts.Sum(r => r.Cost.Amount)).ToString();
        headers["X-Baton-Cache"] = receipts[^1] switch
        {
            { Status: not ReceiptStatus.Cached } => "miss",
            var hit => hit.Tags.GetValueOrDefault(CacheClient.Tag) ?? "hit",
        };
    }

    /// <summary>
    /// Begins a stream. Its receipt and cost are known at its end only: see <see cref="EndComment"/>.
    /// </summary>
    public void BeginStream(string model)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["X-Baton-Model"] = model;
    }

    /// <summary>What the headers of a whole answer say, as a comment of the stream, which clients skip.</summary>
    public static string EndComment(IReadOnlyList<Receipt> receipts) =>
        $": receipt={receipts[^1].Id} cost_usd={new Usd(receipts.Sum(r => r.Cost.Amount))}\n\n";

    private Attribution Attribution { get; } = new(parts.Gateway.Parts.Redactor, key);

    private static bool Regulated(string value) => bool.TryParse(value, out var on)
        ? on
        : throw EndpointFailure.Bad($"Header X-Baton-Regulated is '{value}'; give true or false.");

    private Dictionary<string, string> Tags()
    {
        const string prefix = "X-Baton-Tag-";
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in http.Request.Headers)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && name.Length > prefix.Length)
                tags[Attribution.Plain(name[prefix.Length..].ToLowerInvariant())] =
                    Attribution.Plain(Limited(name, value.ToString()));
        }
        foreach (var (name, value) in key.Tags) tags[name] = value;
        return tags;
    }

    private string? Header(string name) =>
        http.Request.Headers[name].ToString() is { Length: > 0 } value ? Limited(name, value) : null;

    private static string Limited(string name, string value) => value.Length <= MaxHeaderChars
        ? value
        : throw EndpointFailure.Bad($"Header {name} has {value.Length} characters; the limit is {MaxHeaderChars}.");

    private static EndpointFailure TooLarge(int limit) => new(
        413, "invalid_request_error", "request_too_large", $"The body is larger than {limit} bytes.");
}
