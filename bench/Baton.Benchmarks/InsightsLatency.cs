using System.Diagnostics;
using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Insights;
using Baton.Insights.Board;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Benchmarks;

/// <summary>
/// How long every query of the page <em>Insights</em> takes over a year of tickets. The tickets are invented, their
/// facts written and added up by the product: 45 intents, three queues, 60 people, a quarter handed over, returns and
/// ratings.
/// </summary>
internal static class InsightsLatency
{
    private const int Year = 365, Chunk = 20_000, Open = 5_000, Runs = 30;

    /// <summary>Queries that follow and make up the page; those after them open tickets.</summary>
    private const int Parts = 13;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="tickets">How many.</param>
    /// <param name="address">A database, which is measured as it is where it has facts; null makes a file.</param>
    public static async Task<int> RunAsync(int tickets, string? address)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        await using (var database = Database.Open(
            new DatabaseOptions { Path = address ?? Path.Combine(folder, "insights.db"), Keys = Path.Combine(folder, "keys") },
            TimeProvider.System))
        {
            var watch = Stopwatch.StartNew();
            if (Count(database, "insight_facts") == 0) await SeedAsync(database, tickets);
            Console.WriteLine(
                $"{tickets:N0} tickets, {Count(database, "insight_facts"):N0} facts, {Count(database, "insight_days"):N0} sums, "
                + $"seeded in {watch.Elapsed.TotalSeconds:0} s, {database.Read(c => c.Catalog.Bytes(c)) / 1e6:N0} MB");
            Console.WriteLine();
            // Processor time says on a busy machine what the clock cannot.
            Console.WriteLine("| query | last 30 days, p50 / worst / processor, ms | whole year, p50 / worst / processor, ms |");
            Console.WriteLine("| --- | ---: | ---: |");
            var end = TicketTally.DayOf(Start) + Year - 1;
            foreach (var (name, query) in Queries())
                Console.WriteLine($"| {name} | {Time(database, query, new(end - 29, end))} | {Time(database, query, new(end - Year + 1, end))} |");
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static IEnumerable<(string Name, Action<ReadConnection, InsightPeriod> Query)> Queries()
    {
        yield return ("the page, all of it", (c, p) =>
        {
            foreach (var (_, query) in Queries().Skip(1).Take(Parts)) query(c, p);
        });
        yield return ("overview", (c, p) => Overview.Read(c, p));
        yield return ("decisions by route and day, with bands", (c, p) => RouteDays.Read(c, p));
        foreach (var cut in (string[])["route", "intent", "queue", "rule"])
            yield return ($"override rate by {cut}", (c, p) => Lines(c, p, TallyFigure.Overridden, cut));
        foreach (var cut in (string[])["tier", "intent", "person", "model"])
            yield return ($"satisfied by {cut}", (c, p) => Lines(c, p, TallyFigure.Satisfied, cut));
        yield return ("latency by intent", (c, p) => LatencyLine.Read(c, "intent", p));
        yield return ("queues and loads now", (c, _) =>
        {
            QueueNow.Read(c);
            PersonLoad.Read(c, 50);
        });
        yield return ("arrivals by queue and hour", (c, p) => QueueArrivals.Read(c, p));
        yield return ("tickets of a figure, first page",
            (c, p) => Tickets(c, p, TallyFigure.Decision, "all", null, null));
        yield return ("the same, from the middle", (c, p) => Tickets(
            c, p, TallyFigure.Decision, "all", null, new InsightTicket("T-5", 1, (p.From + p.To) / 2)));
        yield return ("tickets of one intent",
            (c, p) => Tickets(c, p, TallyFigure.Decision, "intent", "intent-44", null));
        yield return ("tickets of an intent that is not there",
            (c, p) => Tickets(c, p, TallyFigure.Overridden, "intent", "nobody", null));
        yield return ("what waits for review", (c, p) => Tickets(c, p, TallyFigure.ToReview, "all", null, null));
    }

    private static void Lines(ReadConnection connection, InsightPeriod period, string figure, string cut) =>
        InsightQuestion.Read(figure, cut, period).Lines(connection);

    private static void Tickets(
        ReadConnection connection, InsightPeriod period, string figure, string cut, string? name,
        InsightTicket? after) =>
        InsightReader.Tickets(connection, figure, cut, name, period, after, 51);

    private static string Time(Database database, Action<ReadConnection, InsightPeriod> query, InsightPeriod period)
    {
        var before = Environment.CpuUsage.TotalTime;
        var times = Enumerable.Range(0, Runs).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            database.Read(connection =>
            {
                query(connection, period);
                return true;
            });
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }).Order().ToList();
        var processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Runs;
        return $"{times[Runs / 2]:0.0} / {times[^1]:0.0} / {processor:0.0}";
    }

    private static long Count(Database database, string table) =>
        database.Read(c => c.Number($"select count(*) from {table}")) ?? 0;

    private static async Task SeedAsync(Database database, int tickets)
    {
        var random = new Random(1);
        for (var first = 0; first < tickets; first += Chunk)
            await database.WriteAsync(transaction =>
            {
                for (var i = first; i < Math.Min(first + Chunk, tickets); i++) Ticket(transaction, random, i, tickets);
                InsightFolding.Fold(transaction);
            });
        await database.WriteAsync(transaction =>
        {
            for (var i = 0; i < Open; i++)
                transaction.Execute(
                    """
                    insert into open_tickets (conversation_id, queue, claimed, person, priority, waiting_since, points,
                        load, skills, preferred, passed_by)
                    values ($1, $2, $3, $4, 1, $5, 1, 1, '', '', '')
                    """,
                    $"T-{i}", $"l{i % 3 + 1}", i % 2 == 0, i % 2 == 0 ? Person(i) : null,
                    SqlValue.Ms(Start.AddMinutes(i)));
        });
    }

    private static void Ticket(WriteTransaction transaction, Random random, int number, int of)
    {
        var at = Start.AddDays((double)number * Year / of);
        var (handedOver, unsure) = (random.NextDouble() < 0.25, random.NextDouble() < 0.1);
        var route = handedOver ? (Route)random.Next(2, 5) : random.NextDouble() < 0.1 ? Route.Ask : Route.Auto;
        var (queue, intent) = (handedOver ? EnumWords.Of(route) : null, $"intent-{random.Next(45)}");
        List<ConversationEvent> facts =
        [
            new ConversationEvent.ConversationStarted(
                $"T-{number}", "api", null, null, null, null, new Dictionary<string, string>()),
            new ConversationEvent.DecisionMade(
                1, "v1", route, handedOver ? OutcomeKind.Escalated : OutcomeKind.Replied, 0.8, unsure,
                "", [$"rule-{random.Next(12)}"], [], [], intent, Priority.Normal, queue,
                Latency(random)),
        ];
        if (!handedOver) facts.Add(new ConversationEvent.ReplySent(1, "m", "", "articles", []));
        else
        {
            facts.Add(new ConversationEvent.Escalated(
                1, null!, queue!, Priority.Normal, route, "", "", at.AddHours(4)));
            facts.Add(new ConversationEvent.Claimed(Person(random.Next(60))));
            if (random.NextDouble() < 0.1) facts.Add(new ConversationEvent.Rerouted(queue!, "l3", "p", "wrong team"));
            facts.Add(new ConversationEvent.SlaMet(SlaMetric.FirstReply));
            facts.Add(random.NextDouble() < 0.9 ? new ConversationEvent.PromiseKept(at)
                : new ConversationEvent.PromiseBroken(at));
        }
        if (!handedOver) facts.Add(new ConversationEvent.ResolutionAssumed(""));
        if (random.NextDouble() < 0.05) facts.Add(new ConversationEvent.ResolutionWithdrawn(""));
        if (random.NextDouble() < 0.15) facts.Add(new ConversationEvent.Rated(random.Next(1, 6), null));
        if (unsure && number < of * 0.99) facts.Add(new ConversationEvent.DecisionReviewed(1, "lea", null));
        InsightTables.Follow(transaction, new Conversation { Id = $"T-{number}" }, facts, at);
    }

    /// <summary>Milliseconds: a local turn about 20, one in ten asks a model and takes about 1,200.</summary>
    private static double Latency(Random random) =>
        (random.NextDouble() < 0.1 ? 1_200 : 20) * Math.Exp(random.NextDouble() + random.NextDouble() - 1);

    private static string Person(int number) => $"p_{number % 60}";
}
