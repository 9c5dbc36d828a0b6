using Baton.Conversations.Inbound;
using Baton.Decisions.Working;
using Baton.Storage;
using Baton.Storage.Jobs;
using Baton.Testing;
using Baton.Testing.Commerce;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Benchmarks.Acting;

/// <summary>The product with the sample company's playbook and a clock that stands still.</summary>
internal sealed class ShopDesk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-acting-");
    private readonly Shops _shops = new();
    private readonly ServiceProvider _services;

    public ShopDesk() => _services = new ServiceCollection()
        .AddLogging().AddSingleton<TimeProvider>(Clock).AddBaton(new BatonOptions
        {
            Playbook = Path.Combine("playbooks", "northwind"), Database = Path.Combine(_folder.FullName, "baton.db"),
            ToolBase = ShopHandler.Base, ToolHandler = _shops,
        }, new ConfigurationBuilder().Build()).BuildServiceProvider();

    public ManualClock Clock { get; } = new();

    /// <summary>Where requests go now.</summary>
    public Uri Shop
    {
        get => _shops.Now;
        set => _shops.Now = value;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Takes a ticket and works until nothing is due, also not in an hour.</summary>
    public async Task TakeAsync(InboundTicket ticket)
    {
        await Get<Intake>().AcceptAsync(ticket, CancellationToken.None);
        var (jobs, database, handlers) = (Get<JobQueue>(), Get<Database>(), Get<Workers>().Handlers);
        for (var round = 0; round < 6; round++)
        {
            while (await database.WriteAsync(t => jobs.Lease(t, "bench", 1)) is [var job])
            {
                try
                {
                    await handlers[job.Kind](job, CancellationToken.None);
                    if (!job.IsSettled) await database.WriteAsync(t => jobs.Complete(t, job));
                }
                catch (Exception error)
                {
                    await database.WriteAsync(t => jobs.Fail(t, job, error.GetType().Name));
                }
            }
            Clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Leads every request to the shop of the run that is on.</summary>
    private sealed class Shops() : DelegatingHandler(new SocketsHttpHandler())
    {
        public Uri Now { get; set; } = ShopHandler.Base;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(Now, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
