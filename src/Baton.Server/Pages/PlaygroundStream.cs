using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Baton.Conversations;
using Baton.Server.Pages.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Event = Baton.Conversations.ConversationEvent;

namespace Baton.Server.Pages;

/// <summary>
/// The stages of one turn as they finish, then its decision. Stages come from the feed; the decision comes from the
/// database with all stages, so a page is complete even when the feed lost something or another process decided.
/// </summary>
internal sealed class PlaygroundStream(
    PlaygroundWatches watches, TicketReader tickets, TimeProvider clock, IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>How often the database is asked when the feed is silent.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>A page waits this long; the ticket itself is safe and gets its decision anyway.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public async IAsyncEnumerable<SseItem<string>> Of(
        string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = watches.Take(id);
        await using var html = new HtmlRenderer(services, logs);
        var started = clock.GetTimestamp();
        while (clock.GetElapsedTime(started) < Longest)
        {
            while (watch.Items.TryRead(out var item))
                if (item.Fact is Event.StageCompleted or Event.StageFailed or Event.ToolCalled)
                    yield return new(await RenderAsync<StageRow>(html, new() { ["Fact"] = item.Fact }), "stage");
            if (await tickets.TurnAsync(id, 1, cancellationToken) is { Made: not null } turn)
            {
                yield return new(await RenderAsync<PlaygroundResult>(html, new() { ["Id"] = id, ["Turn"] = turn }),
                    "done");
                yield break;
            }
            await NextAsync(watch, cancellationToken);
        }
        yield return new(id, "late");
    }

    private async Task NextAsync(ConversationFeed.Watch watch, CancellationToken cancellationToken)
    {
        using var look = new CancellationTokenSource(Look, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
        try
        {
            await watch.Items.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look at the database.
        }
    }

    private static Task<string> RenderAsync<T>(HtmlRenderer html, Dictionary<string, object?> parameters)
        where T : IComponent =>
        html.Dispatcher.InvokeAsync(async () =>
            (await html.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
}
