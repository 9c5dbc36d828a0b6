using System.Net;
using Baton.Conversations;
using Baton.Decisions.Turns;
using Baton.Evaluation.Scoring;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;
using Baton.Testing.Commerce;

namespace Baton.Server.Cli.Evaluating;

/// <summary>
/// Tickets whose label names tools are acted on, each against a stand-in shop of its own, so that a refund of one is
/// not in the way of the next. Nothing leaves the machine.
/// </summary>
internal sealed class ActedTickets(string folder) : IDisposable
{
    private readonly FreshShop _shop = new();

    /// <summary>Lets workflows act, on the stand-in.</summary>
    public void Allow(BatonOptions options)
    {
        options.ToolHandler = _shop;
        options.Turns = new TurnOptions(PastTickets: true);
    }

    public void Dispose() => _shop.Dispose();

    /// <summary>One after the other.</summary>
    /// <exception cref="CliError">A line cannot be decided, or a tool would change something elsewhere.</exception>
    public async Task<IReadOnlyList<Decision>> DecideAsync(
        TicketBatch batch, IServiceProvider services, IEnumerable<LabelledTicket> tickets,
        CancellationToken cancellationToken)
    {
        var abroad = services.GetRequiredService<PlaybookHost>().Current.Tools
            .FirstOrDefault(t => t.HasEffect && !t.Url.StartsWith("{base}/", StringComparison.Ordinal));
        if (abroad is not null)
            throw new CliError($"the set has expect.tools, and the tool '{abroad.Name}' changes something outside "
                + "{base}; such tickets are only acted on where every change is the stand-in's: take them out of the set");
        var (file, decided) = (Path.Combine(folder, "one.jsonl"), new List<Decision>());
        foreach (var ticket in tickets)
        {
            _shop.Renew();
            await File.WriteAllTextAsync(file, ticket.Line, cancellationToken);
            var result = await batch.RunAsync(file, (_, _) => { }, cancellationToken);
            if (result.Unreadable is [var bad, ..])
                throw new CliError($"ticket {ticket.Id} cannot be decided: {bad.Problem}");
            decided.AddRange(batch.Read(result));
        }
        return decided;
    }

    /// <summary>The sample company's shop, as it is in the morning; no other address is reached.</summary>
    private sealed class FreshShop : DelegatingHandler
    {
        public FreshShop() => Renew();

        public void Renew() => _now = new HttpMessageInvoker(new ShopHandler(new SampleShop(TimeProvider.System)));

        private HttpMessageInvoker _now = null!;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri?.Host == ShopHandler.Base.Host ? _now.SendAsync(request, cancellationToken)
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
    }
}
