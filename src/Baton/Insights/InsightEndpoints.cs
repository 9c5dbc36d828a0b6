using Baton.Insights.Board;
using Baton.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baton.Insights;

/// <summary>Figures over HTTP.</summary>
internal static class InsightEndpoints
{
    private const int UsualTickets = 50;

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>/api/insights</c>.</summary>
        public void MapInsights()
        {
            var insights = routes.MapGroup("/api/insights").WithTags("Insights").RequireAuthorization();
            insights.MapGet("/overview", Overviewed).ProducesProblem(400)
                .WithSummary("The figures of ?from= to ?to= (days in UTC, both included); ?format=csv gives lines");
            insights.MapGet("/figures/{figure}", Figure).ProducesProblem(400)
                .WithSummary("One figure ?by=day, route, intent, queue, rule, tier, model, person or all, with its definition");
            insights.MapGet("/tickets", Tickets).ProducesProblem(400)
                .WithSummary("The tickets that ?figure= counts, of one ?by= and ?name= of it if wanted");
            insights.MapBoard();
        }
    }

    private static IResult Overviewed(
        string? from, string? to, string? format, Database database) => InsightAnswers.Of(() =>
    {
        var csv = InsightAnswers.IsCsv(format);
        var period = InsightPeriod.Read(from, to, database.Clock.GetUtcNow());
        var overview = database.Read(connection => Overview.Read(connection, period));
        return csv ? InsightAnswers.Csv(OverviewJson.Csv(overview)) : TypedResults.Ok(OverviewJson.Of(overview));
    });

    private static IResult Figure(
        string figure, string? by, string? from, string? to, string? format,
        Database database) => InsightAnswers.Of(() =>
    {
        var csv = InsightAnswers.IsCsv(format);
        var question = InsightQuestion.Read(figure, by, InsightPeriod.Read(from, to, database.Clock.GetUtcNow()));
        var lines = database.Read(question.Lines);
        return csv ? InsightAnswers.Csv(FigureJson.Csv(question.By, lines))
            : TypedResults.Ok(FigureJson.Of(question.Figure, question.By, question.Period, lines));
    });

    private static IResult Tickets(
        string? figure, string? by, string? name, string? from, string? to, string? after, int? limit,
        Database database) => InsightAnswers.Of(() =>
    {
        if (limit is < 1 or > InsightReader.MostTickets)
            throw new InsightQuestionException("limit", $"is {limit}: use 1 to {InsightReader.MostTickets}");
        var question = InsightQuestion.Read(
            figure, by ?? InsightReader.All, InsightPeriod.Read(from, to, database.Clock.GetUtcNow()));
        var (place, take) = (InsightTicket.Parse(after), limit ?? UsualTickets);
        var tickets = database.Read(c => InsightReader.Tickets(
            c, question.Figure.Name, question.By, name, question.Period, place, take + 1));
        return TypedResults.Ok(FigureJson.Of([.. tickets.Take(take)], tickets.Count > take));
    });
}
