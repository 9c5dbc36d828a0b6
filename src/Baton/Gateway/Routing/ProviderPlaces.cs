using System.Collections.Concurrent;
using Baton.Gateway.Calls;
using Baton.Playbooks.Models;

namespace Baton.Gateway.Routing;

/// <summary>
/// Places for calls in flight at each provider, with a bounded queue in front. Processes share them evenly; while their
/// number changes, calls that are in flight end in the places they have.
/// </summary>
/// <param name="processes">How many there are now.</param>
internal sealed class ProviderPlaces(Func<int> processes)
{
    private readonly ConcurrentDictionary<(string Name, int Size), Gate> _gates = new();

    /// <summary>Waits for a place, for a limited time; dispose to leave it.</summary>
    /// <exception cref="GatewayException">The queue is full, or no place became free in time.</exception>
    public async ValueTask<IDisposable> EnterAsync(
        ProviderPolicy provider, TimeLimit time, CancellationToken cancellationToken)
    {
        var places = Math.Max(1, provider.MaxConcurrent / processes());
        var gate = _gates.GetOrAdd((provider.Name, places), key => new Gate(key.Size));
        if (gate.Places.Wait(0, CancellationToken.None)) return new Place(gate);
        if (Interlocked.Increment(ref gate.Waiting) > provider.MaxQueued)
        {
            Interlocked.Decrement(ref gate.Waiting);
            throw new GatewayException(GatewayFailure.RateLimited,
                $"'{provider.Name}' is busy: {places} calls in flight, {provider.MaxQueued} waiting");
        }
        using var timer = time.Start();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await gate.Places.WaitAsync(either.Token).ConfigureAwait(false);
            return new Place(gate);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GatewayException(GatewayFailure.TimedOut,
                $"no place at '{provider.Name}' in {time.Limit.TotalSeconds:0.###} s: {places} calls in flight");
        }
        finally
        {
            Interlocked.Decrement(ref gate.Waiting);
        }
    }

    private sealed class Gate(int size) : IDisposable
    {
        public readonly SemaphoreSlim Places = new(size, size);
        public int Waiting;

        public void Dispose() => Places.Dispose();
    }

    private sealed class Place(Gate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) gate.Places.Release();
        }
    }
}
