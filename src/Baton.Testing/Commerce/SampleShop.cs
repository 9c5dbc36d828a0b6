using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Baton.Testing.Commerce;

/// <summary>
/// A small shop with real state: sample orders, and a ledger of what was done to them. The same key has the same effect
/// once, whoever asks how often. The demo's host and <see cref="StandInShop"/> both answer from it.
/// </summary>
/// <param name="journal">File that keeps the ledger over restarts; null keeps it in memory.</param>
public sealed class SampleShop(TimeProvider clock, string? journal = null)
{
    private const int FirstReference = 70001;
    private static readonly TimeSpan UndoFor = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly List<ShopEffect> _ledger = ShopJournal.Read(journal);

    /// <summary>All that was done, oldest first.</summary>
    public IReadOnlyList<ShopEffect> Ledger
    {
        get
        {
            lock (_lock) return [.. _ledger];
        }
    }

    /// <summary>Answers a request as the shop's server does.</summary>
    public ShopAnswer Answer(ShopRequest request)
    {
        lock (_lock)
        {
            return (request.Method, request.Path.Trim('/').Split('/')) switch
            {
                ("GET", ["orders", var id]) => Show(id),
                ("GET", ["customers", var email, "history"]) => History(Uri.UnescapeDataString(email)),
                ("GET", ["effects", var key]) => LookUp(Uri.UnescapeDataString(key)),
                ("POST", ["orders", var id, "refunds"]) => Once(request, id, Refund),
                ("POST", ["orders", var id, "cancellation"]) => Once(request, id, Cancel),
                ("POST", ["orders", var id, "exchanges"]) => Once(request, id, Exchange),
                ("POST", ["orders", var id, "address"]) => Once(request, id, ChangeAddress),
                ("POST", ["orders", var id, "invoice"]) => Once(request, id, SendInvoice),
                ("POST", ["effects", var reference, "undo"]) => Undo(reference),
                _ => ShopAnswer.Refuse(404, "no_such_page", $"{request.Method} {request.Path} is nothing here"),
            };
        }
    }

    /// <summary>Does what somebody else does at the same time: an order is paid back whole, and nobody asked.</summary>
    internal void RefundAside(string id)
    {
        lock (_lock)
        {
            if (SampleOrders.NumberOf(id) is not { } number) return;
            var order = Order(number);
            if (ShopJson.Refundable(order, Done(order.Id)) is > 0 and var rest)
                Add("refund", order.Id, rest, "USD", $"aside {_ledger.Count}", "");
        }
    }

    private ShopAnswer Show(string id) => SampleOrders.NumberOf(id) is { } number
        ? new ShopAnswer(200, ShopJson.Order(Order(number), Done($"NW-{number}"))) : Unknown(id);

    private ShopAnswer History(string email)
    {
        var own = SampleOrders.Numbers.Where(n => SampleOrders.OwnerOf(n) == email).Select(n => $"NW-{n}").ToList();
        var refunds = _ledger.Where(e => e is { Kind: "refund", Undone: false } && own.Contains(e.OrderId)).ToList();
        return new ShopAnswer(200, new JsonObject
        {
            ["history"] = new JsonObject
            {
                ["orders"] = own.Count,
                ["refunds_90_days"] = refunds.Count + SampleOrders.EarlierRefundsOf(email),
                ["refunded_90_days"] = ShopJson.Money(refunds.Sum(r => r.Cents)),
            },
        });
    }

    private ShopAnswer LookUp(string key) => _ledger.Find(e => e.Key == key) is { } effect
        ? new ShopAnswer(200, ShopJson.Effect(effect))
        : ShopAnswer.Refuse(404, "no_such_key", "nothing was done under this key");

    /// <summary>The effect of a key, or of a new one what <paramref name="does"/> does.</summary>
    private ShopAnswer Once(
        ShopRequest request, string id, Func<SampleOrder, JsonElement, ShopRequest, ShopAnswer> does)
    {
        if (string.IsNullOrWhiteSpace(request.Key))
            return ShopAnswer.Refuse(400, "no_key", "send a header Idempotency-Key: it keeps this from happening twice");
        if (_ledger.Find(e => e.Key == request.Key) is { } before)
            return before.Digest == Digest(request)
                ? new ShopAnswer(200, ShopJson.Effect(before))
                : ShopAnswer.Refuse(422, "key_used", "this Idempotency-Key was used for something else");
        if (SampleOrders.NumberOf(id) is not { } number) return Unknown(id);
        try
        {
            using var body = JsonDocument.Parse(request.Body.Length == 0 ? "{}" : request.Body);
            return does(Order(number), body.RootElement, request);
        }
        catch (JsonException)
        {
            return ShopAnswer.Refuse(400, "bad_json", "the body is not JSON");
        }
    }

    private ShopAnswer Refund(SampleOrder order, JsonElement body, ShopRequest request)
    {
        var rest = ShopJson.Refundable(order, Done(order.Id));
        if (rest == 0 && order.Status != "processing")
            return ShopAnswer.Refuse(409, "already_refunded", "nothing is left to pay back");
        if (rest == 0) return ShopAnswer.Refuse(409, "not_paid", "it has not shipped: cancel it instead");
        if (Text(body, "currency") is var currency && currency != "USD")
            return ShopAnswer.Refuse(422, "wrong_currency", $"the order was paid in USD, not in '{currency}'");
        if (!body.TryGetProperty("amount", out var given) || !TryAmount(given, out var amount)
            || amount <= 0 || amount * 100 % 1 != 0)
            return ShopAnswer.Refuse(422, "bad_amount", "amount must be a number above 0 with at most two decimals");
        return amount * 100 > rest
            ? ShopAnswer.Refuse(422, "too_much", $"at most {rest / 100m:0.00} can be paid back")
            : Do("refund", order, (long)(amount * 100), request);
    }

    private ShopAnswer Cancel(SampleOrder order, JsonElement body, ShopRequest request) =>
        order.Status != "processing" ? ShopAnswer.Refuse(409, "shipped", "it has shipped and cannot be stopped")
            : Done(order.Id).Any(e => e.Kind == "cancellation")
                ? ShopAnswer.Refuse(409, "already_cancelled", "it was cancelled before")
                : Do("cancellation", order, order.Cents, request);

    private ShopAnswer Exchange(SampleOrder order, JsonElement body, ShopRequest request) =>
        order.Status != "delivered" ? ShopAnswer.Refuse(409, "not_delivered", "only what was delivered is exchanged")
            : Text(body, "to") is null or "" ? ShopAnswer.Refuse(422, "no_size", "say the size or color in 'to'")
            : Do("exchange", order, 0, request);

    private ShopAnswer ChangeAddress(SampleOrder order, JsonElement body, ShopRequest request) =>
        order.Status != "processing" ? ShopAnswer.Refuse(409, "shipped", "it has shipped: the address cannot change")
            : Text(body, "address") is null or "" ? ShopAnswer.Refuse(422, "no_address", "say the address in 'address'")
            : Do("address", order, 0, request);

    private ShopAnswer SendInvoice(SampleOrder order, JsonElement body, ShopRequest request) =>
        order.Status == "processing" ? ShopAnswer.Refuse(409, "no_invoice", "the invoice is made when it ships")
            : Do("invoice", order, 0, request);

    private ShopAnswer Undo(string reference)
    {
        var at = _ledger.FindIndex(e => e.Reference == reference);
        if (at < 0) return ShopAnswer.Refuse(404, "no_such_effect", $"there is no {reference}");
        var effect = _ledger[at];
        if (effect.Undone) return new ShopAnswer(200, ShopJson.Effect(effect));
        if (effect.Kind == "invoice" || clock.GetUtcNow() - effect.At > UndoFor)
            return ShopAnswer.Refuse(409, "too_late", $"{reference} can no longer be undone");
        _ledger[at] = effect with { Undone = true };
        ShopJournal.Append(journal, _ledger[at]);
        return new ShopAnswer(200, ShopJson.Effect(_ledger[at]));
    }

    private ShopAnswer Do(string kind, SampleOrder order, long cents, ShopRequest request) => new(
        201, ShopJson.Effect(Add(kind, order.Id, cents, "USD", request.Key!, Digest(request))));

    private ShopEffect Add(string kind, string order, long cents, string currency, string key, string digest)
    {
        var prefix = kind[..2].ToUpperInvariant();
        var effect = new ShopEffect(
            $"{prefix}-{FirstReference + _ledger.Count}", kind, order, cents, currency, key, digest, clock.GetUtcNow());
        ShopJournal.Append(journal, effect);
        _ledger.Add(effect);
        return effect;
    }

    /// <summary>Books the newest effect otherwise than it was asked for, as a faulty shop does.</summary>
    internal ShopAnswer Spoil(Func<ShopEffect, ShopEffect> change)
    {
        lock (_lock)
        {
            _ledger[^1] = change(_ledger[^1]);
            return new ShopAnswer(201, ShopJson.Effect(_ledger[^1]));
        }
    }

    private SampleOrder Order(int number) => SampleOrders.Of(number, clock.GetUtcNow());

    private List<ShopEffect> Done(string order) => _ledger.FindAll(e => e.OrderId == order && !e.Undone);

    private static ShopAnswer Unknown(string id) =>
        ShopAnswer.Refuse(404, "no_such_order", $"there is no order {id}");

    private static bool TryAmount(JsonElement given, out decimal amount)
    {
        amount = 0;
        return given.ValueKind == JsonValueKind.Number ? given.TryGetDecimal(out amount)
            : given.ValueKind == JsonValueKind.String
                && decimal.TryParse(given.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out amount);
    }

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Digest(ShopRequest request) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Path}\n{request.Body}")));
}
