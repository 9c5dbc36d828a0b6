using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Decisions.Working;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Testing.Commerce;

namespace Baton.Server.Cli.Watching;

/// <summary>
/// A copy of the installation that nobody depends on: the playbook on an empty database, with two sets of workers as
/// of two
/// processes, and a wave of made tickets.
/// </summary>
internal sealed class DrillSite : IAsyncDisposable
{
    /// <summary>Both for as long as it takes on a machine that is busy.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2), Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Answered by the sample playbook's articles and look-ups; other playbooks hand them over.</summary>
    private static readonly string[] Texts =
    [
        "How long do I have to return something?", "Where is my order NW-10001?", "How do I reset my password?",
        "What does shipping cost?", "Can I change the address of order NW-10002?",
    ];

    private readonly ScratchFolder _folder;
    private readonly List<ServiceProvider> _hosts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _working;
    private int _tickets;

    private DrillSite(ScratchFolder folder, List<ServiceProvider> hosts)
    {
        (_folder, _hosts) = (folder, hosts);
        _working = Task.WhenAll(hosts.Select(h => h.GetRequiredService<Workers>())
            .Select(workers => Task.Run(() => workers.RunAsync(_stop.Token))));
    }

    public Database Database => _hosts[0].GetRequiredService<Database>();

    public KillSwitch Switch => _hosts[0].GetRequiredService<KillSwitch>();

    /// <summary>Providers of the playbook's models.</summary>
    public IReadOnlyList<string> Providers =>
        [.. (_hosts[0].GetRequiredService<PlaybookHost>().Current.Models?.Models ?? [])
            .Select(m => m.Provider).Distinct()];

    /// <summary>Sets of workers.</summary>
    public int Processes => _hosts.Count;

    public static async Task<DrillSite> OpenAsync(string playbook, string? models)
    {
        var folder = new ScratchFolder();
        List<ServiceProvider> hosts = [];
        try
        {
            for (var i = 0; i < 2; i++)
                hosts.Add(await CliHost.BuildAsync(new BatonOptions
                {
                    Database = Path.Combine(folder.Path, "drill.db"), Playbook = playbook, Models = models,
                    ToolBase = ShopHandler.Base, ToolHandler = new ShopHandler(new SampleShop(TimeProvider.System)),
                }));
        }
        catch
        {
            foreach (var host in hosts) await host.DisposeAsync();
            folder.Dispose();
            throw;
        }
        return new DrillSite(folder, hosts);
    }

    /// <summary>Takes made tickets in, by turns in both processes.</summary>
    public async Task SendAsync(int tickets, CancellationToken cancellationToken)
    {
        for (var i = 0; i < tickets; i++, _tickets++)
            await _hosts[_tickets % _hosts.Count].GetRequiredService<Intake>().AcceptAsync(new InboundTicket
            {
                TicketId = $"drill-{_tickets}", CustomerId = $"c-{_tickets}", CustomerTier = null,
                Messages = [new InboundText(Author.Customer, Texts[_tickets % Texts.Length])],
            }, cancellationToken);
    }

    /// <summary>Waits until at least so many tickets are decided.</summary>
    public async Task DecidedAsync(int tickets, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        using var tick = new PeriodicTimer(Look);
        try
        {
            while (Database.Read(c => c.Number("select count(distinct conversation_id) from decisions")) < tickets)
                await tick.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliError($"the copy did not decide {tickets} tickets within {Longest.TotalMinutes} minutes");
        }
    }

    /// <summary>Jobs that were given up.</summary>
    public long Dead => Database.Read(JobInspection.Counts).GetValueOrDefault(JobState.Dead);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        foreach (var host in _hosts) await host.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }
}
