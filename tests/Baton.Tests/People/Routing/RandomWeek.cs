using Baton.Conversations;
using Baton.Conversations.Routing;
using Baton.Conversations.Tickets;
using Baton.Escalation.Queues;
using Baton.People;
using Baton.People.Routing;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;
using NodaTime;

namespace Baton.Tests.People.Routing;

/// <summary>A team of chance with tickets of chance, on the product's own store and router.</summary>
internal sealed class RandomWeek : IAsyncDisposable
{
    private static readonly string[] Skills = ["refunds", "german", "legal"], QueueNames = ["l1", "l2", "l3"];

    private readonly Random _random;
    private readonly Desk _desk;
    private readonly List<string> _tickets = [];
    private readonly List<string> _problems = [];

    public RandomWeek(int seed)
    {
        _random = new Random(seed);
        _desk = new Desk(DeskPlaybook.Files().With("queues.yaml", Queues()));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    public async Task HireAsync()
    {
        for (var i = 0; i < 4 + _random.Next(5); i++)
            await _desk.Get<PeopleStore>().AddAsync(new PersonDetails
            {
                Name = $"Person {i}", Email = $"p{i}@shop.test", Capacity = 1 + _random.Next(5),
                Queues = [.. QueueNames.Where(_ => _random.NextDouble() < 0.6)],
                Languages = _random.NextDouble() < 0.3 ? ["de", "en"] : [],
                Skills = Skills.Where(_ => _random.NextDouble() < 0.5).ToDictionary(s => s, _ => 1 + _random.Next(10)),
            }, "test", CancellationToken.None);
    }

    /// <summary>Some time passes, people come and go, tickets come and are worked on.</summary>
    public async Task StepAsync(bool arrivals, bool everybodyThere)
    {
        _desk.Clock.Advance(TimeSpan.FromMinutes(1 + _random.Next(60)));
        await _desk.WorkAsync();
        foreach (var person in _desk.Get<PeopleStore>().List())
            if (everybodyThere || _random.NextDouble() < 0.2)
                await _desk.Get<PeopleStore>().SetPresenceAsync(
                    person.Id, everybodyThere || _random.NextDouble() < 0.7 ? Presence.Online : Presence.Away, "test",
                    CancellationToken.None);
        if (arrivals && _random.NextDouble() < 0.5) await ArriveAsync();
        await _desk.Get<WorkRouter>().SweepAsync(CancellationToken.None);
        foreach (var person in _desk.Get<PeopleStore>().List()) await WorkAsync(person);
    }

    /// <summary>Nothing more comes, and everybody works until all is done.</summary>
    public async Task DrainAsync()
    {
        for (var i = 0; i < 400 && Open().Any(CanBeDone); i++) await StepAsync(arrivals: false, everybodyThere: true);
    }

    /// <summary>What no moment may show.</summary>
    public IReadOnlyList<string> Problems()
    {
        var seats = _desk.Database.Read(RoutingTables.Seats);
        foreach (var seat in seats)
        {
            var held = Open().Count(t => (t.ClaimedBy ?? t.Routing.OfferedTo) == seat.Person.Id);
            if (seat.Spare < 0 && held > 1) _problems.Add($"{seat.Person.Name} has {seat.Load} of {seat.Person.Capacity}");
        }
        foreach (var ticket in Open())
        {
            var queue = Playbook.FindQueue(ticket.Queue ?? "");
            var staffed = queue is not null && StaffedHours.NextStaffed(queue, Now) is not null;
            if (ticket.ClaimedBy is null && !staffed && ticket.Promises.Callback is null)
                _problems.Add($"{ticket.Id} is nobody's, in queue {ticket.Queue}");
            if ((ticket.ClaimedBy ?? ticket.Routing.OfferedTo) is { } holder
                && !seats.Single(s => s.Person.Id == holder).Suits(
                    ticket.Queue!, ticket.Routing.Needs, Playbook.Brand.Languages))
                _problems.Add($"{ticket.Id} went to somebody without what it needs");
        }
        return _problems;
    }

    /// <summary>Tickets that somebody could do and nobody has done.</summary>
    public IEnumerable<string> LeftBehind() => Open().Where(CanBeDone).Select(t => t.Id);

    private Playbook Playbook => _desk.Get<PlaybookHost>().Current;

    private Instant Now => Instant.FromDateTimeOffset(_desk.Clock.GetUtcNow());

    private IEnumerable<Conversation> Open() => _tickets.Select(id => _desk.State(id))
        .Where(t => t.Status is ConversationStatus.Escalated or ConversationStatus.Claimed);

    private bool CanBeDone(Conversation ticket) => ticket.ClaimedBy is not null
        || _desk.Database.Read(RoutingTables.Seats).Any(s =>
            s.Suits(ticket.Queue!, ticket.Routing.Needs, Playbook.Brand.Languages));

    private async Task ArriveAsync()
    {
        var id = $"T-{_tickets.Count + 1}";
        var needs = new TicketNeeds(
            1 + _random.Next(3), _random.NextDouble() < 0.2 ? "de" : "en",
            [.. Skills.Where(_ => _random.NextDouble() < 0.15).Select(s => $"{s}:{1 + _random.Next(5)}")],
            [.. Skills.Where(_ => _random.NextDouble() < 0.1)]);
        var canCall = _random.NextDouble() < 0.5;
        var given = Assignment.Of(
            Playbook, QueueNames[_random.Next(QueueNames.Length)], Now,
            queue => _desk.Get<Rosters>().LoadOf(queue, needs), canCall);
        if (given.PromisedBy <= Now) _problems.Add($"{id} was promised the past");
        if (given.How == OutsideHours.Callback && !canCall) _problems.Add($"{id} was promised a call without a number");
        var by = given.PromisedBy.ToDateTimeOffset();
        await _desk.AppendAsync(
            id,
            new ConversationEvent.ConversationStarted(
                id, "api", null, null, null, null, new Dictionary<string, string>()),
            new ConversationEvent.Escalated(
                1, new HandoffPacket
                {
                    Customer = new PacketCustomer(null, "free", false), Summary = "", Transcript = [], Reason = "",
                    Account = new Dictionary<string, string>(), LastAttempt = "",
                }, given.Queue.Name, (Priority)_random.Next(4), Route.L1, "", given.Promise, by, null, needs),
            new ConversationEvent.Locked("test"));
        if (given.How == OutsideHours.Callback)
            await _desk.AppendAsync(
                id, new ConversationEvent.CallbackScheduled("[PHONE_1]", given.Queue.Name, by, given.Promise));
        _tickets.Add(id);
    }

    private async Task WorkAsync(Person person)
    {
        if (!person.TakesWork(_desk.Clock.GetUtcNow())) return;
        if (_random.NextDouble() < 0.5) await _desk.Get<WorkRouter>().NextAsync(person.Id, CancellationToken.None);
        foreach (var ticket in Open().ToList())
        {
            if (ticket.Routing.OfferedTo == person.Id && _random.Next(10) is var dice && dice < 8)
                await ActAsync(ticket.Id, dice < 7 ? new PersonAction.Accept() : new PersonAction.Decline(), person.Id);
            else if (ticket.ClaimedBy == person.Id && _random.NextDouble() < 0.5)
                await ActAsync(ticket.Id, new PersonAction.Close("done"), person.Id);
        }
    }

    private async Task ActAsync(string id, PersonAction action, string by) => Assert.Equal(
        (true, (string?)null),
        await _desk.Get<Inbox>().ActAsync(id, (_, _) => action, by, null, CancellationToken.None));

    private string Queues()
    {
        var text = "holidays: [2026-06-04]\nweights: { email: 2 }\nqueues:\n";
        foreach (var name in QueueNames)
        {
            var from = _random.Next(0, 12);
            text += $"""
                  {name}:
                    description: Queue {name}
                    hours:
                      {(name == "l3" && _random.Next(2) == 0 ? "sat" : "mon-fri")}: ["{from:00}:00-{from + 4 + _random.Next(8):00}:00"]
                    skills: [refunds, german, legal]
                    capacity: {1 + _random.Next(20)}
                    assignment: {(_random.Next(2) == 0 ? "push" : "pull")}
                    accept_within: {1 + _random.Next(20)}m
                    prefer_for: {1 + _random.Next(120)}m
                    outside_hours: {((string[])["queue", "email", "callback"])[_random.Next(3)]}
                {(name == "l1" ? "" : "    fallback: l1\n")}
                """.ReplaceLineEndings("\n") + "\n";
        }
        return text + "sla_policies: []\n";
    }
}
