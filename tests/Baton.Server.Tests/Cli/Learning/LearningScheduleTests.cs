using Baton.Conversations.Inbound;
using Baton.Conversations;
using Baton.Decisions.Working;
using Baton.Evaluation.Results;
using Baton.Server.Cli.Evaluating.Kept;
using Baton.Server.Cli.Learning;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Storage.Outgoing;
using Baton.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Cli.Learning;

/// <summary>A year of reminders on a clock that jumps from one due time to the next.</summary>
public sealed class LearningScheduleTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("baton-calendar-").FullName;
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Reminds_monthly_and_asks_for_a_tenth_more_each_quarter_while_tickets_want_labels()
    {
        await using var services = Compose();
        var (database, labels) = (services.GetRequiredService<Database>(), services.GetRequiredService<TicketLabels>());
        var schedule = services.GetRequiredService<LearningSchedule>();
        await schedule.StartAsync(Token);
        await TicketsAsync(services, 60);
        for (var i = 0; i < 3; i++) Assert.True(await labels.SetAsync($"T-{i}", "answer", "ann", Token));

        var told = new List<string>();
        while (_clock.GetUtcNow() < new DateTimeOffset(2027, 1, 9, 0, 0, 0, TimeSpan.Zero))
        {
            _clock.Advance(TimeSpan.FromDays(1));
            foreach (var job in await FireAsync(database, services))
            {
                await schedule.RunAsync(job, Token);
                told.AddRange(await ReadAsync(database));
            }
        }
        await Task.WhenAll(Enumerable.Range(3, 57).Select(i => labels.SetAsync($"T-{i}", "person", "ann", Token)));
        _clock.Advance(TimeSpan.FromDays(31));
        foreach (var job in await FireAsync(database, services)) await schedule.RunAsync(job, Token);

        Assert.Equal(12, told.Count(t => t.StartsWith("Tickets to label: 50 real tickets", StringComparison.Ordinal)));
        Assert.Equal(4, told.Count(t => t.StartsWith("The labelled tickets should grow: 50 real", StringComparison.Ordinal)));
        Assert.All(told, t => Assert.Contains("beside 3 that have one", t, StringComparison.Ordinal));
        // Nothing is asked for where nothing is left to label.
        Assert.Empty(await ReadAsync(database));
    }

    /// <summary>Names of the reminders that are due; the weekly look is not what this is about.</summary>
    private static async Task<List<string>> FireAsync(Database database, IServiceProvider services)
    {
        await database.WriteAsync(services.GetRequiredService<Timers>().FireDue, Token);
        var (jobs, names) = (services.GetRequiredService<JobQueue>(), new List<string>());
        while (await database.WriteAsync(t => jobs.Lease(t, "test", 1), Token) is [var job])
        {
            if (job.Key is LearningSchedule.Monthly or LearningSchedule.Quarterly) names.Add(job.Key);
            await database.WriteAsync(t => jobs.Complete(t, job), Token);
        }
        return names;
    }

    private static async Task<List<string>> ReadAsync(Database database)
    {
        var open = database.Read(c => Notices.Open(c, 50));
        await database.WriteAsync(t => t.Execute("update notices set closed_at_ms = 1 where closed_at_ms is null"), Token);
        return [.. open.Select(n => $"{n.Notice.Title}: {n.Notice.Text}")];
    }

    private static async Task TicketsAsync(IServiceProvider services, int count)
    {
        var (intake, jobs) = (services.GetRequiredService<Intake>(), services.GetRequiredService<JobQueue>());
        var (database, worker) = (services.GetRequiredService<Database>(), services.GetRequiredService<TurnWorker>());
        for (var i = 0; i < count; i++)
            await intake.AcceptAsync(new InboundTicket
            {
                TicketId = $"T-{i}", Messages = [new InboundText(Author.Customer, $"how long can I keep tent number {i}?")],
            }, Token);
        while (await database.WriteAsync(t => jobs.Lease(t, "test", 1), Token) is [var job])
        {
            await worker.HandleAsync(job, Token);
            if (!job.IsSettled) await database.WriteAsync(t => jobs.Complete(t, job), Token);
        }
    }

    private ServiceProvider Compose()
    {
        var playbook = Path.Combine(_root, "playbook");
        new PlaybookFiles().AnsweringReturns().WriteTo(playbook);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock);
        services.AddBaton(new BatonOptions
        {
            Playbook = playbook, Database = Path.Combine(_root, "run.db"), Cache = Path.Combine(_root, "models"),
        }, new ConfigurationBuilder().Build());
        services.AddScheduledRuns(new EvaluationOptions());
        return services.BuildServiceProvider();
    }
}
