using Baton.Conversations;
using Baton.Conversations.Tallies;
using Baton.Incidents.Alerting;
using Baton.Incidents.Triaging;
using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Operations.Versions;
using Baton.Playbooks;
using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Measured;
using Baton.Testing;
using Baton.Storage.Outgoing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Incidents;

/// <summary>
/// A team whose last four weeks were all alike, 60 tickets an hour, on a database of its own: what is unusual is laid
/// over
/// it.
/// </summary>
internal sealed class StagedTeam : IAsyncDisposable
{
    private const int Weeks = 4;

    /// <summary>An hour as usual.</summary>
    private static readonly (string Series, long N)[] Hour =
    [
        (TallyFigure.Ticket, 60), (TallyFigure.Decision, 60), (TallyFigure.HandedOver, 12), (TallyFigure.Judged, 12),
        (TallyFigure.Overridden, 1), (TallyFigure.Answered, 40), (TallyFigure.LowConfidence, 4),
        (TallyFigure.SecondOpinion, 10), (TallyFigure.SecondDiffers, 1), (TallyFigure.WrongAnswer, 0),
    ];

    private readonly TemporaryDatabase _temporary = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-team-").FullName;

    private StagedTeam(string? alerts)
    {
        var files = new PlaybookFiles();
        if (alerts is not null) files.With("alerts.yaml", alerts);
        files.WriteTo(_folder);
        var clear = ConversationsSetup.WithoutValues(new Redactor());
        Playbooks = new PlaybookHost(
            new PlaybookOptions { Directory = _folder }, _temporary.Clock, NullLogger<PlaybookHost>.Instance);
        Versions = new PlaybookVersions(Database, clear);
        Outbox = new Outbox(Outbox.DefaultOptions, Clock, new Random(1));
        Announcements = new Announcements(Outbox);
        Notifier = new AlertNotifier(new Notices(Outbox, Clock), Announcements);
        Watch = WatchOn(Database);
        Desk = new AlertDesk(Database, Notifier, Clock, clear);
        Triage = new TriageReader(Database, Playbooks, Versions);
        Switch = new KillSwitch(Database, new KillSwitchOptions(null), clear);
        Rungs = new AutonomyRungs(Database, clear);
        Incidents = new IncidentDesk(Database, Triage, Switch, Versions, Rungs, Playbooks, Clock, clear);
    }

    public ManualClock Clock => _temporary.Clock;

    public Database Database => _temporary.Database;

    public PlaybookHost Playbooks { get; }

    public PlaybookVersions Versions { get; }

    public Outbox Outbox { get; }

    public Announcements Announcements { get; }

    public AlertNotifier Notifier { get; }

    public AlertWatch Watch { get; }

    public AlertDesk Desk { get; }

    public TriageReader Triage { get; }

    public KillSwitch Switch { get; }

    public AutonomyRungs Rungs { get; }

    public IncidentDesk Incidents { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <param name="alerts">Text of <c>alerts.yaml</c>; null: there is none.</param>
    public static async Task<StagedTeam> StartAsync(string? alerts = null)
    {
        var team = new StagedTeam(alerts);
        await team.Database.WriteAsync(transaction =>
        {
            for (var hour = 1; hour <= Weeks * 7 * 24; hour++)
                foreach (var (series, n) in Hour)
                    // Single minutes of the last day alone: nobody looks at older ones.
                    Spread(transaction, series, team.Now.AddHours(-hour), n, hour <= 25);
        });
        return team;
    }

    /// <summary>Another process on the same database.</summary>
    public AlertWatch WatchOn(Database database) => new(database, Playbooks, Notifier, Clock);

    public Database OpenAnother() => _temporary.OpenAnother();

    /// <summary>Counts something in each of the last minutes.</summary>
    public Task CountAsync(string series, int minutes, double each) => Database.WriteAsync(transaction =>
    {
        var (left, done) = (0.0, 0L);
        for (var minute = minutes; minute >= 1; minute--)
        {
            left += each;
            if ((long)left - done is not (> 0 and var n)) continue;
            done += n;
            SeriesRows.Count(transaction, series, Now.AddMinutes(-minute), n, 0);
        }
    });

    /// <summary>Sees something now.</summary>
    public Task SeeAsync(params SeriesPoint[] points) =>
        Database.WriteAsync(transaction => SeriesRows.See(transaction, points, Now.AddMinutes(-1)));

    /// <summary>A round a minute, that often.</summary>
    public async Task RoundsAsync(int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await Watch.RoundAsync(TestContext.Current.CancellationToken);
        }
    }

    public List<RaisedAlert> Open() => Database.Read(AlertStore.Open);

    public List<RaisedNotice> Notices() => Database.Read(c => Baton.Storage.Outgoing.Notices.Open(c, 100));

    public async ValueTask DisposeAsync()
    {
        await _temporary.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Spread(WriteTransaction transaction, string series, DateTimeOffset hour, long n, bool byMinute)
    {
        var begin = hour.AddMinutes(-hour.Minute);
        if (!byMinute)
        {
            SeriesRows.Count(transaction, series, begin, n, 0);
            return;
        }
        for (var i = 0; i < n; i++) SeriesRows.Count(transaction, series, begin.AddMinutes(i * 60.0 / n), 1, 0);
    }
}
