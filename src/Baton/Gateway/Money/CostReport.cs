using System.Globalization;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Money;

/// <summary>One line of a cost report.</summary>
/// <param name="Name">The day, model, customer …; "–" for receipts without one.</param>
/// <param name="Saved">What cached answers would have cost.</param>
public sealed record CostLine(string Name, int Calls, long Tokens, Usd Cost, Usd Saved);

/// <summary>Sums over receipts. Pure: the same receipts always give the same report.</summary>
/// <param name="intents">
/// The tickets of the same time with what they are about. A ticket of these without a receipt counts as one that cost
/// nothing.
/// </param>
public sealed class CostReport(IReadOnlyList<Receipt> receipts, IReadOnlyDictionary<string, string?>? intents = null)
{
    /// <summary>What a line of receipts without the cut's value is called.</summary>
    public const string None = "–";

    private const string TagPrefix = "tag:";
    private const string IntentTag = "intent";

    private readonly IReadOnlyDictionary<string, string?> _intents = intents ?? new Dictionary<string, string?>();
    private IReadOnlyList<Usd>? _perTicket;

    /// <summary>What a report can be cut by, besides <c>tag:NAME</c>.</summary>
    public static IReadOnlyList<string> Cuts { get; } =
        ["day", "stage", "model", "tier", "intent", "customer", "key", "status"];

    public Usd Total { get; } = new(receipts.Sum(r => r.Cost.Amount));

    public Usd Saved => new(receipts.Sum(r => r.Saved.Amount));

    /// <summary>The part of a model's cost that is the time of its calls, at its price by the hour.</summary>
    public Usd HourlyOf(string model, ModelPrices prices) => new(receipts
        .Where(r => r.Model == model && r.Tokens.Input > 0).Sum(r => Cost.OfTime(r.LatencyMs, prices).Amount));

    public int Calls => receipts.Select(r => r.CallId).Distinct().Count();

    public long Tokens => receipts.Sum(r => r.Tokens.Input + r.Tokens.Output);

    /// <summary>When the first receipt was written; null without any.</summary>
    public DateTimeOffset? First => receipts.Count == 0 ? null : receipts.Min(r => r.At);

    /// <summary>Share of the cost that rests on our own estimate of tokens, from 0 to 1.</summary>
    public decimal EstimatedShare =>
        Total == Usd.Zero ? 0 : receipts.Where(r => r.Estimated).Sum(r => r.Cost.Amount) / Total.Amount;

    /// <summary>Cost of each ticket, ascending.</summary>
    public IReadOnlyList<Usd> PerTicket => _perTicket ??= Tickets();

    /// <summary>Names of the tags on any receipt, in order.</summary>
    public IReadOnlyList<string> TagNames => [.. receipts.Select(r => r.Tags).Distinct().SelectMany(t => t.Keys)
        .Where(name => name != IntentTag).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Lines by <paramref name="cut"/>, the dearest first; days in order.</summary>
    /// <exception cref="ArgumentException">There is no such cut.</exception>
    public IReadOnlyList<CostLine> By(string cut)
    {
        var lines = receipts.GroupBy(Name(cut)).Select(g => new CostLine(
            g.Key, g.Select(r => r.CallId).Distinct().Count(), g.Sum(r => r.Tokens.Input + r.Tokens.Output),
            new Usd(g.Sum(r => r.Cost.Amount)), new Usd(g.Sum(r => r.Saved.Amount))));
        return cut == "day"
            ? [.. lines.OrderBy(l => l.Name, StringComparer.Ordinal)]
            : [.. lines.OrderByDescending(l => l.Cost).ThenBy(l => l.Name, StringComparer.Ordinal)];
    }

    /// <summary>Nearest-rank percentile of the cost per ticket; zero without tickets.</summary>
    public Usd TicketPercentile(double p)
    {
        var costs = PerTicket;
        return costs.Count == 0 ? Usd.Zero
            : costs[Math.Clamp((int)Math.Ceiling(p * costs.Count) - 1, 0, costs.Count - 1)];
    }

    private List<Usd> Tickets()
    {
        // What runs beside a ticket is no ticket of its own.
        var paid = receipts.Where(r => r.Ticket is not null && !ShadowAccount.Pays(r.Ticket, r.Key))
            .GroupBy(r => r.Ticket!)
            .ToDictionary(g => g.Key, g => new Usd(g.Sum(r => r.Cost.Amount)));
        return [.. paid.Values.Concat(_intents.Keys.Where(t => !paid.ContainsKey(t)).Select(_ => Usd.Zero)).Order()];
    }

    private Func<Receipt, string> Name(string cut) => cut switch
    {
        "day" => r => r.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "stage" => r => r.Stage,
        "model" => r => r.Model,
        "tier" => r => r.Tier ?? None,
        "intent" => Intent,
        "customer" => r => r.Customer ?? None,
        "key" => r => r.Key ?? None,
        "status" => r => EnumWords.Of(r.Status),
        _ when cut.StartsWith(TagPrefix, StringComparison.Ordinal) && cut.Length > TagPrefix.Length =>
            r => r.Tags.GetValueOrDefault(cut[TagPrefix.Length..]) ?? None,
        _ => throw new ArgumentException($"cannot cut by '{cut}'; try {string.Join(", ", Cuts)} or tag:NAME"),
    };

    /// <summary>
    /// What the caller said, or what the ticket turned out to be: triage is paid before anybody knows.
    /// </summary>
    private string Intent(Receipt receipt) =>
        receipt.Tags.GetValueOrDefault(IntentTag)
        ?? (receipt.Ticket is { } ticket ? _intents.GetValueOrDefault(ticket) : null)
        ?? None;
}
