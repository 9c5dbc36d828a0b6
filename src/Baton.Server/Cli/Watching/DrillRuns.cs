using System.Diagnostics;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Incidents.Drilling;
using Baton.Operations;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Server.Cli.Watching;

/// <summary>Makes drills, and tells what they measured.</summary>
internal static class DrillRuns
{
    private const int Wave = 60, Late = 20;

    /// <summary>The requirement, seconds.</summary>
    private const double Most = 60;

    /// <summary>
    /// Stops automation in the middle of a wave, in one process, and measures how long any process goes on: until the
    /// last automatic text, call of a model, and effect of a tool.
    /// </summary>
    public static async Task<Drill> KillSwitchAsync(
        string playbook, string? models, CancellationToken cancellationToken)
    {
        await using var site = await DrillSite.OpenAsync(playbook, models);
        await site.SendAsync(Wave, cancellationToken);
        await site.DecidedAsync(Wave / 4, cancellationToken);
        await site.Switch.SetAsync(true, "drill", "rehearsal", cancellationToken);
        var at = site.Switch.Read().Since!.Value;
        await site.SendAsync(Late, cancellationToken);
        await site.DecidedAsync(Wave + Late, cancellationToken);

        var events = Ledger.ReadAll(site.Database).ToList();
        double Last(Func<StoredEvent, bool> counts) =>
            Math.Max(0, events.Where(counts).Select(e => (e.At - at).TotalSeconds).DefaultIfEmpty().Max());
        var (reply, effect) = (
            Last(e => e.Type is nameof(ConversationEvent.ReplySent) or nameof(ConversationEvent.QuestionAsked)),
            Last(e => e.Type == nameof(ConversationEvent.ToolCalled)
                && JsonNode.Parse(e.Data.Span)!["effect"] is not null));
        var model = site.Database.Read(c => c.First("select max(at) from receipts", row => row.TimeOrNull(0))) is { } last
            ? Math.Max(0, (last - at).TotalSeconds) : 0;
        var late = Enumerable.Range(Wave, Late).Select(i => $"drill-{i}").ToHashSet();
        var held = events.Count(e => late.Contains(e.StreamId) && e.Type == nameof(ConversationEvent.Escalated));
        var clocks = events.Where(e => late.Contains(e.StreamId) && e.Type == nameof(ConversationEvent.SlaStarted))
            .DistinctBy(e => e.StreamId).Count();
        // Where nothing was said before, nothing was stopped either.
        var said = events.LongCount(e => e.At <= at
            && e.Type is nameof(ConversationEvent.ReplySent) or nameof(ConversationEvent.QuestionAsked));
        var calls = site.Database.Read(c => c.Number("select count(*) from receipts where at <= $1", SqlValue.Ms(at)));
        return New(Drills.KillSwitch, reply < Most && model < Most && effect < Most && held == Late
            && clocks == Late && said > 0, new()
        {
            ["replies_before"] = said, ["model_calls_before"] = calls ?? 0,
            ["seconds_to_last_reply"] = Math.Round(reply, 3), ["seconds_to_last_model_call"] = Math.Round(model, 3),
            ["seconds_to_last_effect"] = Math.Round(effect, 3), ["processes"] = site.Processes,
            ["tickets_before"] = Wave, ["tickets_after"] = Late, ["handed_to_people"] = held, ["clocks_started"] = clocks,
        });
    }

    /// <summary>Every provider of models is stopped in the middle of a wave: no ticket is lost.</summary>
    public static async Task<Drill> ProviderDownAsync(
        string playbook, string? models, CancellationToken cancellationToken)
    {
        await using var site = await DrillSite.OpenAsync(playbook, models);
        var providers = site.Providers;
        if (providers.Count == 0)
            throw new CliError("no provider is named that could be taken away: name models with --models FILE");
        await site.SendAsync(Wave, cancellationToken);
        await site.DecidedAsync(Wave / 4, cancellationToken);
        foreach (var provider in providers)
            await site.Switch.SetAsync(true, KillScope.Provider, provider, "drill", "rehearsal", cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await site.SendAsync(Late, cancellationToken);
        await site.DecidedAsync(Wave + Late, cancellationToken);
        var (seconds, dead) = (Stopwatch.GetElapsedTime(started).TotalSeconds, site.Dead);
        return New(Drills.ProviderDown, dead == 0, new()
        {
            ["providers"] = new JsonArray([.. providers.Select(p => (JsonNode)p)]), ["tickets"] = Wave + Late,
            ["decided"] = Wave + Late - dead, ["given_up"] = dead, ["seconds"] = Math.Round(seconds, 3),
        });
    }

    /// <summary>A copy of the database is made, opened and verified: how long that takes, and whether it is
    /// whole.</summary>
    public static async Task<Drill> RestoreAsync(Database database)
    {
        using var folder = new ScratchFolder();
        var (path, started) = (Path.Combine(folder.Path, "restored.db"), Stopwatch.GetTimestamp());
        database.Backup(path);
        var copied = Stopwatch.GetElapsedTime(started).TotalSeconds;
        LedgerReport report;
        await using (var restored = Database.Open(
            new DatabaseOptions { Path = path, AllowLoss = true }, TimeProvider.System))
            report = restored.Read(LedgerVerifier.Verify);
        return New(Drills.Restore, report.Problems.Count == 0, new()
        {
            ["seconds_to_copy"] = Math.Round(copied, 3),
            ["seconds_to_work_again"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3),
            ["bytes"] = new FileInfo(path).Length, ["events"] = report.Events, ["digest"] = report.Digest,
            ["problems"] = report.Problems.Count,
        });
    }

    private static Drill New(string name, bool passed, JsonObject report)
    {
        report["passed"] = passed;
        var now = TimeProvider.System.GetUtcNow();
        return new Drill($"d_{Guid.CreateVersion7(now):N}"[..18], name, now, passed, report);
    }
}
