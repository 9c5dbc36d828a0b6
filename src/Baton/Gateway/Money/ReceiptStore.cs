using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Gateway.Money;

/// <summary>
/// Receipts in the database. A receipt, its event in the ledger and every counter it moves are one transaction, so
/// the three can never tell different stories.
/// </summary>
internal static class ReceiptStore
{
    /// <summary>Type of the event; its data is <c>{"id","cost_nanos","model","stage","status"}</c>.</summary>
    public const string EventType = "ReceiptWritten";

    private const string Columns =
        "id, call_id, attempt, at, stage, alias, tier, model, provider, served_model, status, input, cached_input, "
        + "cache_write, output, reasoning, estimated, cost, saved, prices_dated, latency_ms, first_token_ms, strategy, "
        + "candidates, error, ticket, customer, key_id, batch, tags";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Notes that an attempt has begun, with the receipt it becomes if nobody ends it.</summary>
    public static void Begin(WriteTransaction transaction, string id, DateTimeOffset expires, string receipt) =>
        transaction.Execute("insert into open_attempts (id, expires_at, receipt) values ($1, $2, $3)",
            id, SqlValue.Ms(expires), receipt);

    /// <summary>Writes receipts and everything that follows from them.</summary>
    public static void Write(WriteTransaction transaction, IReadOnlyList<UnwrittenReceipt> receipts)
    {
        var sums = new Dictionary<SpendingKey, long>();
        // One after the other over all processes: a place is never given behind one that was read.
        transaction.Lock("receipts");
        var place = transaction.Number("select max(place) from receipts") ?? 0;
        foreach (var unplaced in transaction.Query(
            "select id from receipts where place = 0 order by at, id limit 1000", row => row.Text(0)))
            transaction.Execute("update receipts set place = $1 where id = $2 and place = 0", ++place, unplaced);
        foreach (var day in receipts.GroupBy(r => ReservedStreams.OfReceipts(r.Receipt.At))
            .OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            transaction.Lock(day.Key);
            var events = new List<NewEvent>();
            foreach (var (receipt, texts, noted) in day)
            {
                // Without a note nobody else can have written it, for example another process that recovered the
                // attempt.
                if (noted && !EndNote(transaction, receipt.Id) && Exists(transaction, receipt.Id)) continue;
                Insert(transaction, receipt, texts, ++place);
                events.Add(new NewEvent(EventType, receipt.At, texts.Event));
                if (receipt.Cost == Usd.Zero) continue;
                foreach (var key in SpendingKey.Of(receipt.Ticket, receipt.Customer, receipt.Key, receipt.At))
                    sums[key] = sums.GetValueOrDefault(key) + receipt.Cost.Nanos;
            }
            Ledger.Extend(transaction, day.Key, [.. events]);
        }
        // In one order, so that two processes never wait for one another.
        foreach (var (key, nanos) in sums.OrderBy(s => s.Key.ToString(), StringComparer.Ordinal))
            Count(transaction, key, nanos);
    }

    private static bool EndNote(WriteTransaction transaction, string id) =>
        transaction.Execute("delete from open_attempts where id = $1", id) > 0;

    private static void Count(WriteTransaction transaction, SpendingKey key, long nanos) => transaction.Execute(
        """
        insert into spending (scope, subject, period, cost) values ($1, $2, $3, $4)
        on conflict (scope, subject, period) do update set cost = spending.cost + excluded.cost
        """,
        key.Scope, key.Subject, key.Period, nanos);

    /// <summary>Attempts whose time is over, as the receipts that were noted for them.</summary>
    public static List<Receipt> Expired(ReadConnection connection, DateTimeOffset now) =>
        connection.Query("select receipt from open_attempts where expires_at < $1",
            row => JsonSerializer.Deserialize<Receipt>(row.Utf8(0), Json)!, SqlValue.Ms(now));

    /// <summary>What a counter holds.</summary>
    public static long Spent(ReadConnection connection, SpendingKey key) =>
        connection.Number("select cost from spending where scope = $1 and subject = $2 and period = $3",
            key.Scope, key.Subject, key.Period) ?? 0;

    /// <summary>Receipts of a time, oldest first.</summary>
    public static List<Receipt> Between(ReadConnection connection, DateTimeOffset from, DateTimeOffset to) =>
        connection.Query($"select {Columns} from receipts where at >= $1 and at < $2 order by at, id",
            Map, SqlValue.Ms(from), SqlValue.Ms(to));

    /// <summary>
    /// The same without the models that were considered. Texts that repeat are held once: a report reads hundreds of
    /// thousands of receipts.
    /// </summary>
    public static List<Receipt> Costs(ReadConnection connection, DateTimeOffset from, DateTimeOffset to)
    {
        var texts = new Dictionary<string, string>();
        var tags = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        return connection.Query(
            $"select {Columns.Replace("candidates", "'[]'")} from receipts where at >= $1 and at < $2",
            row => Light(row), SqlValue.Ms(from), SqlValue.Ms(to));

        Receipt Light(Row row)
        {
            var json = row.Text(29);
            if (!tags.TryGetValue(json, out var read)) tags[json] = read = Tags(json);
            return Map(row, read) with
            {
                Stage = Once(row.Text(4))!, Alias = null, Tier = Once(row.TextOrNull(6)), Model = Once(row.Text(7))!,
                Provider = Once(row.Text(8))!, ServedModel = null, Ticket = Once(row.TextOrNull(25)),
                Customer = Once(row.TextOrNull(26)), Key = Once(row.TextOrNull(27)),
            };
        }

        string? Once(string? text) =>
            text is null ? null : texts.TryGetValue(text, out var known) ? known : texts[text] = text;
    }

    /// <summary>Receipts in the order in which they were written, with their places.</summary>
    /// <param name="place">The last that is known; 0: none.</param>
    public static List<PlacedReceipt> After(
        ReadConnection connection, long place, DateTimeOffset since, int limit) => connection.Query(
            $"select {Columns}, place from receipts where place > $1 and at >= $2 order by place limit $3",
            row => new PlacedReceipt(row.Int64(30), Map(row)), place, SqlValue.Ms(since), (long)limit);

    private static bool Exists(ReadConnection connection, string id) =>
        connection.Number("select 1 from receipts where id = $1", id) is not null;

    public static string ToJson(Receipt receipt) => JsonSerializer.Serialize(receipt, Json);

    private static void Insert(
        WriteTransaction transaction, Receipt r, ReceiptTexts texts, long place) => transaction.Execute(
        $"""
        insert into receipts ({Columns}, place) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
            $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)
        """,
        r.Id, r.CallId, r.Attempt, SqlValue.Ms(r.At), r.Stage, r.Alias, r.Tier, r.Model, r.Provider, r.ServedModel,
        r.Status.ToString(), r.Tokens.Input, r.Tokens.CachedInput, r.Tokens.CacheWrite, r.Tokens.Output,
        r.Tokens.Reasoning, r.Estimated, r.Cost.Nanos, r.Saved.Nanos, texts.PricesDated, r.LatencyMs,
        r.FirstTokenMs is { } ms ? ms : default(SqlValue), r.Strategy.ToString(), texts.Candidates, r.Error, r.Ticket,
        r.Customer, r.Key, r.Batch, texts.Tags, place);

    private static Dictionary<string, string> Tags(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json)!;

    private static Receipt Map(Row row) => Map(row, Tags(row.Text(29)));

    private static Receipt Map(Row row, IReadOnlyDictionary<string, string> tags) => new()
    {
        Id = row.Text(0),
        CallId = row.Text(1),
        Attempt = row.Int32(2),
        At = row.Time(3),
        Stage = row.Text(4),
        Alias = row.TextOrNull(5),
        Tier = row.TextOrNull(6),
        Model = row.Text(7),
        Provider = row.Text(8),
        ServedModel = row.TextOrNull(9),
        Status = Enum.Parse<ReceiptStatus>(row.Text(10)),
        Tokens = new Tokens(row.Int64(11), row.Int64(12), row.Int64(13), row.Int64(14)) { Reasoning = row.Int64(15) },
        Estimated = row.Bool(16),
        Cost = Usd.FromNanos(row.Int64(17)),
        Saved = Usd.FromNanos(row.Int64(18)),
        PricesDated = DateOnly.Parse(row.Text(19)),
        LatencyMs = row.Double(20),
        FirstTokenMs = row.IsNull(21) ? null : row.Double(21),
        Strategy = Enum.Parse<RoutingStrategy>(row.Text(22)),
        Candidates = JsonSerializer.Deserialize<List<ReceiptCandidate>>(row.Text(23), Json)!,
        Error = row.TextOrNull(24),
        Ticket = row.TextOrNull(25),
        Customer = row.TextOrNull(26),
        Key = row.TextOrNull(27),
        Batch = row.Bool(28),
        Tags = tags,
    };

    /// <summary>The parts of a receipt that are text, made before the writer's thread is asked.</summary>
    internal readonly record struct ReceiptTexts(string Candidates, string Tags, string Event, string PricesDated)
    {
        public static ReceiptTexts Of(Receipt receipt) => new(
            JsonSerializer.Serialize(receipt.Candidates, Json),
            receipt.Tags.Count == 0 ? "{}" : JsonSerializer.Serialize(receipt.Tags, Json),
            JsonSerializer.Serialize(new
            {
                receipt.Id, CostNanos = receipt.Cost.Nanos, receipt.Model, receipt.Stage, receipt.Status,
            }, Json),
            receipt.PricesDated.ToString("yyyy-MM-dd"));
    }
}

/// <summary>A receipt on its way to the disk.</summary>
/// <param name="Noted">Whether its attempt may have a note on the disk.</param>
internal readonly record struct UnwrittenReceipt(Receipt Receipt, ReceiptStore.ReceiptTexts Texts, bool Noted);
