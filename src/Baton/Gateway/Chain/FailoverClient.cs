using System.Runtime.CompilerServices;
using Baton.Gateway.Calls;
using Baton.Gateway.Routing;
using Microsoft.Extensions.AI;

namespace Baton.Gateway.Chain;

/// <summary>
/// Tries one candidate after the other, for streams only until the first token: after it the caller has seen a part of
/// an answer, and another model would contradict it.
/// </summary>
internal sealed class FailoverClient(
    IChatClient next, Failover failover, GatewayOptions limits, TimeProvider clock)
    : DelegatingChatClient(next)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = CallState.Of(options);
        return await failover.RunAsync(call, Ask, _ => ValueTask.CompletedTask, cancellationToken)
            .ConfigureAwait(false);

        async ValueTask<ChatResponse> Ask(Attempt attempt)
        {
            var response = await base.GetResponseAsync(messages, attempt.On(options), attempt.Token)
                .ConfigureAwait(false);
            attempt.Dispose();
            return response;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = CallState.Of(options);
        var stream = await failover.RunAsync(call, Begin, started => started.DisposeAsync(), cancellationToken)
            .ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            foreach (var update in stream.Beginning) yield return update;
            while (await Next(stream, call, cancellationToken).ConfigureAwait(false))
                yield return stream.Updates.Current;
        }

        async ValueTask<StartedStream> Begin(Attempt attempt)
        {
            var updates = base.GetStreamingResponseAsync(messages, attempt.On(options), attempt.Token);
            return await StartedStream.BeginAsync(attempt, updates).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> Next(StartedStream stream, CallState call, CancellationToken cancellationToken)
    {
        var left = call.Deadline - clock.GetUtcNow();
        stream.Attempt.Wait(left < limits.StreamIdle ? left : limits.StreamIdle);
        try
        {
            return await stream.Updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException error)
            when (stream.Attempt.TimedOut && !cancellationToken.IsCancellationRequested)
        {
            var silent = new GatewayException(GatewayFailure.TimedOut, "the stream fell silent", error);
            throw await Broken(stream, silent).ConfigureAwait(false);
        }
        catch (GatewayException error)
        {
            throw await Broken(stream, error).ConfigureAwait(false);
        }
    }

    private async ValueTask<GatewayException> Broken(StartedStream stream, GatewayException error)
    {
        await failover.ReportAsync(stream.Attempt, error).ConfigureAwait(false);
        return new GatewayException(GatewayFailure.StreamBroken,
            $"the answer broke off after it had begun ({error.Message}); what was sent is paid for. Ask again.", error);
    }
}

/// <summary>A stream whose first token has come.</summary>
internal sealed class StartedStream : IAsyncDisposable
{
    private StartedStream(Attempt attempt, IAsyncEnumerator<ChatResponseUpdate> updates) =>
        (Attempt, Updates) = (attempt, updates);

    public Attempt Attempt { get; }

    /// <summary>What came up to the first token.</summary>
    public List<ChatResponseUpdate> Beginning { get; } = [];

    /// <summary>What comes after <see cref="Beginning"/>.</summary>
    public IAsyncEnumerator<ChatResponseUpdate> Updates { get; }

    public static async ValueTask<StartedStream> BeginAsync(
        Attempt attempt, IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        var stream = new StartedStream(attempt, updates.GetAsyncEnumerator(attempt.Token));
        try
        {
            while (await stream.Updates.MoveNextAsync().ConfigureAwait(false))
            {
                stream.Beginning.Add(stream.Updates.Current);
                if (stream.Updates.Current.Contents.Any(c => c is not UsageContent)) break;
            }
            return stream;
        }
        catch
        {
            // The attempt itself is the failover's to end.
            await stream.Updates.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Updates.DisposeAsync().ConfigureAwait(false);
        Attempt.Dispose();
    }
}
