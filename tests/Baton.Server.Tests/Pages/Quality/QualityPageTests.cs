using System.Net;
using System.Net.Http.Json;
using Baton.Evaluation.Metrics;
using Baton.Evaluation.Results;
using Baton.Evaluation.Scoring;
using Baton.Conversations;
using Baton.Playbooks;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Quality;

/// <summary>Kept runs as leads see them: a trend, what changed between them, two of them ticket by ticket.</summary>
public sealed class QualityPageTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_the_trend_marks_a_changed_playbook_and_compares_two_runs()
    {
        var results = server.Services.GetRequiredService<EvaluationResults>();
        var before = await results.KeepAsync(await RunAsync("aaaa", "60 days"), null, "pass", Token);
        var after = await results.KeepAsync(await RunAsync("bbbb", "90 days"), 1, "fail", Token);
        using var visitor = await server.VisitorAsync(Token);

        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync("/quality", Token));
        var compared = WebUtility.HtmlDecode(
            await visitor.GetStringAsync($"/quality?before={before}&after={after}", Token));

        Assert.Contains("the playbook changed: aaaa", page, StringComparison.Ordinal);
        Assert.Contains($"data-point=\"{after}\"", page, StringComparison.Ordinal);
        Assert.Contains("data-mark=\"playbook\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("came out differently", page, StringComparison.Ordinal);
        Assert.Contains("1 tickets came out differently", compared, StringComparison.Ordinal);
        Assert.Contains("answer, wrong (not well)", compared, StringComparison.Ordinal);
        Assert.DoesNotContain("came out differently",
            await visitor.GetStringAsync("/quality?before=nothing&after=of+the+kind", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_labels_real_tickets_with_one_key_each_and_exports_them()
    {
        using (var api = server.Api())
            await api.PostAsJsonAsync("/api/tickets", new { id = "to-label-1", body = "how long can I keep a tent?" }, Token);
        using var visitor = await server.VisitorAsync(Token);
        var labels = server.Services.GetRequiredService<TicketLabels>();

        var page = await visitor.GetStringAsync("/quality/labels", Token);
        var set = await labels.SetAsync("to-label-1", "answer", "ann", Token);
        var refused = await labels.SetAsync("to-label-1", "whatever", "ann", Token);
        var export = await visitor.GetStringAsync("/quality/labels.jsonl", Token);

        Assert.Contains("data-key=\"4\"", page, StringComparison.Ordinal);
        Assert.Equal((true, false), (set, refused));
        var line = export.Split('\n').Single(l => l.Contains("to-label-1", StringComparison.Ordinal));
        Assert.Contains("\"outcome\":\"answer\"", line, StringComparison.Ordinal);
        Assert.NotEqual("to-label-1", labels.Next()?.Id);
    }

    private static async Task<EvaluationRun> RunAsync(string playbook, string reply)
    {
        var decision = new Decision
        {
            TicketId = "G-1", Playbook = playbook, Route = Route.Auto, Priority = Priority.Normal,
            Outcome = OutcomeKind.Replied, DecisionConfidence = 0.9, Reasoning = "x", Reply = reply,
        };
        var expect = new Expectation { Outcome = "answer", MustSay = [["60 days"]] };
        var ticket = new EvaluatedTicket { Judged = JudgedTicket.Of("G-1", expect, decision), Question = "how long" };
        return await EvaluationRun.ScoreAsync(
            "golden.jsonl", playbook + new string('0', 60), BuiltInMetrics.All, [[ticket]], Token);
    }
}
