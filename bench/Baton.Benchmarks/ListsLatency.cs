using System.Diagnostics;
using Baton.Conversations.Tickets.Lists;
using Baton.People.Inboxes;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Engines;

namespace Baton.Benchmarks;

/// <summary>
/// How long every list and filter of tickets takes: those of the API and the console, and those of the inbox. The
/// tickets are invented, of one year, 2 in 100 open for people and 2 in 100 open otherwise; they are written in bulk.
/// </summary>
internal static class ListsLatency
{
    private const int Runs = 20, Chunk = 20_000, Year = 365;

    private static readonly DateTimeOffset End = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Channels = ["email", "chat", "api", "zendesk"], Tiers = ["free", "pro", "enterprise"];
    private static readonly string[] Words = ["parcel", "refund", "invoice", "late", "broken", "jacket", "order", "login"];

    /// <param name="tickets">How many.</param>
    /// <param name="address">An empty database of a server; null makes a file.</param>
    public static async Task<int> RunAsync(int tickets, string? address)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        await using (var database = Database.Open(new DatabaseOptions
        {
            Path = address ?? Path.Combine(folder, "lists.db"), Keys = Path.Combine(folder, "keys"),
        }, TimeProvider.System))
        {
            var watch = Stopwatch.StartNew();
            await SeedAsync(database, tickets);
            Console.WriteLine($"{database.Read(c => c.Catalog.Version(c))}, {tickets:N0} tickets, written in "
                + $"{watch.Elapsed.TotalSeconds:0} s, {database.Read(c => c.Catalog.Bytes(c)) / 1e6:N0} MB");
            Console.WriteLine();
            Console.WriteLine("| list | p50, ms | worst of 20, ms |");
            Console.WriteLine("| --- | ---: | ---: |");
            foreach (var (name, filter) in TicketLists())
                Print(name, () => database.Read(c => TicketList.Page(c, filter, End)));
            var inbox = new InboxLists(database);
            foreach (var (name, filter) in Inboxes(inbox)) Print(name, () => inbox.Page(filter));
            Print("inbox: counts", () => inbox.Counts("p_7"));
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static IEnumerable<(string Name, TicketFilter Filter)> TicketLists()
    {
        yield return ("tickets", new());
        yield return ("tickets, a page from the middle of the year", new()
        {
            Since = "2025-01-01", After = new TicketCursor(End.AddDays(-180).ToUnixTimeMilliseconds(), "T-1").ToString(),
        });
        foreach (var status in (string[])["open", "waiting", "escalated", "closed"])
            yield return ($"status {status}", new() { Status = status });
        yield return ("route l2", new() { Route = "l2" });
        yield return ("outcome asked", new() { Outcome = "asked" });
        yield return ("one intent of 45", new() { Intent = "intent-44" });
        yield return ("an intent that is not there", new() { Intent = "nobody" });
        yield return ("queue", new() { Queue = "l3" });
        yield return ("channel", new() { Channel = "zendesk" });
        yield return ("needs review", new() { Review = true });
        yield return ("escalated, a queue and an intent", new() { Status = "escalated", Queue = "l3", Intent = "intent-3" });
        yield return ("text that one in four has", new() { Q = "parcel" });
        yield return ("text that one in 5,000 has", new() { Q = "rare" });
        yield return ("text that nobody has", new() { Q = "nothing has this" });
        yield return ("text that nobody has, open", new() { Q = "nothing has this", Status = "open" });
    }

    private static IEnumerable<(string Name, InboxFilter Filter)> Inboxes(InboxLists lists)
    {
        var me = new InboxFilter { Me = "p_7", Queues = ["l1", "l2"], View = InboxView.All };
        foreach (var view in Enum.GetValues<InboxView>()) yield return ($"inbox: {EnumWords.Of(view)}", me with { View = view });
        yield return ("inbox: all, second page", me with { After = lists.Page(me).Next });
        yield return ("inbox: queue", me with { Queue = "l3" });
        yield return ("inbox: channel", me with { Channel = "zendesk" });
        yield return ("inbox: tier", me with { Tier = "enterprise" });
        yield return ("inbox: priority", me with { Priority = Priority.Low });
        yield return ("inbox: text that one in four has", me with { Q = "parcel" });
        yield return ("inbox: text that nobody has", me with { Q = "nothing has this" });
    }

    private static void Print(string name, Action query)
    {
        var times = Enumerable.Range(0, Runs).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            query();
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }).Order().ToList();
        Console.WriteLine($"| {name} | {times[Runs / 2]:0.0} | {times[^1]:0.0} |");
    }

    private static async Task SeedAsync(Database database, int tickets)
    {
        var tables = database.Read(c => c.Catalog.Tables(c)).ToDictionary(t => t.Name);
        var random = new Random(1);
        for (var first = 0; first < tickets; first += Chunk)
        {
            var some = Enumerable.Range(first, Math.Min(Chunk, tickets - first))
                .Select(i => new Seeded(i, End.AddDays((double)(i + 1 - tickets) * Year / tickets), random)).ToList();
            await database.WriteAsync(transaction =>
            {
                Insert(transaction, tables["conversations"], some.Select(s => s.Conversation()));
                Insert(transaction, tables["messages"], some.Select(s => s.Message()));
                Insert(transaction, tables["open_tickets"], some.Where(s => s.ForPeople).Select(s => s.Open()));
            });
        }
        // Servers do it by themselves after a while.
        if (StorageEngine.IsServer(database.Path)) await database.WriteAsync(t => t.Script("analyze"));
    }

    private static void Insert(
        WriteTransaction transaction, TableShape table, IEnumerable<Dictionary<string, SqlValue>> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        var columns = table.Columns.Where(c => all[0].ContainsKey(c.Name)).ToList();
        transaction.InsertMany(
            table.Name, columns, [.. all.Select(row => columns.Select(c => row[c.Name]).ToArray())]);
    }

    /// <summary>A ticket of the year.</summary>
    private sealed class Seeded(int number, DateTimeOffset at, Random random)
    {
        private readonly int _kind = random.Next(100), _queue = random.Next(1, 4), _words = random.Next();
        private readonly SqlValue _intent = $"intent-{random.Next(45)}", _channel = Channels[random.Next(4)];

        /// <summary>Two in a hundred, of any age.</summary>
        public bool ForPeople => _kind < 2;

        private string Text => $"{Words[_words % 8]} {Words[_words / 8 % 8]}{(_words % 5_000 == 0 ? " rare" : "")} please help me "
            + "with this as soon as you can, I have written before and would like to know what happens next";

        private SqlValue At => SqlValue.Ms(at);

        private string Id => $"T-{number}";

        public Dictionary<string, SqlValue> Conversation() => new()
        {
            ["conversation_id"] = Id, ["version"] = 5, ["locked"] = ForPeople, ["channel"] = _channel,
            ["status"] = _kind switch { 0 => "escalated", 1 => "claimed", 2 => "open", 3 => "waiting", _ => "closed" },
            ["customer_id"] = $"c-{number % 200_000}", ["subject"] = "a subject of some words", ["turn"] = 1,
            ["intent"] = _intent, ["route"] = _kind < 25 ? $"l{_queue}" : "auto",
            ["outcome"] = _kind < 25 ? "escalated" : _kind < 30 ? "asked" : "replied",
            ["queue"] = _kind < 25 ? $"l{_queue}" : null, ["priority"] = "normal", ["confidence"] = 0.8,
            ["needs_review"] = _words % 20 == 0, ["cost_usd"] = "0", ["started_at"] = At, ["updated_at"] = At,
        };

        public Dictionary<string, SqlValue> Message() => new()
        {
            ["id"] = $"m-{number}", ["conversation_id"] = Id, ["position"] = 0, ["channel"] = _channel,
            ["author"] = "customer", ["body"] = "", ["redacted"] = Text, ["received_at"] = At,
        };

        public Dictionary<string, SqlValue> Open() => new()
        {
            ["conversation_id"] = Id, ["queue"] = $"l{_queue}", ["claimed"] = _kind == 1,
            ["person"] = _kind == 1 ? $"p_{_words % 60}" : null, ["priority"] = _words % 4, ["waiting_since"] = At,
            ["points"] = 1, ["load"] = 1, ["skills"] = "", ["preferred"] = "", ["passed_by"] = "",
            ["owed_at"] = SqlValue.Ms(at.AddHours(8)), ["channel"] = _channel, ["customer"] = $"c-{number % 200_000}",
            ["tier"] = Tiers[_words % 3], ["summary"] = Text, ["reason"] = "low confidence", ["words"] = Text,
        };
    }
}
