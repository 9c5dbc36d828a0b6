using Baton.Conversations;
using Baton.Conversations.Routing;
using Baton.Conversations.Tickets;
using Baton.Decisions.Working;
using Baton.Escalation.Queues;
using Baton.People;
using Baton.People.Routing;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Baton.Benchmarks.RosterDays;

/// <summary>Northwind on a Wednesday: what happens is put on a list of moments and taken off it in order.</summary>
internal sealed class SimulatedDay : IAsyncDisposable
{
    public const int Capacity = 3;

    private const double MeanHandleMinutes = 4.5, Spread = 0.6, AnswerSeconds = 15;

    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Order)> _moments = new();
    private readonly ServiceProvider _services;
    private readonly ManualClock _clock;
    private readonly Random _random;
    private readonly Dictionary<string, (DateTimeOffset At, Priority Priority, bool InHours)> _arrived = [];
    private readonly HashSet<(string, DateTimeOffset)> _seenOffers = [];
    private int _order;

    public SimulatedDay(string folder, int seed)
    {
        _random = new Random(seed);
        _clock = new ManualClock(Start);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock)
            .AddSingleton(new Random(1));
        services.AddBaton(
            new BatonOptions { Playbook = DayTickets.Playbook(folder), Database = Path.Combine(folder, "day.db") },
            new ConfigurationBuilder().Build(), _ => "key");
        _services = services.BuildServiceProvider();
    }

    /// <summary>Midnight in Denver.</summary>
    public DateTimeOffset Start { get; } = new(2026, 6, 3, 6, 0, 0, TimeSpan.Zero);

    public List<DayWorker> Workers { get; } = [];

    public List<WaitedTicket> Done { get; } = [];

    public int Arrived => _arrived.Count;

    public int Offers { get; private set; }

    public int Expired { get; private set; }

    public int Declined { get; private set; }

    public int MostLoad { get; private set; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public Conversation State(string id) => Store.Load(id);

    public T Read<T>(Func<ReadConnection, T> read) => Store.Database.Read(read);

    public async Task RunAsync(int tickets)
    {
        await HireAsync();
        foreach (var at in DayTickets.Arrivals(_random, tickets)) Plan(Start + at, ArriveAsync);
        for (var minute = 0; minute < 60 * 60; minute++) Plan(Start.AddMinutes(minute), FireTimersAsync);
        while (_moments.TryDequeue(out var moment, out var when))
        {
            if (when.At > _clock.GetUtcNow()) _clock.Advance(when.At - _clock.GetUtcNow());
            await moment();
            await SweepAsync();
        }
    }

    private ConversationStore Store => _services.GetRequiredService<ConversationStore>();

    private Playbook Playbook => _services.GetRequiredService<PlaybookHost>().Current;

    private void Plan(DateTimeOffset at, Func<Task> moment) => _moments.Enqueue(moment, (at, _order++));

    private void After(TimeSpan wait, Func<Task> moment) => Plan(_clock.GetUtcNow() + wait, moment);

    /// <summary>30 people; each shift has ten, with the same queues.</summary>
    private async Task HireAsync()
    {
        var people = _services.GetRequiredService<PeopleStore>();
        for (var i = 0; i < 30; i++)
        {
            string[] queues = (i % 10) switch
            {
                < 5 => ["l1"], < 7 => ["l1", "billing"], 7 => ["billing"], 8 => ["l2", "priority"],
                _ => ["l3", "priority"],
            };
            var added = (PersonOutcome.Saved)await people.AddAsync(
                new PersonDetails
                {
                    Name = $"Person {i}", Email = $"p{i}@example.com", Queues = queues, Capacity = Capacity,
                    TimeZone = "America/Denver",
                    Skills = i % 10 < 2 ? new Dictionary<string, int> { ["spanish"] = 5 } : [],
                }, "bench", CancellationToken.None);
            var worker = new DayWorker(
                added.Person.Id, queues, TimeSpan.FromHours((i / 10) switch { 0 => 6, 1 => 10, _ => 14 }));
            Workers.Add(worker);
            // The same shifts on the second day, for what came at night.
            foreach (var day in (int[])[0, 1]) Shift(worker, Start.AddDays(day) + worker.Shift, i % 10);
        }
    }

    /// <summary>Eight hours with half an hour and twice ten minutes off, not all at the same time.</summary>
    private void Shift(DayWorker worker, DateTimeOffset from, int place)
    {
        Plan(from, () => PresentAsync(worker, Presence.Online));
        foreach (var (hour, minutes) in ((double, int)[])[(1.5, 10), (3.5, 30), (6, 10)])
        {
            var off = from.AddHours(hour).AddMinutes(place * 6);
            Plan(off, () => PresentAsync(worker, Presence.Away));
            Plan(off.AddMinutes(minutes), () => PresentAsync(worker, Presence.Online));
            worker.OnlineHours -= minutes / 60.0;
        }
        worker.OnlineHours += 8;
        Plan(from.AddHours(8).AddMinutes(-10), () => PresentAsync(worker, Presence.WrapUp));
        Plan(from.AddHours(8), () => PresentAsync(worker, Presence.Offline));
    }

    private async Task PresentAsync(DayWorker worker, Presence presence)
    {
        await _services.GetRequiredService<PeopleStore>().SetPresenceAsync(
            worker.Id, presence, "bench", CancellationToken.None);
        worker.Away = presence == Presence.Away;
        Begin(worker);
    }

    private async Task ArriveAsync()
    {
        var id = $"T-{_arrived.Count + 1}";
        var (queue, priority, skills) = DayTickets.Next(_random);
        var needs = new TicketNeeds(1, "en", skills, []);
        var now = Instant.FromDateTimeOffset(_clock.GetUtcNow());
        var given = Assignment.Of(
            Playbook, queue, now, name => _services.GetRequiredService<Rosters>().LoadOf(name, needs), canCall: false);
        var policy = DayTickets.Policy(_random, Playbook);
        ConversationEvent[] facts =
        [
            new ConversationEvent.ConversationStarted(
                id, "api", null, null, null, null, new Dictionary<string, string>()),
            new ConversationEvent.Escalated(
                1, DayTickets.Packet, given.Queue.Name, priority, Route.L1, "", given.Promise,
                given.PromisedBy.ToDateTimeOffset(), policy.Name, needs),
            new ConversationEvent.Locked("bench"),
            .. SlaClock.Start(policy, priority, given.Queue, now).Select(t => t.ToFact()),
        ];
        await AppendAsync(id, facts);
        _arrived[id] = (_clock.GetUtcNow(), priority, StaffedHours.IsStaffed(given.Queue, now));
    }

    private async Task SweepAsync()
    {
        var (ended, made) = await _services.GetRequiredService<WorkRouter>().SweepAsync(CancellationToken.None);
        Expired += ended;
        Offers += made;
        if (made == 0) return;
        MostLoad = Math.Max(MostLoad, Read(RoutingTables.Seats).Max(s => s.Load));
        foreach (var (ticket, person, ends) in Read(RoutingTables.Offered))
            if (_seenOffers.Add((ticket, ends))) Answer(ticket, Workers.First(w => w.Id == person), ends);
    }

    /// <summary>Most offers are taken within seconds; one in twenty is not seen, one in a hundred not wanted.</summary>
    private void Answer(string ticket, DayWorker worker, DateTimeOffset ends)
    {
        Plan(ends, () => Task.CompletedTask);
        var dice = _random.NextDouble();
        if (dice < 0.05) return;
        After(TimeSpan.FromSeconds(-AnswerSeconds * Math.Log(1 - _random.NextDouble())), async () =>
        {
            var accepts = dice >= 0.06;
            var (_, problem) = await _services.GetRequiredService<Inbox>().ActAsync(
                ticket, (_, _) => accepts ? new PersonAction.Accept() : new PersonAction.Decline(), worker.Id, null,
                CancellationToken.None);
            if (problem is not null) return;
            if (!accepts) Declined++;
            if (!accepts) return;
            worker.Work.Enqueue(ticket);
            Begin(worker);
        });
    }

    private void Begin(DayWorker worker)
    {
        if (worker.Busy || worker.Away || !worker.Work.TryDequeue(out var ticket)) return;
        worker.Busy = true;
        // Log-normal, so that most are short and some are long.
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        After(TimeSpan.FromMinutes(MeanHandleMinutes * Math.Exp(Spread * normal - Spread * Spread / 2)), async () =>
        {
            await AppendAsync(ticket, new ConversationEvent.AgentReplied($"{ticket}/2", worker.Id, "done"),
                new ConversationEvent.Closed(worker.Id, "done"));
            var (at, priority, inHours) = _arrived[ticket];
            Done.Add(new WaitedTicket(ticket, priority, _clock.GetUtcNow() - at, _clock.GetUtcNow(), inHours));
            worker.Tickets++;
            worker.Busy = false;
            Begin(worker);
        });
    }

    private async Task AppendAsync(string id, params ConversationEvent[] facts)
    {
        var before = Store.Load(id);
        var saved = await Store.Database.WriteAsync(t => Store.Save(t, before, facts, _clock.GetUtcNow()));
        Store.Remember(saved ?? throw new InvalidOperationException($"{id} changed meanwhile"));
    }

    private async Task FireTimersAsync()
    {
        var jobs = _services.GetRequiredService<JobQueue>();
        if (await Store.Database.WriteAsync(_services.GetRequiredService<Timers>().FireDue) == 0) return;
        var handlers = _services.GetRequiredService<Workers>().Handlers;
        while (await Store.Database.WriteAsync(t => jobs.Lease(t, "bench", 1)) is [var job])
        {
            await handlers[job.Kind](job, CancellationToken.None);
            if (!job.IsSettled) await Store.Database.WriteAsync(t => jobs.Complete(t, job));
        }
    }
}
