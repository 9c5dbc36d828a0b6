using System.Runtime.CompilerServices;

namespace Baton.Channels;

/// <summary>A step of a test with the time that it took.</summary>
internal sealed record TrialStep(TestStep Step, TimeSpan Took);

/// <summary>Tries a channel: are its settings there, then its own round trip. Ends at the first failure.</summary>
internal sealed class ChannelTrial(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public async IAsyncEnumerable<TrialStep> RunAsync(
        IChannel channel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = Settings(channel);
        yield return new TrialStep(settings, TimeSpan.Zero);
        if (settings.Problem is not null) yield break;
        using var timeout = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await using var steps = channel.TestAsync(either.Token).GetAsyncEnumerator(either.Token);
        while (true)
        {
            var started = clock.GetTimestamp();
            if (await NextAsync(steps, timeout.Token, cancellationToken) is not { } step) yield break;
            yield return new TrialStep(step, clock.GetElapsedTime(started));
            if (step.Problem is not null) yield break;
        }
    }

    /// <summary>Ways that lack the same are told of once.</summary>
    public static IReadOnlyList<string> Missing(IChannel channel) =>
        [.. Each(channel.Ways).Select(channel.Missing).OfType<string>().Distinct()];

    /// <summary>The single ways of a channel.</summary>
    public static IEnumerable<ChannelWays> Each(ChannelWays ways) =>
        Enum.GetValues<ChannelWays>().Where(way => way != ChannelWays.Read && ways.HasFlag(way));

    private static TestStep Settings(IChannel channel) => new(
        "read the settings", Missing(channel) is { Count: > 0 } missing ? string.Join("; ", missing) : null);

    /// <summary>The next step, or null after the last. A channel that throws has failed.</summary>
    private static async Task<TestStep?> NextAsync(
        IAsyncEnumerator<TestStep> steps, CancellationToken timedOut, CancellationToken cancellationToken)
    {
        try
        {
            return await steps.MoveNextAsync() ? steps.Current : null;
        }
        catch (OperationCanceledException) when (timedOut.IsCancellationRequested)
        {
            return new TestStep("wait for the other side", $"nothing came within {Longest.TotalSeconds:0} s");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new TestStep("go on", $"{error.GetType().Name}: {error.Message}");
        }
    }
}
