using System.Text.Json.Nodes;
using Baton.Conversations.Tallies;
using Baton.Evaluation;
using Baton.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Insights.Board;

/// <summary>What the page shows besides figures, over HTTP: lines with the same fields as JSON and CSV.</summary>
internal static class BoardEndpoints
{
    /// <summary>People at most, those with the most points.</summary>
    private const int MostPeople = 500;

    extension(IEndpointRouteBuilder insights)
    {
        public void MapBoard()
        {
            insights.MapGet("/latency", Latency).ProducesProblem(400)
                .WithSummary("Milliseconds that half, and nineteen of twenty, of the decisions took at most, ?by=tier or intent");
            insights.MapGet("/queues", Queues).ProducesProblem(400)
                .WithSummary("Queues now: waiting, with people, the oldest");
            insights.MapGet("/people", People).ProducesProblem(400)
                .WithSummary("People now: their tickets and points");
            insights.MapGet("/economics", Spent).ProducesProblem(400)
                .WithSummary("What deciding cost, with 95 % intervals, beside a person's");
        }
    }

    private static IResult Latency(string? by, string? from, string? to, string? format, Database database) =>
        InsightAnswers.Of(() =>
        {
            if (by is not (null or "tier" or "intent"))
                throw new InsightQuestionException("by", $"is '{by}': use tier or intent");
            var period = InsightPeriod.Read(from, to, database.Clock.GetUtcNow());
            return InsightAnswers.Lines(format, ["name", "n", "p50_ms", "p95_ms"],
                database.Read(connection => LatencyLine.Read(connection, by ?? "tier", period)),
                line => [line.Name, line.N, Math.Round(line.P50), Math.Round(line.P95)]);
        });

    private static IResult Queues(string? format, Database database) => InsightAnswers.Of(() => InsightAnswers.Lines(
        format, ["queue", "waiting", "with_people", "oldest_waits_since"], database.Read(QueueNow.Read),
        queue => [queue.Queue, queue.Waiting, queue.Claimed, queue.Oldest]));

    private static IResult People(string? format, Database database) => InsightAnswers.Of(() => InsightAnswers.Lines(
        format, ["person", "tickets", "points"], database.Read(connection => PersonLoad.Read(connection, MostPeople)),
        load => [load.Person, load.Tickets, load.Load]));

    private static IResult Spent(string? from, string? to, string? format, Database database) => InsightAnswers.Of(() =>
    {
        var period = InsightPeriod.Read(from, to, database.Clock.GetUtcNow());
        var (overview, sure, top) = database.Read(connection => Overview.Read(connection, period) is var read
            ? (read, CostIntervals.Read(connection, read), TopSpend.Read(connection, period)) : default);
        var economics = Economics.Of(overview);
        var (decided, lost) = (overview.Count(TallyFigure.Decision), overview.Count(TallyFigure.HandedOver));
        return InsightAnswers.Lines<(string Name, decimal? Value, Interval? Sure, long Of)>(
            format, ["figure", "value", "low", "high", "of"],
            [
                ("spent_usd", economics.Spent.Amount, null, decided),
                ("per_answer_usd", economics.PerAnswer?.Amount, sure.PerAnswer, economics.Answers),
                ("per_resolved_usd", economics.PerResolved?.Amount, sure.PerResolved, economics.Resolved),
                ("lost_usd", economics.OnHandedOver.Amount, null, lost),
                ("lost_share", (decimal?)economics.LostShare, sure.LostShare, lost),
                ("top_tenth_share", (decimal?)top.Share, null, top.Customers),
                ("person_usd", Economics.PersonUsd, null, 1),
            ],
            line =>
            [
                line.Name, Round(line.Value), Round((decimal?)line.Sure?.Low),
                Round((decimal?)line.Sure?.High), line.Of,
            ]);
    });

    private static JsonNode? Round(decimal? value) => value is { } known ? Math.Round(known, 6) : null;
}
