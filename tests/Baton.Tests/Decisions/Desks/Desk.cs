using System.Net;
using System.Text;
using Baton.Channels;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Customers;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Decisions.Stages;
using Baton.Decisions.Working;
using Baton.Gateway;
using Baton.Operations;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Jobs;
using Baton.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Tests.Decisions.Desks;

/// <summary>
/// The whole product without a server, on a file of its own and a clock that stands still. Jobs run when a test says
/// so, one after the other.
/// </summary>
internal sealed class Desk : IAsyncDisposable
{
    /// <summary>Kept between tests, by content: training is not what they are about.</summary>
    private static readonly string Models = Path.Combine(Path.GetTempPath(), "baton-models");

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-desk-").FullName;
    private readonly ServiceProvider _services;
    private readonly string _database, _keys;

    /// <param name="playbook">Files of the playbook; null means <see cref="DeskPlaybook"/>.</param>
    /// <param name="stages">Changes the list of stages.</param>
    /// <param name="directory">Who knows the customers; null means the tickets themselves.</param>
    /// <param name="knowIntents">Whether triage is replaced by <see cref="KnownIntents"/>.</param>
    /// <param name="secret">Keys of providers; null gives every one a key.</param>
    /// <param name="time">Time for everything; null means <see cref="Clock"/>.</param>
    /// <param name="existing">A database to start from.</param>
    /// <param name="channel">A channel besides the product's own.</param>
    /// <param name="keys">Folder of customers' keys; null means an own one.</param>
    /// <param name="publicUrl">Where customers reach it; null: they get no links.</param>
    /// <param name="channels">How the product's own channels are set up; null means not at all.</param>
    /// <param name="beside">A host that works on the same database; null means an own one.</param>
    /// <param name="local">What makes vectors; null means the shipped encoder.</param>
    /// <param name="database">Its address; null means an own one.</param>
    public Desk(
        PlaybookFiles? playbook = null, Func<IReadOnlyList<IStage>, IReadOnlyList<IStage>>? stages = null,
        ICustomerDirectory? directory = null, bool knowIntents = true, TimeProvider? time = null,
        Func<string, string?>? secret = null, byte[]? existing = null, IChannel? channel = null,
        string? keys = null, Uri? publicUrl = null, ChannelOptions? channels = null, LocalOptions? local = null,
        Desk? beside = null, string? database = null)
    {
        if (existing is not null) File.WriteAllBytes(Path.Combine(_folder, "baton.db"), existing);
        (playbook ?? DeskPlaybook.Files()).WriteTo(Playbook);
        _database = beside?._database ?? database ?? (PostgresCluster.Wanted && existing is null
            ? PostgresCluster.NewDatabase() : Path.Combine(_folder, "baton.db"));
        _keys = beside?._keys ?? keys ?? Path.Combine(_folder, "keys");
        var services = new ServiceCollection().AddLogging().AddSingleton(time ?? Clock).AddSingleton(new Random(1));
        if (directory is not null) services.AddSingleton(directory);
        if (channel is not null) services.AddSingleton(channel);
        // The product's own composition; what differs is said here.
        services.AddBaton(new BatonOptions
        {
            Playbook = Playbook,
            Database = _database,
            Storage = new DatabaseOptions { Path = "", Keys = _keys },
            Cache = Models,
            Channels = channels ?? new ChannelOptions(),
            Local = local ?? new LocalOptions(),
            ToolBase = new Uri("http://shop.test"), PublicUrl = publicUrl,
            ToolHandler = Shop,
            Jobs = new JobOptions { AttemptLimit = 5 },
            Gateway = new GatewayOptions { RetryDelay = TimeSpan.FromMilliseconds(1) },
            Stages = (_, all) =>
            {
                IReadOnlyList<IStage> known =
                    [.. all.Select(stage => stage is TriageStage && knowIntents ? new KnownIntents(stage) : stage)];
                return stages?.Invoke(known) ?? known;
            },
        }, new ConfigurationBuilder().Build(), name => secret is null ? "key" : secret(name));
        _services = services.BuildServiceProvider();
        Workers = _services.GetRequiredService<Workers>();
    }

    public ManualClock Clock { get; } = new();

    /// <summary>Everything this host keeps outside a server.</summary>
    public string Folder => _folder;

    /// <summary>Folder of the playbook.</summary>
    public string Playbook => Path.Combine(_folder, "playbook");

    /// <summary>The order system.</summary>
    public Shop Shop { get; } = new();

    public Database Database => _services.GetRequiredService<Database>();

    public JobQueue Jobs => _services.GetRequiredService<JobQueue>();

    public Workers Workers { get; }

    public TurnWorker Turns => _services.GetRequiredService<TurnWorker>();

    public Intake Intake => _services.GetRequiredService<Intake>();

    /// <summary>What the host has, to be checked as at a start.</summary>
    public IServiceProvider Services => _services;

    /// <summary>What else the host has.</summary>
    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public KillSwitch KillSwitch => _services.GetRequiredService<KillSwitch>();

    public ConversationStore Store => _services.GetRequiredService<ConversationStore>();

    public Task<IntakeOutcome> SubmitAsync(InboundTicket ticket) => Intake.AcceptAsync(ticket, CancellationToken.None);

    /// <summary>A ticket of a known customer on the lowest tier.</summary>
    public static InboundTicket Ticket(string body, string id = "T-1") => new()
    {
        TicketId = id, CustomerId = "c-1", CustomerTier = "free",
        Messages = [new InboundText(Author.Customer, body)],
    };

    /// <summary>Submits a ticket, works until nothing is due, and gives its decision.</summary>
    public async Task<Decision> DecideAsync(InboundTicket ticket)
    {
        Assert.IsType<IntakeOutcome.Accepted>(await SubmitAsync(ticket));
        await WorkAsync();
        return Latest(ticket.TicketId);
    }

    /// <summary>The customer writes again; works, and gives the decision on it.</summary>
    public async Task<Decision> WriteAsync(string text, string id = "T-1")
    {
        await AddAsync(text, id);
        await WorkAsync();
        return Latest(id);
    }

    public Task<IntakeOutcome> AddAsync(string text, string id = "T-1", string? externalId = null) =>
        Intake.AddAsync(id, new InboundText(Author.Customer, text), externalId, CancellationToken.None);

    /// <summary>Runs due jobs until there are none; a job that fails is recorded as the worker does.</summary>
    public async Task WorkAsync()
    {
        var timers = _services.GetRequiredService<Timers>();
        await Database.WriteAsync(timers.FireDue);
        var handlers = Workers.Handlers;
        while (await LeaseAsync() is { } job)
        {
            try
            {
                await handlers[job.Kind](job, CancellationToken.None);
                if (!job.IsSettled) await Database.WriteAsync(t => Jobs.Complete(t, job));
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                await Database.WriteAsync(t => Jobs.Fail(t, job, $"{error.GetType().Name}: {error.Message}"));
            }
        }
    }

    /// <summary>Sends what the outbox holds and is due, until nothing is.</summary>
    public async Task DeliverAsync()
    {
        var worker = Get<DeliveryWorker>().Worker();
        while (await worker.StepAsync(CancellationToken.None)) { }
    }

    /// <summary>Takes the next job that is due, or null.</summary>
    public async Task<LeasedJob?> LeaseAsync() =>
        (await Database.WriteAsync(t => Jobs.Lease(t, "desk", 1))) is [var job] ? job : null;

    /// <summary>What a process that died leaves behind: the lease runs out and nobody finished the job.</summary>
    public void LetLeasesEnd() => Clock.Advance(TimeSpan.FromMilliseconds(Jobs.Options.LeaseMs + 1));

    public async Task AppendAsync(string id, params ConversationEvent[] facts)
    {
        var before = Store.Load(id);
        var saved = await Database.WriteAsync(t => Store.Save(t, before, facts, Clock.GetUtcNow()));
        Store.Remember(Assert.IsType<Conversation>(saved));
    }

    public Conversation State(string id = "T-1") => Store.Load(id);

    public Decision Latest(string id) => Database.Read(c => StoredDecision.Last(c, id))?.View
        ?? throw new InvalidOperationException($"{id} has no decision");

    public long Count(string table) => Database.Read(c => c.Number($"select count(*) from {table}")) ?? 0;

    /// <summary>What happened to a ticket, every stage on its own.</summary>
    public IReadOnlyList<ConversationEvent> Events(string id = "T-1") => [.. StageRuns.Unpacked(Recorded(id))];

    /// <summary>The same as the ledger holds it.</summary>
    public IReadOnlyList<ConversationEvent> Recorded(string id = "T-1") =>
        [.. Database.Read(c => Ledger.Read(c, id)).Select(e => ConversationJson.Read(e.Type, e.Data.Span))];

    /// <summary>What automation said to the customer, oldest first.</summary>
    public IReadOnlyList<string> Said(string id = "T-1") =>
        [.. Database.Read(c => MessageRows.Of(c, id, 1_000)).Where(m => m.Author == Author.Baton).Select(m => m.Body)];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>An order system that answers as told and counts its calls.</summary>
internal sealed class Shop : HttpMessageHandler
{
    private int _calls;

    public int Calls => _calls;

    /// <summary>Orders asked for, as they stood in the address.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers one order; by default it has shipped.</summary>
    public Func<string, Task<HttpResponseMessage>> Answer { get; set; } = order => Task.FromResult(
        Json($$$"""{"order":{"id":"{{{order}}}","status":"shipped","total":"40.00"}}"""));

    /// <summary>Answers whole requests, when it is set.</summary>
    public Func<HttpRequestMessage, Task<HttpResponseMessage>>? Handle { get; set; }

    public static HttpResponseMessage Json(string json) =>
        new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public void Always(HttpStatusCode status) => Answer = _ => Task.FromResult(new HttpResponseMessage(status));

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        Asked.Enqueue(request.RequestUri!.Segments[^1]);
        return Handle is { } handle ? handle(request) : Answer(request.RequestUri!.Segments[^1]);
    }
}
